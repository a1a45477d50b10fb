"""Days and numbers in the wrong order, and things of elsewhere, are refused and never a fault of ours."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from tests.disclosure.governance.board import Board, board, refused
from tests.disclosure.governance.test_published import STANDARD
from tests.disclosure.governance.test_terms import CHARTER

AUDIT = {"auditor": "某所", "report_no": "1", "reported_on": "2026-02-28", "finding": "-"}
MONEY = {"amount": 1, "currency": "CNY"}
PARTY = {"kind": "organization", "relation": "investee", "name": "某公司", "explanation": "-"}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/charters", CHARTER | {"approved_on": "2020-04-30"}, (422, "days-out-of-order")),
        ("/charters", CHARTER | {"effective_from": "2020-05-31"}, (422, "days-out-of-order")),
        ("/charters", CHARTER | {"seats_min": 9, "seats_max": 5}, (422, "seats-unfit")),
        (
            "/terms",
            {"body": "council", "number": 1, "starts_on": "2026-01-02", "ends_on": "2026-01-01"},
            (422, "days-out-of-order"),
        ),
        (
            "/audits",
            AUDIT | {"period_from": "2026-01-01", "period_to": "2025-01-01"},
            (422, "days-out-of-order"),
        ),
        (
            "/audits",
            AUDIT | {"period_from": "2026-01-01", "period_to": "2026-03-01"},
            (422, "days-out-of-order"),
        ),
        ("/officers", {"name": "演示理事一", "staff_id": str(new_id())}, (404, "out-of-sight")),
        (
            "/related-parties",
            PARTY | {"starts_on": "2026-01-02", "ends_on": "2026-01-01"},
            (422, "days-out-of-order"),
        ),
        (
            "/related-parties",
            PARTY | {"starts_on": "2026-01-02", "counterparty_id": str(new_id())},
            (404, "out-of-sight"),
        ),
        (
            "/staff-totals",
            {"year": 2025, "headcount": 1, "full_time_count": 2, "pay": MONEY, "benefits": MONEY},
            (422, "seats-unfit"),
        ),
        ("/standards", STANDARD | {"effective_from": "2026-03-19"}, (422, "days-out-of-order")),
    ],
)
async def test_what_is_out_of_order_is_refused(
    here: Board, path: str, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert refused(await here.post(path, **body)) == expected


async def test_a_post_is_refused_that_ends_before_it_begins_or_was_elected_elsewhere(here: Board) -> None:
    one = await here.officer()
    backwards = await here.appoint(one, "secretary_general", "2026-01-02", ends_on="2026-01-01")
    elsewhere = await here.appoint(one, "secretary_general", "2026-01-02", election_id=str(new_id()))
    unknown = await here.appoint(str(new_id()), "secretary_general", "2026-01-02")
    termless = await here.appoint(one, "director", "2026-01-02", term_id=str(new_id()))
    assert refused(backwards) == (422, "days-out-of-order")
    assert [refused(answer)[0] for answer in (elsewhere, unknown, termless)] == [404] * 3


async def test_a_re_elections_term_ends_after_it_begins(here: Board) -> None:
    await here.term("2021-03-20", "2026-03-19")
    day = str(today() + timedelta(days=1))
    answer = await here.elect(audit_id=await here.audit(), term={"starts_on": day, "ends_on": str(today())})
    assert refused(answer) == (422, "days-out-of-order")
