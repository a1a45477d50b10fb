"""A donor's receipt file proves the gift offline; after an erasure nothing is opened anew, all else holds."""

import json
from pathlib import Path

import orjson
import pytest
from httpx import AsyncClient
from sqlalchemy import select
from typer.testing import CliRunner

from app.cli import app
from app.fundraising.gifts import Giver
from app.fundraising.models import Donation, Donor
from app.kit import vault
from app.kit.database import Database
from app.ledger import verification
from app.transparency import heads, strangers
from app.transparency import verification as log_verification
from app.transparency.models import Leaf
from app.transparency.notes import NoteWrong
from app.transparency.receipts import Receipt, ReceiptWrong
from app.transparency.tree import ProofWrong
from app.webhooks import erasures
from app.webhooks.models import Delivery
from tests.audit.books import Audited, audited

NAME = Giver(external_id="u_7", name="王小明", show_name=True)


@pytest.fixture
async def books(committed: Database, tmp_path: Path) -> Audited:
    return await audited(committed, tmp_path)


async def file_of(client: AsyncClient, code: str) -> bytes:
    answer = await client.get(f"/v1/disclosure/donations/{code}/receipt-file")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


async def test_a_receipt_file_opens_the_leaf_and_proves_it(
    books: Audited, committed_client: AsyncClient
) -> None:
    [code, shy] = [
        *await books.give(books.ours, 123_00, giver=NAME, their_id="T-1"),
        *await books.give(books.ours, 50_00, giver=Giver(external_id="u_8", name="李四"), their_id="T-2"),
    ]
    early = await committed_client.get(f"/v1/disclosure/donations/{code}/receipt-file")
    assert (early.status_code, early.json()["code"]) == (404, "leaf-not-proven")
    await books.sign()
    receipt = Receipt.read(await file_of(committed_client, code))
    leaf, checkpoint = receipt.check()
    assert leaf["postings"][0]["amount"] == "12300"
    assert {name: one.value for name, one in receipt.opened.items()} == {
        "donor": "王小明",
        "reference": "T-1",
    }
    assert checkpoint.size == 2
    async with books.database.reading() as session:
        assert receipt.check(await heads.keys(session, 1)) == (leaf, checkpoint)
    # Who did not agree to show a name is not named to whoever was passed the code.
    closed = Receipt.read(await file_of(committed_client, shy))
    assert closed.opened.keys() == {"reference"}
    assert "李四" not in closed.written().decode()


async def test_a_receipt_that_was_tampered_with_is_refused(
    books: Audited, committed_client: AsyncClient
) -> None:
    [code] = await books.give(books.ours, 123_00, giver=NAME, their_id="T-1")
    await books.sign()
    said = json.loads(await file_of(committed_client, code))
    changes = {
        "leaf": said["leaf"].replace("12300", "92300"),
        "opened": {**said["opened"], "reference": {**said["opened"]["reference"], "value": "T-2"}},
        "proof": said["proof"].replace("index 0", "index 1"),
        "format": "another",
        "vkeys": ["nonsense"],
    }
    for name, value in changes.items():
        with pytest.raises((ReceiptWrong, NoteWrong, ProofWrong)):
            Receipt.read(orjson.dumps({**said, name: value})).check()


async def test_the_command_checks_a_file_without_asking_anybody(
    books: Audited, committed_client: AsyncClient, tmp_path: Path
) -> None:
    [code] = await books.give(books.ours, 123_00, giver=NAME, their_id="T-1")
    await books.sign()
    content = await file_of(committed_client, code)
    vkey = (await committed_client.get("/v1/log/vkey")).text.strip()
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(content)
    bad.write_bytes(content.replace(b"12300", b"12301"))
    ran = CliRunner().invoke(app, ["receipt", "verify", str(good), "--vkey", vkey])
    assert ran.exit_code == 0, ran.output
    assert "12300 fen" in ran.output
    assert "reference: T-1 (opened" in ran.output
    assert CliRunner().invoke(app, ["receipt", "verify", str(bad), "--vkey", vkey]).exit_code == 1


async def test_an_erased_giver_is_gone_and_everything_else_holds(
    books: Audited, committed_client: AsyncClient
) -> None:
    event = books.ours.event(donation_id="T-1")
    answer = await books.ours.post(committed_client, event)
    code = answer.json()["lookup_code"]
    await books.give(books.ours, 50_00)
    await books.sign()
    kept = Receipt.read(await file_of(committed_client, code))
    old = (await committed_client.get("/v1/log/checkpoint")).text
    trace = (await committed_client.get(f"/v1/disclosure/donations/{code}/trace")).json()

    async with books.database.writing() as session:
        person = await erasures.giver_of(session, code)
        for _ in range(2):
            await erasures.erase(session, person)
    await books.sign()

    refused = await committed_client.get(f"/v1/disclosure/donations/{code}/receipt-file")
    assert (refused.status_code, refused.json()["code"]) == (409, "person-erased")
    # What was handed out before stays valid, and the log goes on from where it was.
    kept.check()
    assert (await committed_client.get(f"/v1/disclosure/donations/{code}/trace")).json() == trace
    async with books.database.reading() as session:
        assert await vault.keys(session, [person]) == {}
        donation = (await session.scalars(select(Donation).where(Donation.person_id == person))).one()
        bodies = (
            await session.scalars(select(Delivery.body_sealed).where(Delivery.person_id == person))
        ).all()
        assert (donation.sealed, bodies) == (None, [None])
        assert (await session.get(Donor, person)).external_index is None
        leaves = [
            orjson.loads(body) for body in await session.scalars(select(Leaf.body).order_by(Leaf.index))
        ]
        [leaf] = [one for one in leaves if one["kind"] == "erasure"]
        assert leaf["body"].keys() == {"on"}
        found = {c.name: c.offender async for c in verification.checks(session, log_verification.CHECKS)}
        assert {name: offender for name, offender in found.items() if offender} == {}
        head = await heads.current(session)
    assert strangers.Checkpoint.read(old).size < head.size
    # The same giver comes again and is somebody new.
    again = await books.ours.post(committed_client, books.ours.event(donation_id="T-2"))
    assert again.json()["outcome"] == "posted"


async def test_whom_a_restore_brings_back_is_erased_again(
    books: Audited, committed_client: AsyncClient
) -> None:
    [code, other] = await books.give(books.ours, 1_00, 2_00)
    async with books.database.writing() as session:
        await erasures.erase(session, await erasures.giver_of(session, code))
    async with books.database.reading() as session:
        listed = [person for person, _ in await erasures.known(session)]
        # A restore to before: the other one stands for whoever is back.
        back = await erasures.giver_of(session, other)
    assert len(listed) == 1
    async with books.database.writing() as session:
        assert await erasures.replay(session, [*listed, back]) == 1
        assert await erasures.replay(session, [*listed, back]) == 0
    async with books.database.reading() as session:
        assert {person for person, _ in await erasures.known(session)} == {*listed, back}
