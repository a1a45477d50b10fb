"""Notes in the books: what was noted of a person, or of whom a bank's line tells, is sealed with them."""

from datetime import date

import psycopg
import pytest
from alembic import command
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app import worker
from app.accounting.bank import decisions, lines, matches
from app.accounting.bank.decisions import Decision
from app.accounting.models import BankDecision, BankLine, BankMatch, Counterparty, CounterpartyKind, LineKind
from app.accounting.parties import counterparties
from app.accounting.parties.counterparties import NewCounterparty
from app.cli import migrate as program
from app.kit import vault
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.models import UnsealedValue
from app.kit.persons import reasons
from app.ledger.models import Dimension
from app.organizations.access import Role
from migrations.sealing import UNREADABLE
from tests.accounting.banking import Told, ask, line_of, send, statement, tell
from tests.accounting.banking import lines as listed
from tests.databases import Cluster, alembic_config
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, desk, fen
from tests.fundraising.test_reasons import WHY, places_in_clear

BEFORE = "sealed_notes_of_the_books-1"
PARTIES = "/counterparties"


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def test_a_note_on_a_person_is_sealed_and_one_on_a_firm_stays(
    app: FastAPI, clerk: Desk, session: WriteSession
) -> None:
    auditor = await members.sign_in(app, session, Role.auditor, clerk.organization)
    body = {"organization_id": str(clerk.organization.id), "code": "p-1", "kind": "person", "name": "演示人"}
    made = (await tell(clerk, PARTIES, body | {"note": WHY})).json()
    path = f"/v1/accounting{PARTIES}/{made['id']}"

    await session.flush()
    assert made["note"] == WHY
    assert await places_in_clear(session) == []
    assert (await clerk.client.get(path, headers=auditor)).json()["note"] is None
    assert (await ask(clerk, PARTIES, kind="person")).json()["items"] == [made]

    async def change(**said: str | None) -> list[str | None]:
        shown = await clerk.client.get(path, headers=clerk.headers)
        headers = clerk.headers | {"If-Match": shown.headers["etag"]}
        changed = await clerk.client.patch(path, json=said, headers=headers)
        return [changed.json()["name"], changed.json()["note"]]

    assert await change(name="另一人") == ["另一人", WHY]
    assert await change(kind="supplier") == ["另一人", WHY]
    assert "counterparties" in await places_in_clear(session)
    assert (await clerk.client.get(path, headers=auditor)).json()["note"] == WHY
    assert await change(kind="person") == ["另一人", WHY]
    assert await places_in_clear(session) == []
    assert await change(note=None) == ["另一人", None]
    assert await change(note=WHY) == ["另一人", WHY]
    await vault.erase(session, (await session.get_one(Counterparty, made["id"])).id)
    assert (await ask(clerk, f"{PARTIES}/{made['id']}")).json()["note"] is None


async def test_why_a_match_was_undone_is_sealed_with_the_line(
    app: FastAPI, clerk: Desk, session: WriteSession
) -> None:
    auditor = await members.sign_in(app, session, Role.auditor, clerk.organization)
    await clerk.give(300)
    await send(clerk, statement(Told(amount=300, day="2026-05-02")))
    [line] = await listed(clerk)
    [found] = (await ask(clerk, f"/bank-lines/{line['id']}/candidates")).json()["candidates"]
    part = {"posting_id": found["posting_id"], "amount": fen(300)}
    await tell(clerk, f"/bank-lines/{line['id']}/matches", {"matches": [part]})
    path = f"/bank-lines/{line['id']}/matches"
    [match] = (await ask(clerk, path)).json()["items"]

    undoing = f"/bank-matches/{match['id']}/undoing"
    undone = await tell(clerk, undoing, {"reason": WHY}, **{"Idempotency-Key": "once-and-again-1"})

    await session.flush()
    assert undone.json()["undone_because"] == WHY
    assert await places_in_clear(session) == []
    assert (await ask(clerk, path)).json()["items"] == [undone.json()]
    hidden = await clerk.client.get(f"/v1/accounting{path}", headers=auditor)
    assert hidden.json()["items"] == [undone.json() | {"undone_because": None}]
    await vault.erase(session, (await session.get_one(BankLine, line["id"])).person_id)
    assert (await ask(clerk, path)).json()["items"] == [undone.json() | {"undone_because": None}]
    again = await tell(clerk, undoing, {"reason": WHY}, **{"Idempotency-Key": "once-and-again-1"})
    assert again.json()["code"] == "match-undone"


async def test_what_was_noted_of_a_line_goes_with_it_to_the_person_it_is_about(
    clerk: Desk, session: WriteSession
) -> None:
    await send(clerk, statement(Told(amount=300, day="2026-05-02", name="金丝雀王先生")))
    [told] = await listed(clerk)
    line = await session.get_one(BankLine, told["id"])
    await tell(clerk, f"/bank-lines/{line.id}/classification", {"kind": "unknown", "note": WHY})
    await tell(clerk, f"/bank-lines/{line.id}/reopening", {"reason": f"{WHY}，已核实"})
    assert await places_in_clear(session) == []
    assert await noted(session, line) == [WHY, f"{WHY}，已核实"]

    giver = new_id()
    await vault.keep(session, giver, {})
    await lines.belongs_to(session, line, giver, (await vault.keys(session, [giver]))[giver])
    assert await noted(session, line) == [WHY, f"{WHY}，已核实"]
    await vault.erase(session, giver)
    assert await noted(session, line) == [None, None]


async def noted(session: ReadSession, line: BankLine) -> list[str | None]:
    made = select(BankDecision.id).where(BankDecision.line_id == line.id).order_by(BankDecision.id)
    ids = (await session.scalars(made)).all()
    told = [reasons.About("bank_decision", one, line.person_id) for one in ids]
    known = await reasons.read(session, told)
    return [known.get(one) for one in ids]


async def test_notes_of_an_earlier_version_are_sealed_after_the_migration_and_none_is_lost(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    url = cluster.url(fresh_database, "owner")
    async with committed.writing() as session:
        place = await members.organization(session, books_from=date(2026, 1, 1))
        line = await line_of(session, await bank(session, place), 100)
        await decisions.decide(session, line.id, Decision(kind=LineKind.unknown, note="封存过"), actor="t")
        line = await session.get_one(BankLine, line.id)
        match_id = (await matches.standing(session, [line.id]))[0]
        await matches.undo(session, await matches.get(session, match_id), because="封存过", actor="t")
        new = NewCounterparty(organization_id=place.id, code="p", kind=CounterpartyKind.person, name="演示人")
        person = await counterparties.create(session, new, actor="t")
    command.downgrade(alembic_config(url), BEFORE)
    columns = (("bank_decisions", "note"), ("bank_matches", "undone_because"), ("counterparties", "note"))
    with psycopg.connect(url, autocommit=True) as owner:
        assert owner.execute("select undone_because from bank_matches").fetchall() == [(UNREADABLE,)]
        for table, column in columns:
            owner.execute(f"alter table {table} disable trigger user")
            owner.execute(f"update {table} set {column} = %s", [WHY])
            owner.execute(f"alter table {table} enable trigger user")

    program.to(url)
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url) as owner:
        for table, column in columns:
            assert {row[0] for row in owner.execute(f"select {column} from {table}")} == {WHY}
    program.to(url)

    taken = worker.sweeps(worker.ANSWERS_KEPT)
    assert await worker.once(committed, {"unsealed_words": taken["unsealed_words"]}) == []
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert await places_in_clear(session) == []
        assert await noted(session, line) == [WHY]
        undone = await session.get_one(BankMatch, match_id)
        assert await matches.why(session, line, [undone]) == {match_id: WHY}
        home = await session.get_one(Dimension, person.id)
        [known] = await counterparties.known(session, [home], clear_in={place.id})
        assert known.note == WHY
