"""What staff found out about a message is sealed with whoever gave, as the message, and erased with them."""

from pathlib import Path

import psycopg
import pytest
from alembic import command
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app import worker
from app.cli import migrate as program
from app.fundraising.models import BillLine, Donation
from app.fundraising.settling import comparing, files
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from app.kit import vault
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_code, new_id
from app.kit.models import UnsealedValue
from app.organizations.access import Role
from app.webhooks import conflicts, deliveries, erasures
from app.webhooks.models import Delivery
from migrations.sealing import UNREADABLE
from tests.databases import Cluster, alembic_config
from tests.factories import organizations as members
from tests.fundraising.settling.files import Item, table
from tests.fundraising.test_reasons import places_in_clear
from tests.webhooks.operators import Headers, operator
from tests.webhooks.platforms import Partner, partner

FOUND = "金丝雀王先生来电 13577778888，称只捐过一次"


async def _odd(session: ReadSession) -> Delivery:
    return (await session.scalars(select(Delivery).filter_by(accepted=False))).one()


async def _contradicted(client: AsyncClient, here: Partner, how: str) -> None:
    """A gift, and then what contradicts it."""
    gift = here.event()
    await here.post(client, gift, event_id="first")
    other = gift | {"data": gift["data"] | {"amount": gift["data"]["amount"] + 1}}
    said = {
        "another amount": (other, "second"),
        "the same event id": (other, "first"),
        "too much given back": (here.refund(gift, gift["data"]["amount"] + 1), "second"),
    }
    body, event_id = said[how]
    answer = await here.post(client, body, event_id=event_id)
    assert answer.status_code == 409, answer.text


async def _review(client: AsyncClient, odd: Delivery, headers: Headers, key: str) -> Response:
    path = f"/v1/deliveries/{odd.id}/review"
    return await client.post(path, json={"found": FOUND}, headers=headers | {"Idempotency-Key": key})


@pytest.mark.parametrize("how", ["another amount", "the same event id", "too much given back"])
async def test_what_was_found_is_sealed_with_the_giver_and_erased_with_them(
    app: FastAPI, client: AsyncClient, session: WriteSession, how: str
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    await _contradicted(client, here, how)
    odd = await _odd(session)
    path = f"/v1/deliveries/{odd.id}/review"
    early = await client.get(path, headers=headers)
    done = await _review(client, odd, headers, "once-and-again-1")
    await session.flush()

    assert (early.status_code, early.json()["code"]) == (404, "delivery-not-reviewed")
    assert (done.status_code, done.json()["found"]) == (201, FOUND), done.text
    assert (await client.get(path, headers=headers)).json() == done.json()
    assert await places_in_clear(session) == []
    stranger = await members.sign_in(app, session, Role.cashier, here.organization)
    assert (await client.get(path, headers=stranger)).status_code == 403

    await erasures.erase(session, (await session.scalars(select(Donation))).one().person_id)

    assert (await client.get(path, headers=headers)).json() == done.json() | {"found": None}
    # Nor does the message that it is about, nor the answer kept for whoever asks twice, tell of them.
    body = await client.get(f"/v1/deliveries/{odd.id}", headers=headers)
    again = await _review(client, odd, headers, "once-and-again-1")
    assert (body.json()["code"], again.json()["code"]) == ("delivery-body-gone", "delivery-reviewed")


async def test_what_was_found_goes_to_the_giver_whom_a_replay_finds(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    await _contradicted(client, here, "too much given back")
    odd, nobody = await _odd(session), new_id()
    giver, body = odd.person_id, await deliveries.body(session, odd)
    await vault.keep(session, nobody, {})
    await deliveries.hand_over(session, odd, body, nobody)
    await _review(client, odd, headers, new_code())

    key = {"Idempotency-Key": new_code()}
    replayed = await client.post(f"/v1/deliveries/{odd.id}/replay", headers=headers | key)

    assert (replayed.status_code, odd.person_id) == (200, giver), replayed.text
    assert (await conflicts.reviewed(session, odd))[1] == FOUND
    await erasures.erase(session, giver)
    assert (await conflicts.reviewed(session, odd))[1] is None


async def test_words_of_an_earlier_version_are_sealed_after_the_migration(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_client: AsyncClient,
    tmp_path: Path,
) -> None:
    url = cluster.url(fresh_database, "owner")
    async with committed.writing() as session:
        here = await partner(session)
        headers = await operator(session, here.organization)
    await _contradicted(committed_client, here, "another amount")
    async with committed.writing() as session:
        odd = await _odd(session)
    await _review(committed_client, odd, headers, new_code())
    bill = table(*(Item(their_id=f"T-{n}", amount=100, remark="SX-1") for n in (1, 2)))
    (path := tmp_path / "bill.csv").write_bytes(bill)
    async with committed.writing() as session:
        taken = await files.take_in(session, here.channel, path, Declared(sums=Sums()), actor="t")
    await comparing.settle(committed, taken.settlement.id)
    command.downgrade(alembic_config(url), "sealed_reviews-1")
    with psycopg.connect(url, autocommit=True) as owner:
        assert owner.execute("select found from delivery_reviews").fetchall() == [(UNREADABLE,)]
        owner.execute("alter table delivery_reviews disable trigger user")
        owner.execute("update delivery_reviews set found = %s", [FOUND])
        owner.execute("update bill_lines set remark = %s where their_id = 'T-1'", [FOUND])
        owner.execute("update bill_lines set remark = 'campaign%3DSX-1' where their_id = 'T-2'")
        owner.execute("update donations set first_campaign_code = %s where their_id = 'T-1'", [FOUND])
    program.to(url)
    command.downgrade(alembic_config(url), "sealed_reviews-1")
    with psycopg.connect(url) as owner:
        assert owner.execute("select found from delivery_reviews").fetchall() == [(FOUND,)]
    program.to(url)

    sweeps = worker.sweeps(worker.ANSWERS_KEPT)
    assert await worker.once(committed, {"unsealed_words": sweeps["unsealed_words"]}) == []
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert (await conflicts.reviewed(session, await _odd(session)))[1] == FOUND
        remarks = await session.scalars(select(BillLine.remark).order_by(BillLine.their_id))
        assert remarks.all() == [None, "campaign=SX-1"]
        assert await places_in_clear(session) == []
