"""The general ledger, the detail ledger and the chronicle say the same as the trial balance, page by page."""

from datetime import UTC, date, datetime
from itertools import pairwise

from app.kit.database import WriteSession
from app.ledger import balances, journal, periods
from app.ledger.journal import Line
from app.ledger.ledgers import chronicle, details, general_ledger
from app.ledger.ledgers.details import DetailRow, Place
from app.ledger.models import EntryKind
from tests.factories import ledger as make
from tests.factories.ledger import Books


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


async def year(session: WriteSession) -> Books:
    """Gifts on many days, a payment in March, and a move between two bank accounts."""
    books = await make.books(session)
    fund = await make.fund(session, books)
    for month in (1, 2, 3):
        for day in (2, 2, 17):
            gift = await make.gift_draft(session, books, fund, 100 * month)
            at = noon(date(2026, month, day))
            await journal.post(session, [make.draft(books, gift.kind, *gift.lines, occurred_at=at)])
    bank = await make.account(session, books, "1002", channel_id=books.bank_id)
    merchant = await make.account(session, books, "1009", channel_id=books.channel_id)
    swept = Line(debit=bank, credit=merchant, amount=250)
    other = Line(debit=await make.account(session, books, "1009", sub="other"), credit=merchant, amount=30)
    for line in (swept, other):
        at = noon(date(2026, 2, 20))
        await journal.post(session, [make.draft(books, EntryKind.settlement, line, occurred_at=at)])
    return books


def asked(books: Books, code: str, since: date, until: date, label: str | None = None) -> details.Asked:
    return details.Asked(
        organization_id=books.organization_id,
        chart="2026",
        code=code,
        label=label,
        since=since,
        until=until,
    )


async def all_pages(session: WriteSession, question: details.Asked, limit: int) -> list[DetailRow]:
    shown: list[DetailRow] = []
    after: Place | None = None
    while page := await details.rows(session, question, after, limit):
        assert len(page) <= limit
        shown += page
        after = page[-1].place
    return shown


async def test_the_running_balance_is_right_across_pages_however_long_they_are(session: WriteSession) -> None:
    books = await year(session)
    question = asked(books, "1009", date(2026, 2, 1), date(2026, 3, 31))
    assert await details.opening(session, question) == 300
    whole = await all_pages(session, question, 200)
    assert len(whole) == 6 + 1 + 2, "a move within the code is shown on both its accounts"
    for limit in (1, 2, 3, 5):
        assert await all_pages(session, question, limit) == whole
    balance = 300
    for row in whole:
        balance += row.debit - row.credit
        assert row.balance == balance
    rows = await balances.trial_balance(session, [books.organization_id], as_of=date(2026, 3, 31))
    assert balance == sum(row.balance for row in rows if row.code == "1009")
    assert all(one.booked_on <= other.booked_on for one, other in pairwise(whole))


async def test_one_leaf_account_alone_can_be_read(session: WriteSession) -> None:
    books = await year(session)

    shown = await all_pages(
        session, asked(books, "1009", date(2026, 1, 1), date(2026, 12, 31), "1009/other"), 50
    )

    assert [(row.debit, row.credit, row.balance, row.other_label) for row in shown] == [
        (30, 0, 30, "1009/tencent")
    ]


async def test_what_is_booked_between_two_pages_does_not_spoil_the_balance(session: WriteSession) -> None:
    books = await year(session)
    question = asked(books, "1009", date(2026, 1, 1), date(2026, 3, 31))
    first = await details.rows(session, question, None, 4)
    fund = await make.fund(session, books)
    gift = await make.gift_draft(session, books, fund, 5)
    early = make.draft(books, gift.kind, *gift.lines, occurred_at=noon(date(2026, 1, 1)))
    await journal.post(session, [early])

    second = await details.rows(session, question, first[-1].place, 50)

    assert second[0].balance == first[-1].balance + second[0].debit - second[0].credit


async def test_the_general_ledger_adds_up_month_by_month(session: WriteSession) -> None:
    books = await year(session)

    rows = await general_ledger.months(
        session, books.organization_id, date(2026, 2, 1), date(2026, 4, 1), code="1009"
    )

    assert [
        (row.month.month, row.opening, row.debit, row.credit, row.balance, row.year_debit) for row in rows
    ] == [(2, 300, 630, 280, 650, 930), (3, 650, 900, 0, 1550, 1830), (4, 1550, 0, 0, 1550, 1830)]
    whole = await general_ledger.months(session, books.organization_id, date(2026, 1, 1), date(2026, 3, 1))
    assert sum(row.balance for row in whole if row.month == date(2026, 3, 1)) == 0


async def test_the_chronicle_holds_every_entry_once_and_names_late_ones(
    session: WriteSession,
) -> None:
    books = await year(session)
    await periods.close(session, books.organization_id, date(2026, 1, 1))
    fund = await make.fund(session, books)
    gift = await make.gift_draft(session, books, fund, 7)
    late = make.draft(books, gift.kind, *gift.lines, occurred_at=noon(date(2026, 1, 9)))
    await journal.post(session, [late])
    question = chronicle.Asked(
        organization_id=books.organization_id, since=date(2026, 1, 1), until=date(2026, 12, 31)
    )

    shown: list[chronicle.EntryRow] = []
    after = None
    while page := await chronicle.entries(session, question, after, 4):
        shown += page
        after = (page[-1].booked_on, page[-1].id)

    assert len(shown) == len({row.id for row in shown}) == 12
    assert all((one.booked_on, one.id) < (other.booked_on, other.id) for one, other in pairwise(shown))
    assert [row.id for row in shown if row.late] == [late.id]
    assert {len(row.postings) for row in shown} == {1}
    only = chronicle.Asked(
        organization_id=books.organization_id,
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
        only_late=True,
    )
    assert [row.id for row in await chronicle.entries(session, only, None, 50)] == [late.id]
