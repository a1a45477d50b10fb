"""Money moves by decisions that are refused when they can't be, and every pair of books agrees."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.errors import (
    EntryUnfit,
    FundNotUsable,
    FundShort,
    MoreThanLeft,
    NothingToReturn,
    PurposeNotAllowed,
    TransferNotWaiting,
)
from app.ledger.journal import Receipt
from app.ledger.models import Account, Entry
from app.ledger.movements import dues, redesignations, spending
from app.ledger.movements.redesignations import Move
from app.ledger.movements.spending import Payment
from tests.factories import ledger as make
from tests.factories.ledger import Books, Nature


async def sides(session: WriteSession, receipt: Receipt) -> list[tuple[str, str]]:
    """Return the codes of the debited and the credited account of every posting."""
    ids = {side for posting in receipt.postings for side in (posting.debit, posting.credit)}
    rows = await session.execute(select(Account.id, Account.code).where(Account.id.in_(ids)))
    codes = {row.id: row.code for row in rows}
    return [(codes[posting.debit], codes[posting.credit]) for posting in receipt.postings]


def payment(books: Books, amount: int, **over: object) -> Payment:
    values = {"reference": "payment:1", "project_id": books.project_id, "pay_from": books.bank_id} | over
    return Payment(amount=amount, **values)


async def test_a_fund_pays_for_its_purpose_only(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)

    receipt = await spending.spend(session, fund, payment(books, 60), make.event())

    assert await sides(session, receipt) == [("5101", "1002")]
    assert await funds.left(session, [fund.id]) == {fund.id: 40}
    with pytest.raises(PurposeNotAllowed):
        await spending.spend(session, fund, payment(books, 1, project_id=books.bank_id), make.event())
    with pytest.raises(FundShort):
        await spending.spend(session, fund, payment(books, 41, reference="payment:2"), make.event())


async def test_a_fund_is_used_within_its_time(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books, usable_from=date(2026, 5, 1), usable_until=date(2026, 5, 31))
    await make.gift(session, books, fund, 100)
    # 16:00 UTC on 30 April is midnight on 1 May where the law counts its days.
    early = replace(make.event(), occurred_at=datetime(2026, 4, 30, 15, 59, tzinfo=UTC))
    first = replace(make.event(), occurred_at=datetime(2026, 4, 30, 16, 0, tzinfo=UTC))

    with pytest.raises(FundNotUsable):
        await spending.spend(session, fund, payment(books, 1), early)
    assert await spending.spend(session, fund, payment(books, 1), first)


async def test_unspent_money_comes_back_from_the_end_and_never_more_than_was_paid(
    session: WriteSession,
) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    paid = (await make.spend(session, books, fund, 60)).postings[0]

    first = await make.returned(session, books, paid.id, 20)
    second = await make.returned(session, books, paid.id, 40)

    assert await sides(session, first) == [("1002", "5101")]
    assert [r.postings[0].follows.offset for r in (first, second)] == [40, 0]
    assert await funds.left(session, [fund.id]) == {fund.id: 100}
    with pytest.raises(NothingToReturn):
        await make.returned(session, books, paid.id, 1)


@pytest.mark.parametrize(
    ("nature", "sent", "received"),
    [
        (Nature.grant, ("5101", "1002"), ("1002", "4101")),
        (Nature.agency, ("2601", "1002"), ("1002", "2601")),
        (Nature.advance, ("1141", "1002"), ("1002", "2209")),
    ],
)
async def test_each_side_books_a_transfer_by_its_nature(
    session: WriteSession, nature: Nature, sent: tuple[str, str], received: tuple[str, str]
) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 100)

    out_of = None if nature is Nature.agency else fund
    transfer_id, out = await make.transfer(session, ours, theirs, out_of, 70, nature=nature)
    into = other if nature is Nature.grant else None
    back = await make.receive(session, theirs, into, transfer_id)

    assert (await sides(session, out), await sides(session, back)) == ([sent], [received])
    held = await funds.left(session, [fund.id, other.id])
    assert held == {fund.id: 100 if nature is Nature.agency else 30, other.id: 70 if into else 0}
    with pytest.raises(TransferNotWaiting):
        await make.receive(session, theirs, into, transfer_id)


async def test_only_the_member_it_was_sent_to_receives_a_transfer(session: WriteSession) -> None:
    ours, theirs, stranger = [await make.books(session) for _ in range(3)]
    fund, wrong = await make.fund(session, ours), await make.fund(session, stranger)
    await make.gift(session, ours, fund, 100)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 70)

    with pytest.raises(TransferNotWaiting):
        await make.receive(session, stranger, wrong, transfer_id)
    with pytest.raises(EntryUnfit):
        await make.receive(session, theirs, wrong, transfer_id)
    with pytest.raises(EntryUnfit):
        await make.receive(session, theirs, None, transfer_id)
    with pytest.raises(EntryUnfit):
        await make.transfer(session, ours, theirs, wrong, 1)
    with pytest.raises(FundShort):
        await make.transfer(session, ours, theirs, fund, 31)


async def test_an_advance_becomes_cost_and_income_when_it_is_settled(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    gift = await make.gift(session, ours, fund, 100)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 70, nature=Nature.advance)
    await make.receive(session, theirs, None, transfer_id)
    with pytest.raises(NothingToReturn):
        await make.give_back(session, theirs, transfer_id, 10)

    used, settled = await make.settle(session, transfer_id, other)

    assert (await sides(session, used), await sides(session, settled)) == (
        [("5101", "1141")],
        [("2209", "4101")],
    )
    assert await funds.left(session, [fund.id, other.id]) == {fund.id: 30, other.id: 70}
    with pytest.raises(TransferNotWaiting):
        await make.settle(session, transfer_id, other)
    giveback_id, _ = await make.give_back(session, theirs, transfer_id, 10)
    back = await make.take_back(session, ours, transfer_id, giveback_id)
    assert await sides(session, back) == [("1002", "5101")]
    assert await funds.left(session, [fund.id, other.id]) == {fund.id: 40, other.id: 60}
    assert gift.postings[0].amount == 100


@pytest.mark.parametrize("nature", [Nature.agency, Nature.advance])
async def test_what_is_in_no_fund_is_given_back_whole(session: WriteSession, nature: Nature) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund = await make.fund(session, ours)
    await make.gift(session, ours, fund, 100)
    out_of = None if nature is Nature.agency else fund
    transfer_id, _ = await make.transfer(session, ours, theirs, out_of, 70, nature=nature)
    await make.receive(session, theirs, None, transfer_id)

    giveback_id, _ = await make.give_back(session, theirs, transfer_id, 70)
    await make.take_back(session, ours, transfer_id, giveback_id)

    assert await funds.left(session, [fund.id]) == {fund.id: 100}


async def test_no_more_is_given_back_than_was_received(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 100)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 70)
    with pytest.raises(TransferNotWaiting):
        await make.give_back(session, theirs, transfer_id, 10)
    await make.receive(session, theirs, other, transfer_id)
    giveback_id, _ = await make.give_back(session, theirs, transfer_id, 30)

    with pytest.raises(NothingToReturn):
        await make.give_back(session, theirs, transfer_id, 41)
    await make.take_back(session, ours, transfer_id, giveback_id)
    with pytest.raises(TransferNotWaiting):
        await make.take_back(session, ours, transfer_id, giveback_id)
    assert await funds.left(session, [fund.id, other.id]) == {fund.id: 60, other.id: 40}


async def test_moving_money_between_funds_needs_its_ground(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, foreign = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 100)
    moving = Move(reference="move:1", source=fund, target=ours.general, amount=40)

    with pytest.raises(EntryUnfit):
        await redesignations.move(session, moving, make.event(summary=" "))
    with pytest.raises(EntryUnfit):
        await redesignations.move(session, replace(moving, target=foreign), make.event())
    receipt = await redesignations.move(session, moving, make.event("the donor agreed"))

    assert await sides(session, receipt) == [("3102", "0000"), ("0000", "3101")]
    assert await funds.left(session, [fund.id, ours.general.id]) == {fund.id: 60, ours.general.id: 40}
    assert (await session.get_one(Entry, receipt.entry_id)).summary == "the donor agreed"


async def test_what_is_due_from_a_fund_waits_until_it_is_covered(session: WriteSession) -> None:
    books = await make.books(session)
    fund, foreign = await make.fund(session, books), await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 100)
    await make.refund(session, books, gift, 60, fact=True)
    await make.gift(session, books, fund, 25)
    await make.gift(session, books, books.general, 100)

    [due] = await dues.waiting(session, [books.organization_id])
    assert (due.amount, due.left, due.age_days(date(2026, 5, 11))) == (60, 60, 10)
    with pytest.raises(FundShort):
        await dues.clear(session, due, fund, make.event())
    with pytest.raises(MoreThanLeft):
        await dues.clear(session, due, foreign, make.event())
    own = await dues.clear(session, due, fund, make.event(), amount=25)
    rest = await dues.of_posting(session, due.posting_id)
    assert rest is not None
    decided = await dues.clear(session, rest, books.general, make.event())

    assert rest.left == 35
    assert await sides(session, own) == [("4101", "1122")]
    assert await sides(session, decided) == [("5301", "0000"), ("0000", "1122")]
    assert await dues.waiting(session, [books.organization_id]) == []
    assert await funds.left(session, [books.general.id]) == {books.general.id: 65}
