"""What was recorded wrongly is said again for the same day; the wrong version stays to be read."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.governance.test_bookkeeping import fund
from tests.disclosure.governance.test_terms import CHARTER
from tests.disclosure.obligations.scenes import association, day, made, the
from tests.factories import organizations as members

UNIT: dict[str, Any] = {
    "kind": "branch",
    "name": "助学工作委员会",
    "founded_on": "2026-05-01",
    "scope": "助学",
}
WHY = {"reason": "登记有误"}
RECENT = CHARTER | dict.fromkeys(("adopted_on", "approved_on", "effective_from"), "2026-02-01")


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def corrected(here: Board, kind: str, wrong: str, body: dict[str, Any]) -> Response:
    path = f"{BASE}/{kind}/{wrong}/correction"
    return await here.client.post(path, json=body | WHY, headers=here.headers)


async def listed(here: Board, kind: str) -> list[dict[str, Any]]:
    answer = await here.client.get(f"{BASE}/organizations/{here.at}/{kind}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def compiled(here: Board) -> dict[str, Any]:
    answer = await here.client.get(f"{BASE}/organizations/{here.at}/basic-information")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_charter_is_said_again_for_the_same_day_and_the_wrong_one_stays(here: Board) -> None:
    wrong = await here.made("/charters", **RECENT, term_years=3)
    assert refused(await here.post("/charters", **RECENT, term_years=5)) == (409, "charter-known")

    right = await corrected(here, "charters", wrong["id"], RECENT | {"term_years": 4})

    assert right.status_code == 201, right.text
    old, new = await listed(here, "charters")
    assert (old["id"], old["term_years"], old["replaced_reason"]) == (wrong["id"], 3, WHY["reason"])
    assert (new["replaces_id"], new["term_years"], new["replaced_on"]) == (wrong["id"], 4, None)
    assert (await compiled(here))["charter"]["id"] == new["id"]
    # A term is bounded by what the charter says, not by what was mistyped.
    term = {"body": "council", "number": 4, "starts_on": "2026-03-01"}
    long = await here.post("/terms", **term, ends_on="2030-03-02")
    assert (refused(long), long.json()["ends_on_max"]) == ((422, "term-too-long"), "2030-03-01")
    assert (await here.post("/terms", **term, ends_on="2030-03-01")).status_code == 201
    again = await corrected(here, "charters", wrong["id"], RECENT)
    assert refused(again) == (409, "replaced-already")


async def test_a_corrected_day_moves_what_is_owed(here: Board, session: WriteSession) -> None:
    wrong = await here.made("/charters", **RECENT)
    await made(session, here.member, "2026-06-15")
    first = await the(session, here.member, "OB-B2-change")
    later = {"approved_on": "2026-03-01", "effective_from": "2026-03-01"}
    assert (await corrected(here, "charters", wrong["id"], RECENT | later)).status_code == 201

    found = [one for one in await made(session, here.member, "2026-06-15") if one.rule_id == "OB-B2-change"]

    assert {one.trigger_on: one.lapsed_on is None for one in found} == {
        day("2026-02-01"): False,
        day("2026-03-01"): True,
    }
    assert first.trigger_on == day("2026-02-01")


async def test_a_unit_is_said_again_and_its_books_go_along(here: Board, session: WriteSession) -> None:
    wrong = await here.made("/units", **UNIT)
    pool = await fund(session, here.member.id)
    books = {"bookkeeping": "own_fund", "effective_from": "2026-05-02", "fund_id": str(pool.id)}
    path = f"{BASE}/units/{wrong['id']}"
    assert (
        await here.client.post(f"{path}/bookkeeping", json=books, headers=here.headers)
    ).status_code == 201
    assert refused(await here.post("/units", **UNIT)) == (409, "unit-known")

    late = await corrected(here, "units", wrong["id"], UNIT | {"founded_on": "2026-05-03"})
    assert refused(late) == (422, "books-unfit")
    right = await corrected(here, "units", wrong["id"], UNIT | {"scope": "助学、助教"})

    assert right.status_code == 201, right.text
    assert [one["fund_code"] for one in right.json()["books"]] == [pool.code]
    old, new = await listed(here, "units")
    assert (old["scope"], old["books"], old["replaced_reason"]) == ("助学", [], WHY["reason"])
    assert (new["replaces_id"], new["scope"]) == (wrong["id"], "助学、助教")
    assert [one["id"] for one in (await compiled(here))["units"]] == [new["id"]]
    # Nothing more is done to what does not count.
    for step, body in (("closing", {"closed_on": "2026-06-01"}), ("bookkeeping", books)):
        answer = await here.client.post(f"{path}/{step}", json=body, headers=here.headers)
        assert refused(answer) == (409, "replaced-already")


async def test_a_closed_unit_keeps_its_last_day_and_a_department_no_books_of_its_own(here: Board) -> None:
    wrong = await here.made("/units", **UNIT)
    path = f"{BASE}/units/{wrong['id']}"
    own = {"bookkeeping": "own_books", "effective_from": "2026-05-01", "keeper": "西安办事处"}
    for step, body in (("bookkeeping", own), ("closing", {"closed_on": "2026-06-01"})):
        answer = await here.client.post(f"{path}/{step}", json=body, headers=here.headers)
        assert answer.status_code in {200, 201}, answer.text

    department = await corrected(here, "units", wrong["id"], UNIT | {"kind": "department"})
    after = await corrected(here, "units", wrong["id"], UNIT | {"founded_on": "2026-06-02"})
    right = await corrected(here, "units", wrong["id"], UNIT | {"name": "助学委员会"})

    assert refused(department) == (422, "books-unfit")
    assert refused(after) == (422, "days-out-of-order")
    assert (right.json()["closed_on"], right.json()["books"][0]["effective_to"]) == (
        "2026-06-01",
        "2026-06-01",
    )


async def test_only_that_it_was_replaced_may_be_written_on_a_version(
    here: Board, session: WriteSession
) -> None:
    await here.made("/charters", **RECENT)
    for statement in (
        "update charters set term_years = 9",
        "update charters set replaced_on = current_date",
        "delete from charters",
        "update organization_units set scope = 'x'",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_of_two_who_correct_one_version_at_once_one_is_told(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        member = await association(session)
        headers = await members.sign_in(committed_app, session, Role.disclosure_officer, member)
    here = Board(client=committed_client, member=member, headers=headers)
    wrong = (await here.made("/charters", **RECENT))["id"]

    answers = await asyncio.gather(
        *(corrected(here, "charters", wrong, RECENT | {"term_years": years}) for years in (3, 4, 5))
    )

    assert sorted(one.status_code for one in answers) == [201, 409, 409]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"replaced-already"}
    assert len(await listed(here, "charters")) == 2
