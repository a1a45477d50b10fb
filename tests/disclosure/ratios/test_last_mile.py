"""What counts as charitable spending: by its account, by its way, and by the day on which it arrives."""

from datetime import UTC, date, datetime

from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.ratios import annual, last_mile
from app.disclosure.ratios.inputs import RatioInput
from app.disclosure.rules.ratios import RatioMeasure
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import journal
from app.ledger.models import Direction, EntryKind
from tests.disclosure.figures.test_annual import books
from tests.disclosure.ratios.test_ratios_api import charity, given
from tests.factories import ledger
from tests.projects.disbursements.test_reaching import routed, signed
from tests.projects.till import till


async def test_money_for_a_collective_counts_by_its_signed_lists(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    paid = await routed(at, 100_00)
    none_yet = await last_mile.of(session, at.organization.id, today().year)
    assert (await signed(at, paid, 30_00, 20_00)).status_code == 201
    assert (await at.given_back(paid, 20_00)).status_code == 201

    mile = await last_mile.of(session, at.organization.id, today().year)
    told = await annual.of(session, at.organization.id, today().year)

    assert (none_yet.routed, none_yet.routed_arrived) == (100_00, 0)
    assert (mile.routed, mile.routed_arrived) == (80_00, 50_00)
    assert told.inputs.made[RatioInput.spending_booked] == 80_00
    assert told.inputs.amounts.spending == 50_00


async def test_what_arrives_in_a_later_year_counts_then(session: WriteSession) -> None:
    province, city = await charity(session)
    mine, theirs = await books(session, province), await books(session, city)
    fund, taken = await ledger.fund(session, mine), await ledger.fund(session, theirs)
    await ledger.gift(session, mine, fund, 100_00)
    transfer_id, _ = await ledger.transfer(session, mine, theirs, fund, 80_00)
    await ledger.receive(session, theirs, taken, transfer_id)
    receipt = await ledger.spend(session, theirs, taken, 70_00)
    posting = receipt.postings[0].id
    await ledger.arrival(session, posting, start=0, amount=50_00, on=date(2027, 2, 1))
    await ledger.arrival(session, posting, start=50_00, amount=10_00)

    arrived = [
        (await last_mile.of(session, province.id, year)).members_arrived for year in (2025, 2026, 2027)
    ]

    assert arrived == [0, 10_00, 50_00]


async def test_accounts_that_are_no_charitable_spending_and_no_cost_of_raising(
    session: WriteSession,
) -> None:
    province, _ = await charity(session)
    mine = await books(session, province)
    general = mine.general
    moment = datetime(2026, 5, 1, 4, tzinfo=UTC)
    await given(session, mine, general, 1_000_00, moment)
    costs = (
        ("5101", None, 100_00),
        ("5101", "trust", 50_00),
        ("5301", None, 30_00),
        ("5401", None, 7_00),
        ("5401", "interest", 3_00),
    )
    for code, sub, amount in costs:
        line = journal.Line(
            debit=await ledger.account(session, mine, code, fund_id=general.id, sub=sub),
            credit=await ledger.account(session, mine, "1002", channel_id=mine.bank_id),
            amount=amount,
            fund_id=general.id,
            direction=Direction.outflow,
        )
        await journal.post(session, [ledger.draft(mine, EntryKind.voucher, line, occurred_at=moment)])

    amounts = (await annual.of(session, province.id, 2026)).inputs.amounts

    assert (amounts.spending, amounts.administration, amounts.fundraising) == (100_00, 30_00, 7_00)
    assert amounts.measures[RatioMeasure.total_spending] == 190_00


async def test_money_that_became_usable_last_year_was_income_then(session: WriteSession) -> None:
    province, _ = await charity(session, books_from=date(2024, 1, 1))
    mine = await books(session, province)
    kept = await ledger.fund(session, mine, usable_from=date(2025, 6, 1))
    now = await ledger.fund(session, mine)
    await given(session, mine, kept, 300_00, datetime(2024, 5, 1, tzinfo=UTC))
    await given(session, mine, now, 1_000_00, datetime(2025, 5, 1, tzinfo=UTC))

    found = (await annual.of(session, province.id, 2026)).inputs

    assert found.made[RatioInput.released_then] == 300_00
    assert found.amounts.measures[RatioMeasure.income_before] == 1_300_00
    assert found.amounts.measures[RatioMeasure.net_assets_before] == 1_300_00
    # Three years are not there to be averaged.
    assert found.amounts.averages[RatioMeasure.income_before] is None
