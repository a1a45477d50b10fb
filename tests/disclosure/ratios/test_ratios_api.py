"""A year's ratios from the books: what counts when, who may read them when, and what is not known."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.fundraising.models import FundraisingCertificate
from app.kit.database import WriteSession
from app.ledger import journal, periods
from app.ledger.journal import Receipt
from app.ledger.models import Direction, EntryKind, Fund
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.disclosure.figures.test_annual import books
from tests.factories import ledger, organizations
from tests.factories.ledger import Books

MAY_2025 = datetime(2025, 5, 1, 4, tzinfo=UTC)


async def charity(session: WriteSession, **over: Any) -> tuple[Organization, Organization]:
    """A province that may fundraise in public, and a city below it; books since 2025."""
    told = {"books_from": date(2025, 1, 1)} | over
    province, city, *_ = await organizations.tree(session, **told)
    session.add(
        FundraisingCertificate(
            organization_id=province.id,
            number="C-1",
            authority="民政厅",
            issued_on=date(2024, 1, 1),
            recorded_by="test",
        )
    )
    await session.flush()
    return province, city


async def given(session: WriteSession, here: Books, fund: Fund, amount: int, at: datetime) -> Receipt:
    line = journal.Line(
        debit=await ledger.account(session, here, "1002", channel_id=here.bank_id),
        credit=await ledger.account(session, here, "4101", fund_id=fund.id),
        amount=amount,
        fund_id=fund.id,
        direction=Direction.inflow,
    )
    [receipt] = await journal.post(session, [ledger.draft(here, EntryKind.donation, line, occurred_at=at)])
    return receipt


def path(of: Organization, year: int, more: str = "") -> str:
    return f"/v1/disclosure/organizations/{of.id}/ratios/{year}{more}"


def by_id(ratios: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in ratios}


async def test_what_is_passed_on_counts_when_it_arrives(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    province, city = await charity(session)
    mine, theirs = await books(session, province), await books(session, city)
    fund, taken = await ledger.fund(session, mine), await ledger.fund(session, theirs)
    await given(session, mine, fund, 1_000_00, MAY_2025)
    await ledger.spend(session, mine, fund, 500_00)
    transfer_id, _ = await ledger.transfer(session, mine, theirs, fund, 200_00)
    await ledger.receive(session, theirs, taken, transfer_id)
    headers = await organizations.sign_in(app, session, Role.disclosure_officer, province)

    async def spending() -> dict[str, Any]:
        answer = await client.get(path(province, 2026, "/forecast"), headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    sent = await spending()
    receipt = await ledger.spend(session, theirs, taken, 150_00)
    await ledger.arrival(session, receipt.postings[0].id, start=0, amount=150_00)
    told = await spending()

    assert by_id(sent["ratios"])["charitable_spending"]["amount"]["amount"] == 500_00
    ratio = by_id(told["ratios"])["charitable_spending"]
    assert (ratio["amount"]["amount"], ratio["limit_amount"]["amount"]) == (650_00, 700_00)
    assert (ratio["left"]["amount"], ratio["verdict"], ratio["actual_per_mille"]) == (50_00, "missed", 650)
    assert told["organization_class"]["id"] == "qualified_association"
    assert (told["regulation_number"], told["last_mile"], told["complete"]) == (
        "民发〔2026〕12号",
        True,
        True,
    )
    made = {one["key"]: one["amount"]["amount"] for one in told["made_of"]}
    assert made["spending_booked"] - made["passed_to_members"] + made["arrived_through_members"] == 650_00
    assert made["total_income_before"] == 1_000_00
    # Books since 2025 do not reach three years back, so nobody knows what donations are on average.
    assert by_id(told["ratios"])["fundraising_cost"]["verdict"] == "unknown"
    forecast = by_id(told["forecast"])["charitable_spending"]
    assert forecast["amount"]["amount"] >= 650_00


async def test_money_for_later_is_no_income_of_last_year(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    province, _ = await charity(session)
    mine = await books(session, province)
    later = await ledger.fund(session, mine, usable_from=date(2027, 1, 1))
    now = await ledger.fund(session, mine)
    await given(session, mine, now, 1_000_00, MAY_2025)
    await given(session, mine, later, 400_00, MAY_2025)
    headers = await organizations.sign_in(app, session, Role.disclosure_officer, province)

    told = (await client.get(path(province, 2026, "/forecast"), headers=headers)).json()

    ratio = by_id(told["ratios"])["charitable_spending"]
    assert ratio["measure_amount"]["amount"] == 1_000_00
    made = {one["key"]: one["amount"]["amount"] for one in told["made_of"]}
    assert (made["total_income_before"], made["restricted_to_later"]) == (1_400_00, 400_00)


async def test_everybody_reads_a_year_once_it_is_closed(client: AsyncClient, session: WriteSession) -> None:
    province, _ = await charity(session)
    mine = await books(session, province)
    fund = await ledger.fund(session, mine)
    await given(session, mine, fund, 1_000_00, MAY_2025)

    early = await client.get(path(province, 2025))
    for month in range(1, 13):
        await periods.open_books(session, province.id, date(2025, month, 1))
        await periods.close(session, province.id, date(2025, month, 1))
    closed = await client.get(path(province, 2025))

    assert (early.status_code, early.json()["code"]) == (409, "ratio-year-open")
    assert closed.status_code == 200, closed.text
    told = closed.json()
    assert (told["final"], told["regulation_number"], told["last_mile"]) == (True, "民发〔2016〕189号", False)
    # The books begin with 2025: what was earned before it is not known, and not nothing.
    assert by_id(told["ratios"])["charitable_spending"]["verdict"] == "unknown"
    assert by_id(told["ratios"])["administration"]["verdict"] == "exempt"
    assert "forecast" not in told


@pytest.mark.parametrize(
    ("founded_on", "applies"), [(None, "not_told"), ("2026-02-01", "yes"), ("1996-03-01", "no")]
)
async def test_the_exceptions_are_named(
    app: FastAPI, client: AsyncClient, session: WriteSession, founded_on: str | None, applies: str
) -> None:
    founded = date.fromisoformat(founded_on) if founded_on else None
    province, _ = await charity(session, founded_on=founded)
    headers = await organizations.sign_in(app, session, Role.disclosure_officer, province)

    told = (await client.get(path(province, 2026, "/forecast"), headers=headers)).json()

    assert [one["applies"] for one in told["exceptions"]] == [applies, "not_told", "not_told"]


async def test_a_year_without_provisions_has_no_ratios(client: AsyncClient, session: WriteSession) -> None:
    province, _ = await charity(session)
    answer = await client.get(path(province, 2014))
    assert (answer.status_code, answer.json()["code"]) == (404, "ratios-not-binding")
