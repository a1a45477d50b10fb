"""What was written on the old chart and is booked after the change: vouchers, schedules, lines of banks."""

from datetime import date

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank import decisions
from app.accounting.bank.decisions import Decision
from app.accounting.channels import NewChannel
from app.accounting.models import (
    BankLine,
    Channel,
    ChannelKind,
    LineKind,
    Side,
    Voucher,
    VoucherLine,
    VoucherSchedule,
)
from app.accounting.vouchers import drafts, recurring, steps
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.lines import NewLine
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.journal import Line
from app.ledger.models import Direction, Entry, EntryKind
from tests.accounting.banking import line_of
from tests.accounting.old_books import (
    DECEMBER,
    LATER,
    PAID_ON,
    OldBooks,
    close_and_change,
    must_be_sound,
    old_books,
    standing,
)
from tests.factories import organizations as make


@pytest.fixture
async def old(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    """Old books with five thousand fen in the general fund."""
    made = await old_books(app, client, session)
    general = await funds.general(session, made.organization.id)
    came = Line(
        debit=made.channel.account_id,
        credit=await made.leaf(session, "4901", fund_id=general.id),
        amount=5_000,
        fund_id=general.id,
        direction=Direction.inflow,
    )
    await made.book(session, PAID_ON, EntryKind.voucher, came)
    return made


async def submitted(session: WriteSession, old: OldBooks, day: date) -> Voucher:
    """Wages of the administration, 5201 on the chart of 2004, written by one person."""
    lines = [
        NewLine(side=Side.debit, code="5201", amount=700),
        NewLine(side=Side.credit, code="2204", amount=700),
    ]
    written = Written(happened_on=day, summary="工资", lines=lines)
    voucher = await drafts.create(session, old.organization.id, "2004", written, made_by="test")
    await steps.submit(session, voucher, by=(await make.staff(session, old.organization)).id)
    return voucher


async def post(session: WriteSession, old: OldBooks, voucher: Voucher) -> None:
    """Bring a voucher into the books by two more people."""
    await steps.review(session, voucher, by=(await make.staff(session, old.organization)).id)
    await steps.post(session, voucher, by=(await make.staff(session, old.organization)).id)


async def test_a_voucher_written_on_the_old_chart_is_posted_on_the_new(
    session: WriteSession, old: OldBooks
) -> None:
    """It stays as it was written and reviewed."""
    voucher = await submitted(session, old, LATER)
    await close_and_change(old)

    await post(session, old, voucher)

    entry = await session.get_one(Entry, voucher.entry_id)
    lines = (await drafts.lines_of(session, [voucher.id]))[voucher.id]
    assert (entry.chart, voucher.chart, lines[0].code) == ("2026", "2004", "5201")
    stands = await standing(session, old)
    assert (stands["2026", "5301/GENERAL"], stands["2026", "2204"]) == (700, -700)
    await must_be_sound(session, old)


async def test_a_voucher_of_the_old_chart_is_reversed_on_the_new(
    session: WriteSession, old: OldBooks
) -> None:
    voucher = await submitted(session, old, PAID_ON)
    await post(session, old, voucher)
    await close_and_change(old)

    by = (await make.staff(session, old.organization)).id
    await steps.reverse(session, voucher, by=by, reason="重复")

    stands = await standing(session, old)
    assert (stands["2026", "5301/GENERAL"], ("2026", "2204") in stands) == (-700, False)
    await must_be_sound(session, old)


async def test_a_schedule_goes_on_with_the_account_that_it_meant(
    session: WriteSession, old: OldBooks
) -> None:
    """5301 was fundraising; on the new chart it is administration, and fundraising is 5401."""
    schedule = VoucherSchedule(
        organization_id=old.organization.id,
        summary="筹款人员工资",
        template="J20",
        inputs={"amount": 900, "cost_account": "5301"},
        day_of_month=20,
        starts_on=date(2026, 1, 1),
        made_by="test",
        ends_on=date(2026, 2, 28),
    )
    await recurring.create(session, schedule)
    await close_and_change(old)

    await recurring.write_due(session, schedule.id, date(2026, 2, 28))

    rows = select(VoucherLine.chart, VoucherLine.code).where(VoucherLine.side == Side.debit)
    assert (await session.execute(rows)).all() == [("2026", "5401"), ("2026", "5401")]


async def test_money_between_two_banks_over_the_new_year_is_booked_once(
    session: WriteSession, old: OldBooks
) -> None:
    at = {"organization_id": old.organization.id, "chart": "2004", "kind": ChannelKind.bank}
    other = await channels.create(session, NewChannel(code="abc", name="农行", **at))
    went = await line_of(session, old.channel, -300, day=date(2025, 12, 31))

    async def told(line: BankLine, whom: Channel) -> BankLine:
        between = Decision(kind=LineKind.own_transfer, channel_id=whom.id)
        return await decisions.decide(session, line.id, between, actor="test")

    out = await told(went, other)
    await close_and_change(old)
    came = await told(await line_of(session, other, 300, day=date(2026, 1, 1)), old.channel)

    assert came.entry_id == out.entry_id
    assert (came.matched_minor, out.matched_minor) == (300, 300)
    stands = await standing(session, old)
    assert (stands["2026", "1002/icbc"], stands["2026", "1002/abc"]) == (4_700, 300)
    await must_be_sound(session, old)


async def test_a_month_before_the_change_is_not_reopened(session: WriteSession, old: OldBooks) -> None:
    """What stood when it ended was carried into the new chart."""
    await old.office.close(DECEMBER)
    reason = {"reason": "漏记一笔"}
    opened = await old.office.post(f"/months/{DECEMBER}/reopening", old.office.reviewer, reason)
    assert opened.status_code == 201, "before the change it is"
    await close_and_change(old)

    refused = await old.office.post(f"/months/{DECEMBER}/reopening", old.office.reviewer, reason)

    assert (refused.status_code, refused.json()["code"]) == (409, "period-not-closable")
    await must_be_sound(session, old)
