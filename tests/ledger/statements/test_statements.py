"""The three statements show every account once, tie to the trial balance, and say so."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.kit.database import WriteSession
from app.ledger import balances, journal, reversals
from app.ledger.charts import CHART_2026
from app.ledger.errors import TermUnreadable
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind
from app.ledger.movements import dues
from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import CASH, Name
from app.ledger.statements.papers import Paper
from app.ledger.statements.registry import FORM_2026
from tests.factories import ledger as make
from tests.factories.ledger import Books

MAY = "2026-05"


async def draw(session: WriteSession, books: Books, name: Name, term: str = MAY) -> Paper:
    paper = await drawing.draw(session, books.organization_id, "2026", name, terms.read(term))
    assert paper.ties, [(proof.name, proof.left, proof.right) for proof in paper.proofs if proof.difference]
    return paper


async def book(
    session: WriteSession,
    books: Books,
    debit: UUID,
    credit: UUID,
    amount: int,
    *,
    kind: EntryKind = EntryKind.voucher,
    on: date = date(2026, 5, 2),
    moves: Direction | None = None,
) -> None:
    line = Line(
        debit=debit,
        credit=credit,
        amount=amount,
        fund_id=books.general.id if moves else None,
        direction=moves,
    )
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    await journal.post(session, [make.draft(books, kind, line, occurred_at=at)])


async def cost(session: WriteSession, books: Books, code: str, amount: int, **dims: UUID | str) -> None:
    """A cost of the general fund, paid by the bank."""
    debit = await make.account(session, books, code, fund_id=books.general.id, **dims)
    bank = await make.account(session, books, "1002", channel_id=books.bank_id)
    await book(session, books, debit, bank, amount, moves=Direction.outflow)


async def busy_month(session: WriteSession) -> Books:
    """Gifts of both kinds, aid, costs, a purchase, agency money, a loan and a move between classes."""
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 10_000)
    given = await make.gift(session, books, books.general, 5_000)
    await make.spend(session, books, fund, 3_000)
    await make.refund(session, books, given, 500)
    await cost(session, books, "5301", 700)
    await cost(session, books, "5401", 60, sub="fundraising-cost")
    await make.move(session, books.general, fund, 200)
    bank = await make.account(session, books, "1002", channel_id=books.bank_id)
    agency, loan = [await make.account(session, books, code) for code in ("2601", "2101")]
    await book(session, books, bank, agency, 900)
    await book(session, books, bank, loan, 4_000)
    await book(session, books, await make.account(session, books, "1501"), bank, 1_500)
    return books


async def test_the_balance_sheet_of_a_busy_month_ties(session: WriteSession) -> None:
    books = await busy_month(session)

    sheet = await draw(session, books, Name.balance_sheet)

    shown = {line.key: line.amounts[1] for line in sheet.lines if line.amounts[1]}
    cash = 15_000 - 3_000 - 700 - 60 + 4_000 - 1_500
    assert shown["cash"] == cash, "agency money is no cash of ours"
    assert shown["agency_assets"] == shown["agency_liabilities"] == 900
    assert shown["restricted"] == 10_000 - 3_000 + 200
    assert shown["unrestricted"] == 5_000 - 500 - 700 - 60 - 200
    assert shown["payables"] == 500
    assert shown["assets"] == shown["liabilities_and_net_assets"] == cash + 900 + 1_500
    assert {line.amounts[0] for line in sheet.lines} == {0}, (
        "nothing stood there at the beginning of the year"
    )


async def test_activities_keep_the_classes_apart_and_equal_the_change_of_net_assets(
    session: WriteSession,
) -> None:
    books = await busy_month(session)

    paper = await draw(session, books, Name.activities)

    assert paper.amounts("donations")[:3] == (4_500, 10_000, 14_500)
    assert paper.amounts("programmes")[:3] == (0, 3_000, 3_000)
    assert paper.amounts("project:P1")[:3] == (0, 3_000, 3_000)
    assert paper.amounts("fundraising")[:3] == paper.amounts("fundraising_cost")[:3] == (60, 0, 60)
    assert paper.amounts("newly_restricted")[:3] == (-200, 200, 0)
    assert paper.amounts("change")[:3] == (4_500 - 760 - 200, 7_200, 10_740)
    assert [column.key for column in paper.columns][3:] == [
        *("compared_unrestricted", "compared_restricted", "compared_total")
    ]


async def test_cash_flows_name_where_the_money_came_from_and_went(session: WriteSession) -> None:
    books = await busy_month(session)

    paper = await draw(session, books, Name.cash_flow)

    shown = {line.key: line.amounts[0] for line in paper.lines if line.amounts[0] and not line.total}
    assert shown == {
        "donations_in": 15_000,
        "other_in": 900,
        "aid_out": 3_000,
        "other_out": 760,
        "loans_in": 4_000,
        "assets_out": 1_500,
    }
    assert paper.amounts("change")[0] == 15_000 + 900 - 3_000 - 760 + 4_000 - 1_500


async def test_what_waits_in_1122_is_shown_as_what_it_stands_for(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    given = await make.gift(session, books, fund, 1_000)
    await make.spend(session, books, fund, 900)
    await make.refund(session, books, given, 300, fact=True)

    sheet = await draw(session, books, Name.balance_sheet)
    activities = await draw(session, books, Name.activities)

    assert sheet.amounts("receivables")[1] == 0, "what a fund owes itself is no asset"
    assert sheet.amounts("restricted")[1] == 1_000 - 900 - 300
    assert activities.amounts("donations")[1] == 700
    [due] = await dues.waiting(session, [fund.organization_id])
    await make.gift(session, books, books.general, 500)
    await dues.clear(session, due, books.general, make.event())
    sheet = await draw(session, books, Name.balance_sheet)
    activities = await draw(session, books, Name.activities)
    assert sheet.amounts("restricted")[1] == 0
    assert (activities.amounts("donations")[1], activities.amounts("administration")[0]) == (900, 200)


async def test_a_reversed_payment_takes_back_what_went_out(session: WriteSession) -> None:

    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 1_000)
    paid = await make.spend(session, books, fund, 400)
    await reversals.reverse(session, paid.entry_id, make.event())

    paper = await draw(session, books, Name.cash_flow)

    assert (paper.amounts("aid_out")[0], paper.amounts("other_in")[0]) == (0, 0)


async def test_what_is_put_into_net_assets_directly_is_left_out_of_activities(session: WriteSession) -> None:
    books = await make.books(session)
    bank = await make.account(session, books, "1002", channel_id=books.bank_id)
    capital = await make.account(session, books, "3101", fund_id=books.general.id)
    await book(session, books, bank, capital, 30_000, moves=Direction.inflow)

    activities = await draw(session, books, Name.activities)
    flows = await draw(session, books, Name.cash_flow)

    assert activities.amounts("change")[:3] == (0, 0, 0)
    assert flows.amounts("capital_in")[0] == 30_000


async def test_closing_entries_are_left_out_of_activities_and_change_no_net_assets(
    session: WriteSession,
) -> None:
    books = await busy_month(session)
    income = await make.account(session, books, "4101", fund_id=books.general.id)
    capital = await make.account(session, books, "3101", fund_id=books.general.id)
    before = await draw(session, books, Name.activities, "2026")
    await book(session, books, income, capital, 4_500, kind=EntryKind.closing, on=date(2026, 12, 31))

    after = await draw(session, books, Name.activities, "2026")

    assert [line.amounts for line in after.lines] == [line.amounts for line in before.lines]
    sheet = await draw(session, books, Name.balance_sheet, "2026")
    assert sheet.amounts("unrestricted")[1] == 5_000 - 500 - 700 - 60 - 200


async def test_a_month_stands_beside_the_year_so_far_and_a_year_beside_the_one_before(
    session: WriteSession,
) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    for day, amount in ((date(2026, 3, 9), 100), (date(2026, 5, 9), 20), (date(2027, 1, 4), 3)):
        gift = await make.gift_draft(session, books, fund, amount)
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        await journal.post(session, [make.draft(books, gift.kind, *gift.lines, occurred_at=at)])

    for name, line, place in ((Name.activities, "donations", 4), (Name.cash_flow, "donations_in", 1)):
        month = await draw(session, books, name)
        assert (month.amounts(line)[place - 3 if place > 1 else 0], month.amounts(line)[place]) == (20, 120)
        year = await draw(session, books, name, "2027")
        assert (year.amounts(line)[place - 3 if place > 1 else 0], year.amounts(line)[place]) == (3, 120)
        assert len((await draw(session, books, name, "2026")).columns) == (3 if place > 1 else 1)
    sheet = await draw(session, books, Name.balance_sheet, "2027-01")
    assert sheet.amounts("restricted") == (120, 123)


async def test_statements_equal_the_trial_balance(session: WriteSession) -> None:
    books = await busy_month(session)
    rows = balances.by_code(await balances.trial_balance(session, [books.organization_id]))
    cash = sum(row.balance for row in rows if row.code in CASH)

    sheet = await draw(session, books, Name.balance_sheet)
    flows = await draw(session, books, Name.cash_flow)

    assert flows.amounts("change")[0] == cash == sheet.amounts("cash")[1] + sheet.amounts("agency_assets")[1]
    assert sheet.amounts("assets")[1] == sum(row.balance for row in rows if row.code[0] == "1")


def test_every_account_of_the_chart_has_its_line() -> None:
    sheet = {code for line in FORM_2026.balance_sheet for code in line.codes}
    activities = {code for line in FORM_2026.activities for code in line.codes}
    flows = {code.partition("/")[0] for flow in FORM_2026.flows for code in flow.codes}
    for line in CHART_2026:
        if line.kind in ("asset", "liability"):
            assert line.code in sheet, line
        elif line.kind in ("income", "expense"):
            assert line.code in activities, line
        # Provisions and write-downs are no matter of cash.
        if line.code not in CASH and line.code not in ("1102", "1202", "1421", "1502", "1602"):
            assert line.code in flows, line


def test_lines_of_a_form_are_named_once_and_added_up_once() -> None:
    for lines in (FORM_2026.balance_sheet, FORM_2026.activities, FORM_2026.cash_flow):
        keys = [line.key for line in lines]
        assert len(keys) == len(set(keys))
        added = [key for line in lines for key in (*line.plus, *line.minus)]
        assert len(added) == len(set(added)), "a line is in two totals"
        codes = [code for line in lines for code in line.codes]
        assert len(codes) == len(set(codes)), "an account is on two lines"


@pytest.mark.parametrize("text", ["", "2026-13", "26", "2026-5", "1999", "2026-00", "2026-01-01"])
def test_a_period_is_a_year_or_a_month(text: str) -> None:
    with pytest.raises(TermUnreadable):
        terms.read(text)
