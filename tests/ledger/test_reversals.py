"""Mistakes are corrected by mirror entries; what has arrived at its beneficiary stays where it is."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.kit.database import WriteSession
from app.ledger import balances, exchanges, funds, journal, reversals, verification
from app.ledger.errors import ArrivalUnfit, FundShort, NotReversible
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Entry, EntryKind, Period
from app.ledger.models.accounts import PeriodState
from app.ledger.movements import dues
from tests.factories import ledger as make


async def test_a_reversal_mirrors_the_whole_entry_and_names_it(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)

    receipt = await reversals.reverse(session, gift.entry_id, make.event("typed twice"))

    entry = await session.get_one(Entry, receipt.entry_id)
    assert (entry.kind, entry.reverses_id, entry.reference) == (
        EntryKind.reversal,
        gift.entry_id,
        f"reversal:{gift.entry_id}",
    )
    assert await funds.left(session, [fund.id]) == {fund.id: 0}
    rows = await balances.trial_balance(session, [books.organization_id])
    assert {row.balance for row in rows} == {0}
    with pytest.raises(NotReversible):
        await reversals.reverse(session, gift.entry_id, make.event())
    with pytest.raises(NotReversible):
        await reversals.reverse(session, receipt.entry_id, make.event())


async def test_of_a_partly_refunded_gift_the_rest_is_reversed(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.refund(session, books, gift, 30)

    receipt = await reversals.reverse(session, gift.entry_id, make.event())

    assert [posting.amount for posting in receipt.postings] == [70]
    [[part]] = (await exchanges.standing(session, [gift.entry_id])).values()
    assert part.left == 0


async def test_a_gift_that_was_spent_is_not_reversed_at_others_cost(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 60)

    with pytest.raises(FundShort):
        await reversals.reverse(session, gift.entry_id, make.event())


async def test_a_reversed_payment_returns_what_has_not_come_back(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    spent = await make.spend(session, books, fund, 60)
    await make.returned(session, books, spent.postings[0].id, 10)

    receipt = await reversals.reverse(session, spent.entry_id, make.event())

    assert [(p.amount, p.follows.offset) for p in receipt.postings] == [(50, 0)]
    assert await funds.left(session, [fund.id]) == {fund.id: 100}


async def test_money_that_reached_its_beneficiary_does_not_return(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    spent = await make.spend(session, books, fund, 60)
    posting = spent.postings[0]
    await make.arrival(session, posting.id, start=0, amount=20)

    await make.returned(session, books, posting.id, 40)
    with pytest.raises(ArrivalUnfit):
        await make.returned(session, books, posting.id, 1)
    with pytest.raises(ArrivalUnfit):
        await reversals.reverse(session, spent.entry_id, make.event())


@pytest.mark.parametrize(("start", "amount"), [(0, 61), (60, 1), (10, 1), (0, 11), (51, 5), (-1, 5)])
async def test_what_arrives_was_paid_not_returned_and_not_said_before(
    session: WriteSession, start: int, amount: int
) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    posting = (await make.spend(session, books, fund, 60)).postings[0]
    await make.returned(session, books, posting.id, 8)
    await make.arrival(session, posting.id, start=10, amount=40)

    with pytest.raises(ArrivalUnfit):
        await make.arrival(session, posting.id, start=start, amount=amount)
    await make.arrival(session, posting.id, start=50, amount=2)
    await make.arrival(session, posting.id, start=0, amount=10)


async def test_gifts_and_transfers_are_no_place_to_arrive_from(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    gift = await make.gift(session, ours, fund, 100)
    transfer_id, sent = await make.transfer(session, ours, theirs, fund, 60)
    await make.receive(session, theirs, other, transfer_id)

    for posting in (gift.postings[0], sent.postings[0]):
        with pytest.raises(ArrivalUnfit):
            await make.arrival(session, posting.id, start=0, amount=1)


async def test_a_transfer_is_reversed_only_while_it_is_in_transit(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 100)
    _, stopped = await make.transfer(session, ours, theirs, fund, 30)
    transfer_id, sent = await make.transfer(session, ours, theirs, fund, 40)
    received = await make.receive(session, theirs, other, transfer_id)

    await reversals.reverse(session, stopped.entry_id, make.event())

    assert await funds.left(session, [fund.id]) == {fund.id: 60}
    for entry_id in (sent.entry_id, received.entry_id):
        with pytest.raises(NotReversible):
            await reversals.reverse(session, entry_id, make.event())


async def test_a_refund_that_nobody_covers_yet_is_not_reversed(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 90)
    refund = await make.refund(session, books, gift, 50, fact=True)

    with pytest.raises(NotReversible):
        await reversals.reverse(session, refund.entry_id, make.event())


async def test_a_cost_that_was_never_covered_is_no_longer_due_once_reversed(session: WriteSession) -> None:
    books = await make.books(session)
    due = await make.account(session, books, "1122", fund_id=books.general.id)
    fee = await make.spend(session, books, books.general, 15, due_from=due)

    await reversals.reverse(session, fee.entry_id, make.event())

    assert await dues.waiting(session, [books.organization_id]) == []
    rows = await balances.trial_balance(session, [books.organization_id])
    assert {row.balance for row in rows} == {0}


async def test_entries_that_move_no_fund_are_mirrored_too(session: WriteSession) -> None:
    books = await make.books(session)
    line = Line(
        debit=await make.account(session, books, "1002", channel_id=books.bank_id),
        credit=await make.account(session, books, "2209"),
        amount=10,
    )
    [voucher] = await journal.post(session, [make.draft(books, EntryKind.voucher, line)])

    receipt = await reversals.reverse(session, voucher.entry_id, make.event())

    assert [(p.debit, p.credit) for p in receipt.postings] == [(line.credit, line.debit)]
    query = select(Entry.id).where(Entry.reverses_id == voucher.entry_id)
    assert await session.scalar(query) == receipt.entry_id


async def test_the_database_lets_nothing_be_reversed_twice(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.gift(session, books, fund, 100)
    first, second = [await reversals.draft(session, gift.entry_id, make.event()) for _ in range(2)]
    await journal.post(session, [first])

    with pytest.raises(IntegrityError, match="entries_re"):
        await journal.post(session, [second])


async def test_a_reversal_behind_a_closed_december_adjusts_the_year_of_its_entry(
    session: WriteSession,
) -> None:
    """It happened in December, but lands in January, whose income is not what it takes back."""
    books = await make.books(session, books_from=date(2026, 12, 1))
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    december = await session.get_one(Period, (books.organization_id, gift.booked_on.replace(day=1)))
    december.state = PeriodState.closed
    at = datetime(2026, 12, 30, 4, tzinfo=UTC)

    event = Event(occurred_at=at, actor="test", summary="typed twice")
    receipt = await reversals.reverse(session, gift.entry_id, event)

    assert (gift.booked_on, receipt.booked_on) == (date(2026, 12, 1), date(2027, 1, 1))
    rows = await balances.trial_balance(session, [books.organization_id])
    left = {row.code: row.balance for row in balances.by_code(rows) if row.balance}
    assert left == {"4101": -100, "3201": 100}
    assert [check.name async for check in verification.checks(session) if check.offender] == []


async def test_a_reversal_within_the_open_year_takes_back_its_income(session: WriteSession) -> None:
    """Also of an entry that itself came late: it stands in the year in which it was booked."""
    books = await make.books(session, books_from=date(2027, 1, 1))
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)

    receipt = await reversals.reverse(session, gift.entry_id, make.event())

    assert {gift.booked_on, receipt.booked_on} == {date(2027, 1, 1)}
    rows = await balances.trial_balance(session, [books.organization_id])
    assert {row.balance for row in rows} == {0}
