"""Meetings of the bodies: in their term, with a quorum, and twice a year at least where the law says so."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.disclosure.governance.sittings import meetings
from app.disclosure.models import CouncilTerm
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.models import LegalForm
from tests.disclosure.governance.board import Board, board, refused
from tests.disclosure.obligations.scenes import day


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session, LegalForm.foundation)


async def meet(here: Board, term: str, held: str, **over: Any) -> Response:
    body = {
        "body": "council",
        "term_id": term,
        "title": f"理事会{held}会议",
        "held_on": held,
        "entitled_count": 15,
        "present_count": 10,
        "resolutions": "审议通过年度工作报告",
    }
    return await here.post("/meetings", **(body | over))


async def seldom(session: WriteSession, on: str) -> int:
    found = await session.scalars(select(CouncilTerm.id).where(meetings.seldom(day(on))))
    return len(found.all())


async def test_a_meeting_is_of_its_body_and_its_term(here: Board, app: FastAPI, client: AsyncClient) -> None:
    term = await here.term("2024-01-01", "2028-12-31")
    held = await meet(here, term, "2026-04-28")
    answers = [
        await meet(here, term, "2026-04-28"),
        await meet(here, term, "2023-12-31"),
        await meet(here, term, str(today() + timedelta(days=1))),
        await meet(here, term, "2026-05-01", body="supervisory_board"),
        await meet(here, term, "2026-05-02", present_count=16),
    ]
    assert held.status_code == 201, held.text
    assert [refused(one) for one in answers] == [
        (409, "meeting-known"),
        (422, "post-outside-term"),
        (422, "happened-ahead"),
        (422, "post-outside-term"),
        (422, "meeting-invalid"),
    ]
    [listed] = (await here.get("/meetings")).json()["items"]
    assert (listed["held_on"], listed["present_count"]) == ("2026-04-28", 10)


async def test_a_foundations_council_meets_with_two_thirds(
    here: Board, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    term = await here.term("2024-01-01", "2028-12-31")
    few = await meet(here, term, "2026-04-28", present_count=9)
    assert refused(few) == (422, "meeting-invalid")
    assert (few.json()["mark"], "基金会管理条例" in few.json()["article"]) == ("A", True)
    # Of an association the charter says it.
    elsewhere = await board(app, client, session)
    own = await elsewhere.term("2024-01-01", "2028-12-31")
    assert (await meet(elsewhere, own, "2026-04-28", present_count=9)).status_code == 201


async def test_a_foundations_council_meets_twice_a_year(here: Board, session: WriteSession) -> None:
    term = await here.term("2024-01-01", "2028-12-31")
    seen = [await seldom(session, "2026-10-01")]
    for held in ("2025-11-01", "2026-03-01", "2026-08-01"):
        assert (await meet(here, term, held)).status_code == 201
        seen.append(await seldom(session, "2026-10-01"))
    assert seen == [1, 1, 1, 0]
    # Another year begins anew, and a council that was not yet there owes nothing.
    assert (await seldom(session, "2027-10-01"), await seldom(session, "2023-10-01")) == (1, 0)


async def test_it_is_a_task_while_there_is_time_to_meet(here: Board) -> None:
    await here.term(f"{today().year - 1}-01-01", f"{today().year + 3}-12-31")
    items = (await here.client.get("/v1/me/tasks", headers=here.headers)).json()["items"]
    told = [one["title"] for one in items if one["kind"] == "council_meetings_few"]
    late = today().month >= meetings.TOLD_FROM_MONTH
    assert told == (["本年度理事会会议不足两次，已召开0次"] if late else [])


async def test_an_association_owes_no_number_of_meetings(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    elsewhere = await board(app, client, session)
    await elsewhere.term("2024-01-01", "2028-12-31")
    assert await seldom(session, "2026-10-01") == 0
