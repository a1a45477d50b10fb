"""Whatever stands open asks for an explanation: each kind of matter is told with its age and its amount."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from app.fundraising.models import (
    BillKind,
    BillLayout,
    BillLine,
    BillState,
    Refund,
    RefundReason,
    RefundState,
    Settlement,
)
from app.kit.clock import legal_day, now, today
from app.kit.database import Database, WriteSession
from app.ledger import dimensions, funds, journal
from app.ledger.journal import Line
from app.ledger.models import DimensionKind, EntryKind
from app.ledger.movements.transfers import Nature
from tests.audit.books import Audited, audited, auditor
from tests.audit.registers import AT, read
from tests.factories import ledger
from tests.factories.ledger import Books
from tests.webhooks.platforms import Partner

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@dataclass
class Desk:
    """The audited books, and what stands open in them."""

    client: AsyncClient
    made: Audited

    async def open(self, headers: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
        answer = await read(self.client, self.made, f"{AT}/exceptions", headers or self.made.headers)
        assert answer.status_code == 200, answer.text
        found = answer.json()["matters"]
        assert all(one["age_days"] == (today() - date.fromisoformat(one["since"])).days for one in found)
        assert [one["since"] for one in found] == sorted(one["since"] for one in found)
        told = {one["matter"]: one for one in found}
        assert len(told) == len(found)
        return told


@pytest.fixture
async def desk(committed: Database, committed_client: AsyncClient, tmp_path: Path) -> Desk:
    return Desk(committed_client, await audited(committed, tmp_path))


async def books_of(session: WriteSession, at: Partner) -> Books:
    """A member's books as the ledger's factories know them."""
    organization_id = at.organization.id
    bank = await dimensions.declare(session, DimensionKind.channel, "bank", organization_id=organization_id)
    project = await dimensions.declare(session, DimensionKind.project, "P1", organization_id=organization_id)
    return Books(
        organization_id=organization_id,
        general=await funds.general(session, organization_id),
        channel_id=at.channel.id,
        bank_id=bank.id,
        project_id=project.id,
    )


def told(matter: dict[str, Any]) -> tuple[str, int, str | None]:
    return matter["since"], matter["amount"]["amount"], matter["account"]


async def test_receivables_advances_and_payables_are_as_old_as_the_month_in_which_they_left_zero(
    desk: Desk,
) -> None:
    async with desk.made.database.writing() as session:
        books = await books_of(session, desk.made.ours)
        debtor = await dimensions.declare(
            session, DimensionKind.counterparty, "hotel", organization_id=books.organization_id
        )
        owed, advanced, owing = [
            await ledger.account(session, books, code, counterparty_id=debtor.id)
            for code in ("1122", "1141", "2209")
        ]
        steps = (
            # Settled and begun anew in June: the claim of May is none any more.
            (owed, owing, 30_00, 5),
            (owing, owed, 30_00, 5),
            (owed, owing, 70_00, 6),
            (owed, owing, 1_00, 7),
            (advanced, owing, 500_00, 6),
        )
        for debit, credit, amount, month in steps:
            line = Line(debit=debit, credit=credit, amount=amount)
            moment = datetime(2026, month, 9, 4, tzinfo=UTC)
            draft = ledger.draft(books, EntryKind.voucher, line, occurred_at=moment)
            await journal.post(session, [draft])
    found = await desk.open()
    assert found.keys() == {"receivable", "advance", "payable"}
    assert told(found["receivable"]) == ("2026-06-01", 71_00, "1122/hotel")
    assert told(found["advance"]) == ("2026-06-01", 500_00, "1141/hotel")
    assert told(found["payable"]) == ("2026-06-01", -571_00, "2209/hotel")
    assert found["advance"]["age_days"] == (today() - JUNE).days
    # A mandate for another year is told of nothing.
    assert (
        await desk.open(await auditor(desk.made.database, desk.made.organization, years=(2025, 2025))) == {}
    )


async def test_money_in_transit_is_open_until_it_arrives_and_an_advance_until_it_is_settled(
    desk: Desk,
) -> None:
    async with desk.made.database.writing() as session:
        sender, receiver = [await books_of(session, at) for at in (desk.made.ours, desk.made.theirs)]
        fund = await ledger.fund(session, sender)
        await ledger.gift(session, sender, fund, 900_00)
        await _to_the_bank(session, sender, 900_00)
        transfer_id, _ = await ledger.transfer(session, sender, receiver, fund, 300_00, nature=Nature.advance)
    found = await desk.open()
    assert told(found["in_transit"])[:2] == ("2026-05-01", 300_00)
    assert found["in_transit"]["age_days"] == (today() - MAY).days
    async with desk.made.database.writing() as session:
        await ledger.receive(session, receiver, None, transfer_id)
    found = await desk.open()
    assert found.keys() == {"advance"}
    assert told(found["advance"])[:2] == ("2026-05-01", 300_00)
    async with desk.made.database.writing() as session:
        theirs = await ledger.fund(session, receiver)
        await ledger.settle(session, transfer_id, theirs)
    assert await desk.open() == {}


async def _to_the_bank(session: WriteSession, books: Books, amount: int) -> None:
    line = Line(
        debit=await ledger.account(session, books, "1002", channel_id=books.bank_id),
        credit=await ledger.account(session, books, "1009", channel_id=books.channel_id),
        amount=amount,
    )
    await journal.post(session, [ledger.draft(books, EntryKind.settlement, line)])


async def test_what_a_fund_owes_because_a_fact_cost_more_than_it_held_is_told_with_its_age(
    desk: Desk,
) -> None:
    async with desk.made.database.writing() as session:
        books = await books_of(session, desk.made.ours)
        fund = await ledger.fund(session, books)
        gift = await ledger.gift(session, books, fund, 100_00)
        await ledger.gift(session, books, books.general, 200_00)
        await _to_the_bank(session, books, 300_00)
        await ledger.spend(session, books, fund, 100_00)
        # The money is gone, and the giver gets it back all the same: a fact that its fund can't pay.
        await ledger.refund(session, books, gift, 40_00, fact=True)
    found = await desk.open()
    assert told(found["due"]) == ("2026-05-01", 40_00, f"1122/{fund.code}")
    assert found["due"]["age_days"] == (today() - MAY).days


async def test_gifts_in_suspense_disputes_and_refunds_that_wait_are_told_with_their_age(desk: Desk) -> None:
    ours = desk.made.ours
    await desk.made.give(ours, 55_00, campaign="NOBODYS")
    dispute = {
        "dispute_id": "D-1",
        "donation_id": "T-unheard-of",
        "amount": 8_00,
        "currency": "CNY",
        "at": "2026-05-05T08:00:00+08:00",
        "outcome": None,
    }
    event = {"type": "donation.disputed", "timestamp": "2026-05-05T08:00:00+08:00", "data": dispute}
    assert (await ours.post(desk.client, event)).status_code == 200
    fresh = ours.refund(ours.event(), 3_00)
    assert (await ours.post(desk.client, fresh)).json()["outcome"] == "pending"
    old = Refund(
        source_id=ours.platform.id,
        their_id="R-old",
        their_gift_id="T-never",
        amount=4_00,
        refunded_at=now(),
        reason=RefundReason.other,
        state=RefundState.pending,
        actor="test",
    )
    old.created_at = now() - timedelta(days=8)
    async with desk.made.database.writing() as session:
        session.add(old)
    found = await desk.open()
    assert found.keys() == {"suspense", "payable", "dispute", "pending_refund"}
    assert told(found["suspense"])[:2] == ("2026-05-01", 55_00)
    assert told(found["dispute"])[:2] == ("2026-05-05", 8_00)
    # The one of today may still find its gift.
    assert told(found["pending_refund"])[:2] == (legal_day(old.created_at).isoformat(), 4_00)
    assert found["pending_refund"]["age_days"] in {8, 9}


async def test_a_message_that_contradicts_is_told_with_its_age(desk: Desk) -> None:
    event = desk.made.ours.event()
    for amount, status in ((5000, 200), (6000, 409)):
        event["data"]["amount"] = amount
        assert (await desk.made.ours.post(desk.client, event)).status_code == status
    found = await desk.open()
    assert found.keys() == {"conflict"}
    assert found["conflict"]["age_days"] in {0, 1}


async def test_a_bills_line_that_differs_from_the_books_is_told_with_its_age(desk: Desk) -> None:
    ours = desk.made.ours
    days = {"begins_on": MAY, "ends_on": MAY}
    counts = {"line_count": 2, "new_count": 2, "gross_minor": 12_00, "refunded_minor": 0, "fee_minor": 0}
    bill = Settlement(
        organization_id=ours.organization.id,
        channel_id=ours.channel.id,
        layout=BillLayout.plain,
        file_hash=bytes(32),
        actor="test",
        **days,
        **counts,
    )
    lines = [
        BillLine(
            settlement_id=bill.id,
            channel_id=ours.channel.id,
            line_number=number,
            kind=BillKind.payment,
            their_id=str(number),
            their_gift_id=None,
            amount=number * 4_00,
            fee_minor=0,
            happened_at=datetime(2026, 5, number, 4, tzinfo=UTC),
            remark=None,
            state=state,
        )
        for number, state in ((1, BillState.matched), (2, BillState.differs))
    ]
    async with desk.made.database.writing() as session:
        session.add(bill)
        await session.flush()
        session.add_all(lines)
    found = await desk.open()
    assert found.keys() == {"bill"}
    assert told(found["bill"])[:2] == ("2026-05-02", 8_00)
    assert found["bill"]["subject"] == str(lines[1].id)
