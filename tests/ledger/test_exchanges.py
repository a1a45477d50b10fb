"""A refund names its gift from the front, takes the fund's next money, and never more than is left."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from app.kit.database import WriteSession
from app.ledger import exchanges, funds, journal
from app.ledger.errors import FundShort, MoreThanLeft
from app.ledger.exchanges import Part
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind
from tests.factories import ledger as make


def part(amount: int, exchanged: int = 0) -> Part:
    return Part(uuid4(), uuid4(), uuid4(), uuid4(), uuid4(), amount, exchanged)


@given(st.data())
def test_a_partial_refund_takes_no_more_of_a_part_than_is_left_of_it(data: st.DataObject) -> None:
    amounts = data.draw(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=1, max_size=5))
    parts = [part(amount, min(amount, exchanged)) for amount, exchanged in amounts]
    left = sum(p.left for p in parts)
    asked = data.draw(st.integers(0, left + 1))
    if not 0 < asked <= left:
        with pytest.raises(MoreThanLeft):
            exchanges.divide(parts, asked)
        return

    shares = exchanges.divide(parts, asked)

    assert sum(share for _, share in shares) == asked
    assert all(0 < share <= p.left for p, share in shares)


def test_a_partial_refund_is_split_by_what_is_left_of_each_part() -> None:
    first, second = part(900), part(200, exchanged=100)

    assert exchanges.divide([first, second], 101) == [(first, 91), (second, 10)]


async def test_several_refunds_go_on_where_the_last_one_ended(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.gift(session, books, fund, 100)

    refunds = [await make.refund(session, books, gift, amount) for amount in (30, 50, 20)]

    assert [r.postings[0].follows.offset for r in refunds] == [0, 30, 80]
    [standing] = (await exchanges.standing(session, [gift.entry_id]))[gift.entry_id]
    assert (standing.amount, standing.exchanged, standing.left) == (100, 100, 0)
    with pytest.raises(MoreThanLeft):
        await make.refund(session, books, gift, 1)
    assert await funds.left(session, [fund.id]) == {fund.id: 100}


async def test_what_the_fund_can_not_cover_counts_as_taken_back(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 70)
    with pytest.raises(FundShort):
        await make.refund(session, books, gift, 50)

    refund = await make.refund(session, books, gift, 50, fact=True)

    assert [(p.amount, p.fund_id, p.follows.offset) for p in refund.postings] == [
        (30, fund.id, 0),
        (20, None, 30),
    ]
    [standing] = (await exchanges.standing(session, [gift.entry_id]))[gift.entry_id]
    assert standing.exchanged == 50


async def test_a_refund_for_own_fault_is_paid_by_the_general_fund(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, books.general, 500)
    gift = await make.gift(session, books, fund, 100)

    await make.refund(session, books, gift, 40, paid_by=books.general)

    assert await funds.left(session, [fund.id, books.general.id]) == {fund.id: 100, books.general.id: 460}
    [standing] = (await exchanges.standing(session, [gift.entry_id]))[gift.entry_id]
    assert standing.left == 60


async def test_entries_without_an_inflow_have_no_parts(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    spent = await make.spend(session, books, fund, 10)

    assert await exchanges.standing(session, [spent.entry_id]) == {spent.entry_id: []}


@pytest.mark.parametrize("offset", [1, 91])
async def test_the_database_refuses_an_exchange_that_leaves_a_gap_or_overshoots(
    session: WriteSession, offset: int
) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    follows = journal.Follow(posting_id=gift.postings[0].id, offset=offset, kind="exchange")
    line = Line(
        debit=gift.postings[0].credit,
        credit=await make.account(session, books, "2209"),
        amount=10,
        fund_id=fund.id,
        direction=Direction.outflow,
        follows=follows,
    )

    with pytest.raises(IntegrityError, match="does not fit into it"):
        await journal.post(session, [make.draft(books, EntryKind.refund, line)])


async def test_one_statement_serves_any_number_of_gifts(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gifts = [await make.gift(session, books, fund, amount) for amount in range(1, 20)]
    statements: list[str] = []
    engine = session.get_bind().engine

    def note(*seen: object) -> None:
        statements.append(str(seen[2]))

    event.listen(engine, "before_cursor_execute", note)
    parts = await exchanges.standing(session, [gift.entry_id for gift in gifts])
    event.remove(engine, "before_cursor_execute", note)

    assert len(statements) == 1
    assert [parts[gift.entry_id][0].amount for gift in gifts] == list(range(1, 20))
