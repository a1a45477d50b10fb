"""The demo's progress: a published report on each project, with pictures of what is being built."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.cli.samples import projects
from app.kit.attachments import files, stores
from app.kit.attachments.files import Upload
from app.kit.attachments.stores import Store
from app.kit.clock import today
from app.kit.database import Database
from app.kit.models import AccessClass
from app.projects.models import ProgressReport, Project, ReportState, SiteKind
from app.projects.progress import reports


async def load(database: Database) -> int:
    """Report on each project of the demo, with pictures if there is a store for them; return how many."""
    async with database.reading() as session:
        store = stores.of(session)
    return await report(database, store)


async def report(database: Database, store: Store) -> int:
    """Report on each project of the demo with pictures that lie in a store."""
    codes = {projects.code(plan.region, plan.programme): plan.kind for plan in projects.PLANS}
    async with database.reading() as session:
        query = select(Project).where(Project.code.in_(codes)).order_by(Project.code)
        found = (await session.scalars(query)).all()
    for project in found:
        pictures = await _pictures(database, store, project, codes[project.code])
        await _report(database, project, pictures)
    return len(found)


async def _report(database: Database, project: Project, pictures: Sequence[UUID]) -> None:
    async with database.writing() as session:
        report = ProgressReport(
            project_id=project.id,
            organization_id=project.organization_id,
            number=1,
            period_from=today() - timedelta(days=100),
            period_to=today() - timedelta(days=40),
            done="已完成部分点位的勘测、施工和验收（演示数据）",
            person_count=220,
            person_times=220,
            made_by=projects.OFFICER,
        )
        await reports.submit(session, project, report, {}, pictures)
        accepted = ReportState.accepted
        await reports.decide(session, report, accepted, by=projects.REVIEWER, reason="演示数据")
        await reports.publish(session, report)
        # As if it had been told in time: three months after the project began.
        report.published_on = report.period_to + timedelta(days=5)


async def _pictures(database: Database, store: Store, project: Project, kind: SiteKind) -> list[UUID]:
    # Here and not above: nothing else of the command draws.
    from app.cli.samples.picturing import drawing
    from app.cli.samples.picturing.drawing import Scene

    if isinstance(store, stores.NoStore):
        return []
    shown = (Scene.bridge, Scene.planned) if kind is SiteKind.bridge else (Scene.station,)
    kept: list[UUID] = []
    for number, scene in enumerate(shown, 1):
        upload = Upload(
            organization_id=project.organization_id,
            kind="photo",
            access=AccessClass.public,
            file_name=f"demo-{number}.jpg",
            uploaded_by=projects.OFFICER,
        )
        content = drawing.jpeg(scene, f"{project.title}（{number}）")
        kept.append((await files.receive(database, store, upload, content)).id)
    return kept
