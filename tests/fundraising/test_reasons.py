"""Why a gift was corrected: people write names into it, so it is sealed, and erased with the giver."""

from uuid import UUID

import psycopg
import pytest
from alembic import command
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text

from app import worker
from app.cli import migrate as program
from app.fundraising import corrections, donations
from app.fundraising.models import Donation
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.models import UnsealedValue, VaultPerson
from app.kit.persons import unsealed
from app.organizations.access import Role, Scope
from app.webhooks import erasures
from tests.databases import Cluster, alembic_config
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk
from tests.fundraising.test_corrections import correct

WHY = "金丝雀王先生来电 13577778888，称重复付款"
BEFORE = "sealed_reasons-1"


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def reason_of(session: ReadSession, gift_id: str) -> str | None:
    gift = await session.get_one(Donation, gift_id)
    [corrected] = await corrections.of(session, [gift])
    return (await corrections.why(session, [gift], [corrected])).get(corrected.id)


async def places_in_clear(session: ReadSession) -> list[str]:
    names = await session.scalars(
        text(
            "select relname::text from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = 'public' and relkind = 'r' and relname not like 'procrastinate%'"
        )
    )
    found: list[str] = []
    for name in names.all():
        content = "\n".join(await session.scalars(text(f"select t::text from {name} t")))
        if any(word in content or word.encode().hex() in content for word in ("金丝雀", "13577778888")):
            found.append(name)
    return found


async def test_why_a_gift_was_corrected_stands_in_no_table_in_clear(
    clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give(100)).json()
    answer = await correct(clerk, gift, "void", reason=WHY)

    assert answer.status_code == 201, answer.text
    await session.flush()
    assert await places_in_clear(session) == []
    assert await reason_of(session, gift["id"]) == WHY


async def test_whoever_may_not_read_donors_reads_that_a_gift_was_corrected_and_not_why(
    app: FastAPI, clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give(100)).json()
    told = (await correct(clerk, gift, "void", reason=WHY)).json()
    path = f"/v1/fundraising/donations/{gift['id']}"
    organization = clerk.organization
    _, machine = await members.key(session, organization, Scope.audit)
    _, clear = await members.key(session, organization, Scope.fundraising)
    allowed = [await members.sign_in(app, session, Role.cashier, organization), clear, clerk.headers]
    others = [
        await members.sign_in(app, session, role, organization) for role in (Role.auditor, Role.reviewer)
    ]

    shown = [(await clerk.client.get(path, headers=one)).json()["corrections"] for one in allowed]
    hidden = [(await clerk.client.get(path, headers=one)) for one in (*others, machine)]

    assert told["reason"] == WHY
    assert shown == [[told]] * 3
    assert [one.json()["corrections"] for one in hidden] == [[told | {"reason": None}]] * 3
    assert not any("金丝雀" in one.text for one in hidden)


async def test_why_is_erased_with_the_giver_and_the_correction_stays(
    clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give(100)).json()
    body = {"kind": "void", "reason": WHY}
    first = await clerk.post(f"/donations/{gift['id']}/corrections", body, key="once-and-again-1")
    assert first.status_code == 201, first.text

    await erasures.erase(session, (await session.get_one(Donation, gift["id"])).person_id)

    [left] = (await clerk.get(f"/donations/{gift['id']}")).json()["corrections"]
    assert left == first.json() | {"reason": None}
    fields = await session.scalars(text("select field from vault_values where field like '%correction%'"))
    assert fields.all() == []
    # Nor does the answer that was kept for whoever asks twice tell it.
    again = await clerk.post(f"/donations/{gift['id']}/corrections", body, key="once-and-again-1")
    assert (again.status_code, again.json()["code"]) == (409, "donation-voided")


async def test_a_gift_of_somebody_erased_is_corrected_all_the_same(
    clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give(100)).json()
    await erasures.erase(session, (await session.get_one(Donation, gift["id"])).person_id)

    answer = await correct(clerk, gift, "void", reason="银行退回")

    assert answer.status_code == 201, answer.text
    [shown] = (await clerk.get(f"/donations/{gift['id']}")).json()["corrections"]
    assert shown["reason"] == "银行退回"
    person = await session.get_one(VaultPerson, (await session.get_one(Donation, gift["id"])).person_id)
    assert person.wrapped_key is None


async def test_reasons_of_an_earlier_version_are_sealed_after_the_migration_and_none_is_lost(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    url = cluster.url(fresh_database, "owner")
    ids = await _corrected(committed)
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url, autocommit=True) as owner:
        kept = owner.execute("select distinct reason from corrections").fetchall()
        assert kept == [("（加密保存）",)]
        owner.execute("alter table corrections disable trigger user")
        owner.execute("update corrections set reason = %s where donation_id = any(%s)", [WHY, ids[1:]])
        owner.execute("alter table corrections enable trigger user")

    program.to(url)
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url) as owner:
        back = owner.execute("select reason from corrections order by reason").fetchall()
    assert back == [(WHY,), ("（加密保存）",), ("（加密保存）",)]
    program.to(url)

    taken = worker.sweeps(worker.ANSWERS_KEPT)
    assert await worker.once(committed, {"unsealed_words": taken["unsealed_words"]}) == []
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert [await reason_of(session, str(one)) for one in ids] == ["封存过", WHY, None]
        assert await places_in_clear(session) == []


async def _corrected(database: Database) -> list[UUID]:
    """Correct three gifts with sealed reasons; the giver of the last is erased afterwards."""
    async with database.writing() as session:
        appeal = await make.appeal(session)
        outcomes = await donations.receive(session, [make.gift(appeal, 100) for _ in range(3)])
        gifts = [await session.get_one(Donation, one.donation_id) for one in outcomes]
        for gift in gifts:
            await corrections.void(session, gift, reason="封存过", actor="t")
        ids = [gift.id for gift in gifts]
        last = gifts[-1].person_id
    async with database.writing() as session:
        await erasures.erase(session, last)
    return ids


async def test_what_waits_to_be_sealed_goes_with_the_person_too(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    ids = (await _corrected(committed))[:2]
    async with committed.reading() as session:
        people = [(await session.get_one(Donation, one)).person_id for one in ids]
    with psycopg.connect(cluster.url(fresh_database, "owner"), autocommit=True) as owner:
        for person in people:
            for field in ("a", "b"):
                owner.execute("insert into unsealed_values values (%s, %s, %s)", [person, field, WHY])
    async with committed.writing() as session:
        await erasures.erase(session, people[0])
        assert [one.person_id for one in await session.scalars(select(UnsealedValue))] == [people[1]] * 2

    async with committed.writing() as session:
        assert await unsealed.seal(session, UUID(int=0), limit=1) == people[1]
    async with committed.writing() as session:
        assert await unsealed.seal(session, people[1], limit=2) is None
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert await places_in_clear(session) == []
