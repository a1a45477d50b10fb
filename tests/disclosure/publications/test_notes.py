"""Notes to the statements: what books and registers tell, and what they can't, is said line by line."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.notes.headings import HEADINGS
from app.disclosure.obligations.checklists import checklist
from app.fundraising.models import CharitableTrust, TrustRole
from app.kit.database import WriteSession
from tests.disclosure.publications import kinds
from tests.disclosure.publications.press import Press, press, value, with_gifts
from tests.disclosure.scenes import Scene

YEARLY = {"subject_id": None, "period_to": None, "year": 2026}
STAFF = ["headcount", "full_time", "pay", "benefits"]
UNWRITTEN = [heading.code.value for heading in HEADINGS]


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


async def notes(here: Press) -> dict[str, Any]:
    return await here.draft(kind="annual_financial_report", **YEARLY)


async def test_restricted_money_is_told_fund_by_fund_and_adds_up(here: Press, scene: Scene) -> None:
    fund = await scene.fund()
    draft = await notes(here)

    assert value(draft, "statement_notes", "restricted") == [
        [fund.code, fund.title, "0", "2030000", "500000", "0", "1530000"]
    ]
    [total] = [one for one in value(draft, "statements", "balance_sheet") if one[0] == "限定性净资产"]
    assert total[-1] == "1530000"


async def test_what_was_given_is_told_by_its_nature(here: Press) -> None:
    draft = await notes(here)
    given = [value(draft, "statement_notes", f"given_{key}") for key in ("money", "goods", "services")]
    assert given == ["2030000", "0", "0"]


async def test_dealings_and_trusts_are_told_and_no_settlor_is_named(
    here: Press, session: WriteSession
) -> None:
    await kinds.deal(session, here.organization)
    for code, role in (("T1", TrustRole.trustee), ("T2", TrustRole.settlor)):
        session.add(
            CharitableTrust(
                organization_id=here.organization.id,
                code=code,
                title=f"李大力慈善信托{code}",
                role=role,
                purpose="助学",
                beneficiary_scope="学生",
                property_minor=100_000_00,
                signed_on=date(2026, 3, 1),
                settlor_public=False,
                actor="test",
            )
        )
    await session.flush()
    draft = await notes(here)

    assert value(draft, "statement_notes", "dealing_count") == 1
    assert value(draft, "statement_notes", "dealing_amount") == str(kinds.LARGE)
    assert [row[:3] for row in value(draft, "statement_notes", "trusts")] == [
        ["T1", None, "受托人"],
        ["T2", "李大力慈善信托T2", "委托人"],
    ]


async def test_what_nobody_has_written_is_missing_by_name_and_the_checklist_says_in_part(
    here: Press, session: WriteSession
) -> None:
    draft = await notes(here)
    missing = [one["field"] for one in draft["missing"] if one["section"] == "statement_notes"]

    assert missing == [*UNWRITTEN[:2], *STAFF, *UNWRITTEN[2:]]
    assert value(draft, "statement_notes", "system") == "民间非营利组织会计制度（财会〔2024〕25号）"
    assert value(draft, "statement_notes", "books_from") == "2026-01-01"
    case = kinds.year_owed(here.organization)
    session.add(case)
    await session.flush()
    states = {one.content.code: one.state.value for one in await checklist.of(session, case)}
    assert states == {"statements": "filled", "statement_notes": "partly"}
