"""What a fund owes is covered once, to the fen, by whom two people agreed on."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.accounting.netassets import coverage
from app.kit.clock import now
from app.kit.database import Database
from app.kit.ids import new_code, new_id
from app.ledger import accounts, balances, funds, journal, verification
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind, Fund
from tests.accounting.office import Office, office

DUES = "/v1/accounting/dues"


@pytest.fixture
async def owing(at: Office) -> Fund:
    return await indebted(at)


async def indebted(at: Office) -> Fund:
    """A fund of 100.00 that a fact has cost 160.00."""
    fund = Fund(organization_id=at.organization.id, code=f"F{new_code(6)}", title="专项", restricted=False)
    await funds.open_fund(at.session, fund)
    await at.endow(100_00, fund)
    event = Event(occurred_at=now(), actor="test", summary="退款")
    income, due = (event.leaf(at.organization.id, code, fund_id=fund.id) for code in ("4101", "1122"))
    opened = await accounts.open_all(at.session, [income, due])
    line = Line(
        debit=opened[income],
        credit=at.bank.account_id,
        amount=160_00,
        fund_id=fund.id,
        direction=Direction.outflow,
        due_from=opened[due],
    )
    draft = event.draft(at.organization.id, EntryKind.voucher, f"fact:{fund.code}", [line])
    await journal.post(at.session, [draft])
    return fund


async def told(at: Office) -> dict[str, Any]:
    answer = await at.get(f"/v1/accounting/organizations/{at.organization.id}/dues")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ask(at: Office, payer: str, minor: int | None = None, **over: Any) -> Any:
    [due] = (await told(at))["dues"]
    amount = None if minor is None else {"amount": minor, "currency": "CNY"}
    body = {"payer": payer} | ({} if amount is None else {"amount": amount})
    return await at.post(f"{DUES}/{over.get('posting_id', due['posting_id'])}/coverage", body)


async def decide(at: Office, asked: Any, what: str = "approval", by: str = "ray") -> Any:
    assert asked.status_code == 201, asked.text
    body = {"reason": "不同意"} if what == "rejection" else {}
    return await at.post(f"/v1/approvals/{asked.json()['approval_id']}/{what}", body, by=by)


async def codes(at: Office) -> dict[str, int]:
    rows = await balances.trial_balance(at.session, [at.organization.id])
    return {row.code: row.balance for row in balances.by_code(rows) if row.balance}


async def test_what_a_fund_owes_is_told_and_covered_by_itself_and_by_the_general_fund(
    at: Office, owing: Fund
) -> None:
    before = await told(at)
    await at.endow(25_00, owing)
    own = await decide(at, await ask(at, "fund", 25_00))
    between = await told(at)
    rest = await decide(at, await ask(at, "general"))

    [due] = before["dues"]
    assert (due["fund_id"], due["amount"]["amount"], due["left"]["amount"]) == (str(owing.id), 60_00, 60_00)
    assert (own.status_code, rest.status_code) == (200, 200), rest.text
    assert between["left"]["amount"] == 35_00
    assert await told(at) == {"dues": [], "left": {"amount": 0, "currency": "CNY"}}
    found = await codes(at)
    assert "1122" not in found
    assert "0000" not in found
    assert (found["4101"], found["5301"]) == (125_00, 35_00)
    broken = [one.name async for one in verification.checks(at.session) if one.offender]
    assert broken == []


async def test_nothing_is_covered_before_somebody_else_agrees(at: Office, owing: Fund) -> None:
    asked = await ask(at, "general")
    twice = await ask(at, "general")
    mine = await decide(at, asked, by="ann")
    refused = await decide(at, asked, "rejection")

    assert twice.json()["code"] == "asked-already"
    assert mine.status_code == 403
    assert refused.status_code == 200, refused.text
    assert (await told(at))["left"]["amount"] == 60_00


async def test_no_more_is_covered_than_is_left_or_than_its_payer_holds(at: Office, owing: Fund) -> None:
    more = await ask(at, "general", 60_01)
    unknown = await ask(at, "fund", posting_id=new_id())
    poor = await decide(at, await ask(at, "fund"))
    part = await decide(at, await ask(at, "general", 50_00))

    assert more.json()["code"] == "more-than-left"
    assert (unknown.status_code, unknown.json()["code"]) == (404, "due-not-found")
    assert (poor.status_code, poor.json()["code"]) == (409, "fund-short")
    assert part.status_code == 200, part.text
    assert (await told(at))["left"]["amount"] == 10_00


async def test_two_who_agree_at_once_to_cover_the_same_cover_it_once(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await office(committed_app, committed_client, session, endowed=1_000_00)
        fund = await indebted(at)
        await at.endow(60_00, fund)
    both = [await ask(at, payer) for payer in coverage.KINDS]
    answers = await asyncio.gather(*(decide(at, one) for one in both))

    assert sorted(one.status_code for one in answers) == [200, 404]
    assert (await told(at))["dues"] == []
