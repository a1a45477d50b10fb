"""Published once, by two people, never changed, and proven in the public log to a stranger."""

import asyncio
import hashlib
import json
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tiles import leaf_hash

from app.disclosure.models import Publication, PublicationDraft, PublicationPerson
from app.fundraising import donations
from app.kit.database import Database
from app.transparency import signer
from app.transparency.models import Submission
from tests.disclosure.publications.press import Press, press, with_gifts
from tests.disclosure.scenes import Scene
from tests.transparency import logs
from tests.transparency.served import fetched
from tests.transparency.test_served import Backend


@pytest.fixture
async def scene(committed: Database) -> Scene:
    async with committed.writing() as session:
        return await with_gifts(session)


@pytest.fixture
async def here(
    committed_app: FastAPI, committed_client: AsyncClient, committed: Database, scene: Scene
) -> Press:
    async with committed.writing() as session:
        return await press(committed_app, committed_client, session, scene)


async def give(database: Database, scene: Scene, amount: int) -> None:
    async with database.writing() as session:
        await donations.receive(session, [scene.gift(amount)])


async def test_publish_correct_and_prove_both_to_a_stranger(
    here: Press, committed: Database, committed_client: AsyncClient, scene: Scene, tmp_path: Path
) -> None:
    office = logs.office_in(tmp_path)
    await signer.open_office(committed, office)
    first = await here.publish(await here.draft())
    await give(committed, scene, 7_00)
    second = await here.publish(await here.correct(first))
    before = (await here.get(f"/{first['id']}")).json()["leaf"]
    await logs.seal(committed)
    sealed = (await here.get(f"/{first['id']}")).json()["leaf"]
    signed = await logs.sign(committed, office)
    assert signed is not None

    served = {
        path: await fetched(committed_client, path)
        for path in (
            *("checkpoint", "vkey"),
            f"tile/0/000.p/{signed.size}",
            f"tile/entries/000.p/{signed.size}",
        )
    }
    reader = TilesReader(Backend(served))
    checkpoint = reader.get_checkpoint()
    keys = VkeySet(Vkey.from_string(served["vkey"].decode().strip()))
    assert len(keys.verify(checkpoint.signatures, checkpoint)) == 1
    said: list[dict[str, object]] = []
    for one in (first, second):
        place = (await here.get(f"/{one['id']}")).json()["leaf"]
        snapshot = (await here.get(f"/{one['id']}/snapshot")).content
        entry = reader.get_entry(place["index"])
        reader.get_inclusion_proof(place["index"], signed.size).check(leaf_hash(entry), checkpoint.root_hash)
        leaf = json.loads(entry)
        assert (leaf["v"], leaf["kind"], leaf["index"]) == (1, "publication", place["index"])
        assert leaf["body"]["sha256"] == hashlib.sha256(snapshot).hexdigest()
        assert leaf["body"]["publication"] == one["id"]
        assert place["signed"] is True
        assert (await committed_client.get(place["proof"])).status_code == 200
        said.append(leaf["body"])
    assert before is None
    assert sealed["signed"] is False
    assert [one["corrects"] for one in said] == [None, first["id"]]
    assert said[0]["subject"] == scene.campaign.code


async def test_two_publishers_at_once_publish_once(here: Press, committed: Database) -> None:
    draft = await here.draft()
    assert (await here.review(draft)).status_code == 200
    answers = await asyncio.gather(*(here.release(draft) for _ in range(6)))

    assert sorted(one.status_code for one in answers) == [201, *[409] * 5]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"draft-over"}
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Publication)) == 1
        kept = select(func.count()).where(Submission.kind == "publication")
        assert await session.scalar(kept) == 1


async def test_two_corrections_at_once_are_one(here: Press, committed: Database, scene: Scene) -> None:
    first = await here.publish(await here.draft())
    await give(committed, scene, 7_00)
    body = {"reason": "补记"}
    answers = await asyncio.gather(*(here.post(f"/{first['id']}/correction", body) for _ in range(5)))
    made = [one.json() for one in answers if one.status_code == 201]
    assert sorted(one.status_code for one in answers) == [201, *[409] * 4]
    await here.publish(made[0])
    late = await here.post(f"/{first['id']}/correction", body)
    assert late.json()["code"] == "publication-corrected"


async def test_nobody_reviews_what_they_compile_however_they_hurry(here: Press, committed: Database) -> None:
    draft = await here.draft()
    path, tag = f"/drafts/{draft['id']}/compilation", {"If-Match": '"1"'}
    for _ in range(5):
        answers = await asyncio.gather(
            here.post(path, None, here.colleague | tag),
            here.review(draft, here.colleague),
            here.post(path, None, here.colleague | tag),
            here.review(draft, here.colleague),
        )
        assert {one.status_code for one in answers} <= {200, 403, 409, 412}
        async with committed.reading() as session:
            row = await session.get_one(PublicationDraft, UUID(draft["id"]))
            assert row.reviewed_by is None or row.reviewed_by not in (row.drafted_by, row.compiled_by)
            tag = {"If-Match": f'"{row.version}"'}
            draft = draft | {"version": row.version}


async def test_the_database_itself_refuses_a_reviewer_who_compiled(here: Press, committed: Database) -> None:
    draft = await here.draft()
    for column in ("drafted_by", "compiled_by"):
        with pytest.raises(IntegrityError, match="publication_drafts_reviewer_check"):
            await run(
                committed,
                f"update publication_drafts set state = 'reviewed', reviewed_by = {column},"
                " reviewed_at = now() where id = cast(:id as uuid)",
                id=draft["id"],
            )


async def run(database: Database, statement: str, **values: str) -> None:
    async with database.writing() as session:
        await session.execute(text(statement), values)


@pytest.mark.parametrize("column", ["snapshot", "snapshot_sha256", "title", "published_by", "created_at"])
async def test_nothing_changes_what_was_published(here: Press, committed: Database, column: str) -> None:
    published = await here.publish(await here.draft())
    with pytest.raises(DBAPIError, match="permission denied"):
        await run(committed, f"update publications set {column} = {column}")
    for table in ("publications", "publication_people", "publication_drafts"):
        with pytest.raises(DBAPIError, match="permission denied"):
            await run(committed, f"delete from {table}")
    # Nor who reviewed it, and who compiled it: the publication names them with the draft.
    with pytest.raises(DBAPIError, match="publications_draft_fkey"):
        await run(
            committed,
            "update publication_drafts set reviewed_by = 'staff:somebody'"
            " where id = (select draft_id from publications where id = cast(:id as uuid))",
            id=published["id"],
        )


async def test_who_stands_behind_a_commitment_is_kept_beside_it(here: Press, committed: Database) -> None:
    published = await here.publish(await here.draft())
    async with committed.reading() as session:
        [person] = (await session.scalars(select(PublicationPerson))).all()
    assert str(person.publication_id) == published["id"]
