"""How units keep their books: said from a day on, public, and never against what they are."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy.exc import IntegrityError

from app.disclosure.governance import bookkeeping, registers
from app.disclosure.governance.bookkeeping import Said
from app.disclosure.governance.errors import FundKeptElsewhere
from app.disclosure.models import Bookkeeping, OrganizationUnit, UnitBooks, UnitKind
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.ledger import funds
from app.ledger.models import Fund
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.obligations.scenes import association, day

UNIT: dict[str, Any] = {
    "kind": "branch",
    "name": "助学工作委员会",
    "founded_on": "2026-01-10",
    "scope": "助学",
}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def fund(session: WriteSession, organization_id: UUID, *, restricted: bool = True) -> Fund:
    pool = Fund(organization_id=organization_id, code=f"F{new_code(6)}", title="助学", restricted=restricted)
    return await funds.open_fund(session, pool)


async def say(here: Board, unit: dict[str, Any], how: str, since: str, **over: Any) -> Response:
    body = {"bookkeeping": how, "effective_from": since} | over
    return await here.client.post(f"{BASE}/units/{unit['id']}/bookkeeping", json=body, headers=here.headers)


async def listed(here: Board) -> list[dict[str, Any]]:
    answer = await here.client.get(f"{BASE}/organizations/{here.at}/units")
    return list(answer.json()["items"])


async def test_a_unit_keeps_its_books_one_way_at_a_time_and_the_history_is_public(
    here: Board, session: WriteSession
) -> None:
    unit = await here.made("/units", **UNIT)
    pool = await fund(session, here.member.id)
    assert (unit["bookkeeping"], unit["books"]) == (None, [])
    for how, since, more in (
        ("unified", "2026-01-10", {}),
        ("own_fund", "2026-04-01", {"fund_id": str(pool.id)}),
        ("own_books", "2026-07-01", {"keeper": "分支机构财务组"}),
    ):
        said = await say(here, unit, how, since, **more)
        assert said.status_code == 201, said.text
    again = await say(here, unit, "unified", "2026-07-01")
    earlier = await say(here, unit, "unified", "2026-05-01")

    assert [refused(one) for one in (again, earlier)] == [(409, "books-known")] * 2
    [told] = await listed(here)
    assert told["bookkeeping"] == "own_books"
    assert [
        (one["bookkeeping"], one["effective_from"], one["effective_to"], one["fund_code"], one["keeper"])
        for one in told["books"]
    ] == [
        ("unified", "2026-01-10", "2026-03-31", None, None),
        ("own_fund", "2026-04-01", "2026-06-30", pool.code, None),
        ("own_books", "2026-07-01", None, None, "分支机构财务组"),
    ]
    then = await here.client.get(
        f"{BASE}/organizations/{here.at}/basic-information", params={"on": "2026-04-30"}
    )
    [unit_then] = then.json()["units"]
    assert (unit_then["bookkeeping"], len(unit_then["books"])) == ("own_fund", 1)


async def test_what_contradicts_itself_is_refused(
    here: Board, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    branch = await here.made("/units", **UNIT)
    office = await here.made("/units", **UNIT | {"kind": "department", "name": "办公室"})
    elsewhere = await fund(session, (await board(app, client, session)).member.id)
    general = await funds.general(session, here.member.id)
    answers = [
        # A part of the office has no books of its own; nobody else's fund, and not the general one, is its.
        await say(here, office, "own_books", "2026-02-01", keeper="办公室"),
        await say(here, branch, "own_fund", "2026-02-01", fund_id=str(general.id)),
        # There was no such unit on that day.
        await say(here, branch, "unified", "2026-01-09"),
        await say(here, branch, "own_fund", "2026-02-01", fund_id=str(elsewhere.id)),
    ]
    assert [refused(one) for one in answers] == [*[(422, "books-unfit")] * 3, (404, "out-of-sight")]
    bare = [
        await say(here, branch, "own_fund", "2026-02-01"),
        await say(here, branch, "own_books", "2026-02-01"),
        await say(here, branch, "unified", "2026-02-01", keeper="财务组"),
    ]
    assert [one.status_code for one in bare] == [422] * 3
    assert [one["books"] for one in await listed(here)] == [[], []]


async def test_a_closed_units_books_end_with_it(here: Board) -> None:
    unit = await here.made("/units", **UNIT)
    await say(here, unit, "unified", "2026-02-01")
    path = f"{BASE}/units/{unit['id']}/closing"
    early = await here.client.post(path, json={"closed_on": "2026-01-20"}, headers=here.headers)
    closed = await here.client.post(path, json={"closed_on": "2026-06-30"}, headers=here.headers)
    late = await say(here, unit, "unified", "2026-07-01")
    within = await say(here, unit, "own_books", "2026-05-01", keeper="财务组")

    assert refused(early) == (409, "books-known")
    assert closed.json()["books"][0]["effective_to"] == "2026-06-30"
    assert refused(late) == (422, "books-unfit")
    spans = [(one["effective_from"], one["effective_to"]) for one in within.json()["books"]]
    assert spans == [("2026-02-01", "2026-04-30"), ("2026-05-01", "2026-06-30")]
    assert within.json()["bookkeeping"] is None


async def test_the_database_itself_knows_no_department_with_its_own_books(session: WriteSession) -> None:
    member = await association(session)
    unit = OrganizationUnit(
        organization_id=member.id,
        kind=UnitKind.department,
        name="办公室",
        founded_on=day("2026-01-10"),
        scope="综合",
        recorded_by="test",
    )
    session.add(unit)
    await session.flush()
    session.add(
        UnitBooks(
            organization_id=member.id,
            unit_id=unit.id,
            unit_kind=UnitKind.department,
            bookkeeping=Bookkeeping.own_books,
            effective_from=day("2026-02-01"),
            keeper="办公室",
            recorded_by="test",
        )
    )
    with pytest.raises(IntegrityError, match="department"):
        async with session.begin_nested():
            await session.flush()


async def test_of_two_units_that_take_one_fund_at_once_one_has_it(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session)
        pool = await fund(session, member.id)
        units = [
            OrganizationUnit(
                organization_id=member.id,
                kind=UnitKind.branch,
                name=f"分会{number}",
                founded_on=day("2026-01-10"),
                scope="助学",
                recorded_by="test",
            )
            for number in range(4)
        ]
        session.add_all(units)
        await session.flush()
    said = Said(bookkeeping=Bookkeeping.own_fund, effective_from=day("2026-02-01"), fund_id=pool.id)

    async def take(unit_id: UUID) -> bool:
        try:
            async with committed.writing() as session:
                unit = await registers.get(session, unit_id, lock=True)
                await bookkeeping.say(session, unit, said, by="test")
        except FundKeptElsewhere:
            return False
        return True

    assert sorted(await asyncio.gather(*(take(unit.id) for unit in units))) == [False, False, False, True]
