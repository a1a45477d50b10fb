"""Words about who governs and who is related: why and how is sealed with the person, and erased with them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic import command
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app import worker
from app.cli import migrate as program
from app.disclosure.governance import officers, posts, recusals, related
from app.disclosure.governance.officers import Particulars
from app.disclosure.honours import ambassadors
from app.disclosure.models import (
    Ambassador,
    Appointment,
    CouncilRecusal,
    PartyKind,
    PostKind,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
)
from app.kit import vault
from app.kit.clock import today
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.models import UnsealedValue, VaultValue
from app.organizations.access import Role
from migrations.sealing import UNREADABLE
from tests.databases import Cluster, alembic_config
from tests.disclosure.governance.board import BASE, Board, board
from tests.disclosure.governance.test_related import deal, party
from tests.factories import organizations as members
from tests.fundraising.test_reasons import WHY, places_in_clear

BEFORE = "sealed_words_of_officers-1"
COLUMNS = (
    ("appointments", "end_reason"),
    ("ambassadors", "finding"),
    ("ambassadors", "ended_reason"),
    ("related_parties", "explanation"),
    ("related_party_events", "withdrawn_reason"),
    ("council_recusals", "reason"),
)
HONOURS = "/v1/disclosure"

Deed = tuple[str, dict[str, Any], str, str]
"""What is said where, where it is read again, and in which field."""


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def ending(here: Board) -> Deed:
    made = (await here.appoint(await here.officer(), "commissioner", "2024-01-01")).json()
    body = {"ends_on": "2025-01-01", "reason": WHY}
    return f"{BASE}/appointments/{made['id']}/end", body, f"{BASE}/appointments", "end_reason"


async def relation(here: Board) -> Deed:
    body = {"organization_id": here.at, "kind": "person", "relation": "family", "name": "演示亲属"}
    body |= {"starts_on": "2024-01-01", "explanation": WHY}
    return f"{BASE}/related-parties", body, f"{BASE}/related-parties", "explanation"


async def withdrawal(here: Board) -> Deed:
    of = await party(here, kind="person", relation="executive", name=None, officer_id=await here.officer())
    path = f"{BASE}/related-events/{(await deal(here, of)).json()['id']}/withdrawal"
    return path, {"reason": WHY}, f"{BASE}/related-events", "withdrawn_reason"


async def recusal(here: Board) -> Deed:
    body = {"organization_id": here.at, "officer_id": await here.officer(), "decided_on": "2026-05-06"}
    body |= {"meeting": "理事会", "decision": "租用办公用房", "reason": WHY}
    return f"{BASE}/recusals", body, f"{BASE}/recusals", "reason"


async def ambassador(here: Board) -> str:
    body = {"organization_id": here.at, "name": "演示歌唱家", "contract": "SX-1", "scope": "宣传助学"}
    days = {"starts_on": "2026-01-01", "ends_on": "2036-01-01"}
    made = await here.client.post(f"{HONOURS}/ambassadors", json=body | days, headers=here.headers)
    return f"{HONOURS}/ambassadors/{made.json()['id']}"


async def finding(here: Board) -> Deed:
    path, read = await ambassador(here), f"{HONOURS}/organizations/{here.at}/ambassadors"
    return f"{path}/review", {"is_advertisement": False, "finding": WHY}, read, "finding"


async def early_end(here: Board) -> Deed:
    path, body, read, _ = await finding(here)
    reviewed = await here.client.post(path, json=body | {"finding": "无"}, headers=await reviewer(here))
    assert reviewed.status_code == 200, reviewed.text
    return path.replace("review", "end"), {"reason": WHY}, read, "ended_reason"


async def reviewer(here: Board) -> dict[str, str]:
    return REVIEWERS[here.at]


REVIEWERS: dict[str, dict[str, str]] = {}
DEEDS: Mapping[str, Callable[[Board], Awaitable[Deed]]] = {
    one.__name__: one for one in (ending, relation, withdrawal, recusal, finding, early_end)
}


@pytest.mark.parametrize("deed", DEEDS)
async def test_why_is_read_by_who_looks_after_it_and_stands_in_no_table_and_goes_with_the_person(
    app: FastAPI, here: Board, session: WriteSession, deed: str
) -> None:
    REVIEWERS[here.at] = await members.sign_in(app, session, Role.reviewer, here.member)
    auditor = await members.sign_in(app, session, Role.auditor, here.member)
    path, body, read, field = await DEEDS[deed](here)
    by = REVIEWERS[here.at] if deed == "finding" else here.headers
    once = by | {"Idempotency-Key": "once-and-again-1"}

    answer = await here.client.post(path, json=body, headers=once)

    assert answer.is_success, answer.text
    assert answer.json()[field] == WHY
    await session.flush()
    assert await places_in_clear(session) == []
    [shown] = (await here.client.get(read, headers=here.headers)).json()["items"]
    assert shown[field] == WHY
    hidden = await here.client.get(read, headers=auditor)
    assert (hidden.status_code, WHY in hidden.text) == (403, False)

    for holder in await session.scalars(select(VaultValue.person_id).distinct()):
        await vault.erase(session, holder)
    [left] = (await here.client.get(read, headers=here.headers)).json()["items"]
    assert left == shown | dict.fromkeys({"name", "finding"} & shown.keys()) | {field: None}
    # Nor does the answer that was kept for whoever asks twice tell it.
    again = await here.client.post(path, json=body, headers=once)
    assert again.json() != answer.json()


async def test_words_of_an_earlier_version_are_sealed_after_the_migration_and_none_is_lost(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    url = cluster.url(fresh_database, "owner")
    sealed, waiting = [await _explained(committed) for _ in range(2)]
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url, autocommit=True) as owner:
        for table, column in COLUMNS:
            assert owner.execute(f"select distinct {column} from {table}").fetchall() == [(UNREADABLE,)]
            owner.execute(f"alter table {table} disable trigger user")
            changed = f"update {table} set {column} = %s where id = %s"
            owner.execute(changed, [WHY + column, waiting[table]])
            owner.execute(f"alter table {table} enable trigger user")

    program.to(url)
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url) as owner:
        for table, column in COLUMNS:
            back = owner.execute(f"select id from {table} where {column} = %s", [WHY + column])
            assert back.fetchall() == [(waiting[table],)]
    program.to(url)

    taken = worker.sweeps(worker.ANSWERS_KEPT)
    assert await worker.once(committed, {"unsealed_words": taken["unsealed_words"]}) == []
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert await _words(session, sealed) == ["封存过"] * 6
        assert await _words(session, waiting) == [WHY + column for _, column in COLUMNS]
        assert await places_in_clear(session) == []


async def _explained(database: Database) -> dict[str, UUID]:
    """One of everything that has words about a person; the ids by table."""
    async with database.writing() as session:
        place, day = await members.organization(session), date(2026, 1, 1)
        at: dict[str, Any] = {"organization_id": place.id, "recorded_by": "t"}
        who = await officers.enter(session, place.id, Particulars(name="演示理事"), by="t")
        held = {"officer_id": who.id, "post": PostKind.commissioner, "starts_on": day, "paid": False}
        post = await posts.appoint(session, place, Appointment(**at, **held))
        await posts.end(session, post, on=day, reason="封存过", by="t")
        kind = {"kind": PartyKind.person, "relation": RelationKind.executive, "officer_id": who.id}
        of = RelatedParty(**at, **kind, starts_on=day)
        await related.record(session, of, person=None, explanation="封存过")
        said = {"kind": RelatedEventKind.transaction, "happened_on": day, "amount_minor": 1, "matter": "x"}
        event = await related.tell(session, of, RelatedEvent(**at, party_id=of.id, **said))
        await related.withdraw(session, of, event, reason="封存过", by="t")
        away = {"officer_id": who.id, "decided_on": day, "meeting": "x", "decision": "x"}
        kept_away = await recusals.record(session, CouncilRecusal(**at, **away), reason="封存过")
        term = {"contract": "x", "scope": "x", "starts_on": day, "ends_on": today().replace(year=2036)}
        face = await ambassadors.propose(session, Ambassador(**at, person_id=new_id(), **term), "演示歌唱家")
        await ambassadors.review(session, face, is_advertisement=False, finding="封存过", by="u")
        await ambassadors.end(session, face, reason="封存过")
        rows = {"appointments": post, "ambassadors": face, "related_parties": of}
        rows |= {"related_party_events": event, "council_recusals": kept_away}
        return {table: row.id for table, row in rows.items()}


async def _words(session: ReadSession, ids: Mapping[str, UUID]) -> list[str | None]:
    face = await session.get_one(Ambassador, ids["ambassadors"])
    found = [
        await posts.why(session, [await session.get_one(Appointment, ids["appointments"])]),
        await ambassadors.findings(session, [face]),
        await ambassadors.endings(session, [face]),
        await related.relations(session, [await session.get_one(RelatedParty, ids["related_parties"])]),
        await related.why(session, [await session.get_one(RelatedEvent, ids["related_party_events"])]),
        await recusals.why(session, [await session.get_one(CouncilRecusal, ids["council_recusals"])]),
    ]
    return [why.get(ids[table]) for (table, _), why in zip(COLUMNS, found, strict=True)]
