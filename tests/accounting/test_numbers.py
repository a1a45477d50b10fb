"""Numbers run 1, 2, 3 ... in each organization's month, whoever hands them out and whatever comes late."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.accounting.models import VoucherNumber, VoucherNumberEntry
from app.accounting.vouchers import numbers
from app.fundraising import donations
from app.kit.database import Database, ReadSession, WriteSession
from app.ledger import journal, periods
from app.ledger.models import Entry, EntryKind
from tests.accounting.office import Office
from tests.factories import fundraising as gifts
from tests.factories import ledger as make

MAY = date(2026, 5, 1)
END = date(2026, 5, 31)


def moment(day: int, hour: int = 4) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=UTC)


async def expense(session: WriteSession, books: make.Books, day: int) -> None:
    line = journal.Line(
        debit=await make.account(session, books, "1002", channel_id=books.bank_id),
        credit=await make.account(session, books, "2202"),
        amount=day,
    )
    await journal.post(session, [make.draft(books, EntryKind.voucher, line, occurred_at=moment(day))])


async def given(session: ReadSession, organization_id: object) -> list[VoucherNumber]:
    query = select(VoucherNumber).where(VoucherNumber.organization_id == organization_id)
    return list(await session.scalars(query.order_by(VoucherNumber.month, VoucherNumber.number)))


async def test_a_days_gifts_of_one_account_are_one_voucher_and_the_rest_one_each(
    session: WriteSession,
) -> None:
    appeal = await gifts.appeal(session)
    for day in (3, 3, 3, 4):
        await donations.receive(session, [gifts.gift(appeal, 100_00, donated_at=moment(day))])
    back = gifts.gift(appeal, 50_00, donated_at=moment(4))
    await donations.receive(session, [back])
    await donations.receive(session, [gifts.given_back(appeal, back)])

    made = await numbers.assign(session, appeal.organization_id, MAY, until=END)

    rows = await given(session, appeal.organization_id)
    assert made == len(rows) == 3
    assert [(one.label, one.day.day, one.entry_count, one.amount) for one in rows] == [
        ("记-202605-0001", 3, 3, 300_00),
        ("记-202605-0002", 4, 2, 150_00),
        # A refund books what is owed and what is paid: its voucher has both.
        ("记-202605-0003", 4, 1, 100_00),
    ]
    assert [one.channel_id for one in rows] == [appeal.channel.id, appeal.channel.id, None]
    mapped = await session.scalars(
        select(VoucherNumberEntry.entry_id).where(VoucherNumberEntry.number_id == rows[0].id)
    )
    assert len(list(mapped)) == 3


async def test_what_comes_late_gets_the_next_numbers_and_no_number_ever_changes(
    session: WriteSession,
) -> None:
    books = await make.books(session)
    for day in (9, 2, 5):
        await expense(session, books, day)
    await numbers.assign(session, books.organization_id, MAY, until=date(2026, 5, 6))
    first = [(one.id, one.number, one.day.day) for one in await given(session, books.organization_id)]
    await expense(session, books, 1)
    await numbers.assign(session, books.organization_id, MAY, until=END)
    again = await numbers.assign(session, books.organization_id, MAY, until=END)

    rows = [(one.id, one.number, one.day.day) for one in await given(session, books.organization_id)]
    assert [row[1:] for row in first] == [(1, 2), (2, 5)]
    assert rows[:2] == first
    assert [row[1:] for row in rows[2:]] == [(3, 1), (4, 9)]
    assert again == 0


async def test_a_late_entry_is_numbered_in_the_month_it_is_booked_in(session: WriteSession) -> None:
    books = await make.books(session)
    await expense(session, books, 9)
    await numbers.assign(session, books.organization_id, MAY, until=END)
    for month in range(1, 6):
        await periods.open_books(session, books.organization_id, date(2026, month, 1))
        await periods.close(session, books.organization_id, date(2026, month, 1))
    await expense(session, books, 10)

    waiting = [month for at, month in await numbers.due(session) if at == books.organization_id]
    for month in waiting:
        await numbers.assign(session, books.organization_id, month, until=date(2026, 12, 31))

    labels = [one.label for one in await given(session, books.organization_id)]
    assert labels == ["记-202605-0001", "记-202606-0001"]


async def test_numbers_are_added_and_never_changed(session: WriteSession) -> None:
    books = await make.books(session)
    await expense(session, books, 9)
    await numbers.assign(session, books.organization_id, MAY, until=END)
    for statement in ("update voucher_numbers set number = 9", "delete from voucher_number_entries"):
        with pytest.raises(DBAPIError, match=r"append-only|permission denied"):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_two_jobs_at_once_leave_no_gap_and_no_double(committed: Database) -> None:
    async with committed.writing() as session:
        books = await make.books(session)

    async def record(day: int) -> None:
        async with committed.writing() as session:
            await expense(session, books, day)

    async def number() -> None:
        async with committed.writing() as session:
            await numbers.assign(session, books.organization_id, MAY, until=END)

    for wave in range(4):
        days = [1 + (wave * 7 + n) % 28 for n in range(20)]
        await asyncio.gather(*(record(day) for day in days), *(number() for _ in range(5)))
    await number()

    async with committed.reading() as session:
        rows = await given(session, books.organization_id)
        assert [one.number for one in rows] == list(range(1, 81))
        mapped = set(await session.scalars(select(VoucherNumberEntry.entry_id)))
        entries = set(await session.scalars(select(Entry.id)))
        assert mapped == entries == {one.entry_id for one in rows}


async def test_the_daily_job_numbers_every_month_until_yesterday_once(committed: Database) -> None:
    async with committed.writing() as session:
        books = await make.books(session)
        for day in (1, 2):
            await expense(session, books, day)
    made = [await numbers.give(committed), await numbers.give(committed)]
    async with committed.writing() as session:
        await session.execute(text("update voucher_months set numbered_at = now() - interval '2 days'"))
        await expense(session, books, 3)
    made.append(await numbers.give(committed))
    assert made == [2, 0, 1]


async def test_the_register_shows_lines_as_written_and_a_summarys_entries(
    at: Office, app: FastAPI, client: AsyncClient
) -> None:
    voucher = await at.posted(
        at.made("RENT", amount=800_00, money_account="1002", channel_id=at.bank.id)
        | {"summary": "支付五月房租", "attachment_count": 2}
    )
    merchant = await gifts.merchant(at.session, at.organization.id)
    appeal = gifts.Appeal(
        organization_id=at.organization.id,
        platform_id=merchant.platform_id,
        channel=merchant,
        campaign=await gifts.campaign(at.session, at.organization.id),
    )
    for _ in range(2):
        await donations.receive(at.session, [gifts.gift(appeal, 100_00, donated_at=moment(3))])
    await numbers.assign(at.session, at.organization.id, MAY, until=END)

    path = "/v1/accounting/numbered-vouchers"
    listed = (await at.get(path, month="2026-05-01", organization_id=str(at.organization.id))).json()["items"]
    gifts_of_day, rent = listed
    shown = (await at.get(f"{path}/{rent['id']}")).json()
    summary = (await at.get(f"{path}/{gifts_of_day['id']}")).json()
    entries = (await at.get(f"{path}/{gifts_of_day['id']}/entries", limit=1)).json()
    more = await at.get(f"{path}/{gifts_of_day['id']}/entries", cursor=entries["next_cursor"])

    assert [one["label"] for one in listed] == ["记-202605-0001", "记-202605-0002"]
    assert (shown["voucher_id"], shown["attachment_count"]) == (voucher["id"], 2)
    assert (shown["prepared"], shown["reviewed"], shown["posted"]) == ("ann", "ray", "bo")
    assert [(one["side"], one["name_zh"], one["detail"]) for one in shown["lines"]] == [
        ("debit", "管理费用", "GENERAL"),
        ("credit", "银行存款", "bank"),
    ]
    assert summary["summary"] == "05月03日腾讯公益捐赠汇总（2笔）"
    assert [(one["side"], one["code"], one["amount"]["amount"]) for one in summary["lines"]] == [
        ("debit", "1009", 200_00),
        ("credit", "4101", 200_00),
    ]
    assert len(entries["items"]) == len(more.json()["items"]) == 1
    only = await at.get(path, number_from=2, number_to=2)
    assert [one["number"] for one in only.json()["items"]] == [2]
