"""The demo's pictures: drawn and marked, and the public gets a copy that tells nothing of a place."""

import io
from pathlib import Path

from httpx import AsyncClient
from PIL import Image
from sqlalchemy import select

from app.cli.samples import federation, projects
from app.cli.samples.picturing import drawing, progress
from app.cli.samples.picturing.drawing import Scene
from app.kit.attachments import files, stores
from app.kit.database import Database
from app.kit.models import Attachment
from app.projects.models import Project


async def test_projects_show_drawn_pictures_without_their_place(
    committed: Database, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        await projects.load(session, await federation.load(session))
    store = stores.opened(f"file://{tmp_path}/files")

    assert await progress.report(committed, store) == len(projects.PLANS)

    async with committed.reading() as session:
        kept = (await session.scalars(select(Attachment))).all()
        found = (await session.scalars(select(Project))).all()
    assert len(kept) == 2 + 2 + 1
    for one in kept:
        # As it came it tells a place; what everybody gets does not.
        assert one.latitude_microdegrees is not None
        shown = Image.open(io.BytesIO(await files.public_copy(store, one)))
        assert (shown.size, dict(shown.getexif())) == ((drawing.WIDTH, drawing.HEIGHT), {})
    for project in found:
        told = (await committed_client.get(f"/v1/disclosure/projects/{project.code}")).json()
        [report] = told["progress"]
        assert "演示数据" in report["done"]
        assert len(report["photos"]) in {1, 2}


def test_each_scene_is_drawn_and_marked() -> None:
    pictures = {scene: drawing.jpeg(scene, "省级示范慈安桥（1）") for scene in Scene}
    assert len(set(pictures.values())) == len(Scene)
    assert all(len(one) < 200_000 for one in pictures.values())
    assert "演示数据" in drawing.MARK
    assert "DEMO DATA" in drawing.MARK
