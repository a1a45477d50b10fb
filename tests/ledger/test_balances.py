"""A trial balance is zero at every moment, on both bases, and costs the same however many gifts."""

from datetime import UTC, date, datetime

import pytest

from app.kit.database import WriteSession
from app.ledger import accounts, balances, journal
from app.ledger.balances import Basis, Row
from app.ledger.figures import registers
from app.ledger.journal import Line
from app.ledger.models import EntryKind, Fund
from tests.factories import ledger as make
from tests.factories.ledger import Books, Nature


async def consolidated(session: WriteSession, *books: Books, as_of: date | None = None) -> dict[str, int]:
    members = [one.organization_id for one in books]
    rows = await balances.trial_balance(session, members, as_of=as_of, basis=Basis.consolidated)
    assert sum(row.balance for row in rows) == 0
    return {row.code or "in transit": row.balance for row in balances.by_code(rows) if row.balance}


async def gift_on(session: WriteSession, books: Books, fund: Fund, day: date, amount: int) -> None:
    draft = await make.gift_draft(session, books, fund, amount)
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    await journal.post(session, [make.draft(books, draft.kind, *draft.lines, occurred_at=at)])


def bank(rows: list[Row]) -> int:
    return sum(row.balance for row in rows if row.code == "1009")


async def test_a_transfer_is_in_transit_until_it_is_received_and_then_eliminated(
    session: WriteSession,
) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 1000)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 300)

    assert await consolidated(session, ours, theirs) == {
        "1009": 1000,
        "1002": -300,
        "4101": -1000,
        "in transit": 300,
    }
    await make.receive(session, theirs, other, transfer_id)
    assert await consolidated(session, ours, theirs) == {"1009": 1000, "4101": -1000}
    giveback_id, _ = await make.give_back(session, theirs, transfer_id, 50)
    assert (await consolidated(session, ours, theirs))["in transit"] == 50
    await make.take_back(session, ours, transfer_id, giveback_id)
    assert await consolidated(session, ours, theirs) == {"1009": 1000, "4101": -1000}


async def test_the_entity_basis_eliminates_nothing(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 1000)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 300)
    await make.receive(session, theirs, other, transfer_id)

    rows = await balances.trial_balance(session, [ours.organization_id, theirs.organization_id])

    assert {row.code: (row.debit, row.credit) for row in balances.by_code(rows)} == {
        "1002": (300, 300),
        "1009": (1000, 0),
        "4101": (0, 1300),
        "5101": (300, 0),
    }
    alone = await balances.trial_balance(session, [theirs.organization_id], basis=Basis.consolidated)
    assert {row.code: row.balance for row in alone} == {"1002": 300, "4101": -300}


@pytest.mark.parametrize("nature", [Nature.agency, Nature.advance])
async def test_agency_money_and_advances_are_eliminated_too(session: WriteSession, nature: Nature) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 1000)
    out_of = None if nature is Nature.agency else fund
    transfer_id, _ = await make.transfer(session, ours, theirs, out_of, 300, nature=nature)
    assert (await consolidated(session, ours, theirs))["in transit"] == 300
    await make.receive(session, theirs, None, transfer_id)
    assert await consolidated(session, ours, theirs) == {"1009": 1000, "4101": -1000}
    if nature is Nature.advance:
        await make.settle(session, transfer_id, other)
        assert await consolidated(session, ours, theirs) == {"1009": 1000, "4101": -1000}


async def test_what_is_owed_by_mandates_is_no_matter_between_members(session: WriteSession) -> None:
    """Sent on, agency money is still held for whom it belongs to, whoever in the federation holds it."""
    ours, theirs = await make.books(session), await make.books(session)
    held = [await make.account(session, one, "2601", sub="DL-1") for one in (ours, theirs)]
    lies = await make.account(session, ours, "1002", sub="agency", channel_id=ours.bank_id)
    came = Line(debit=lies, credit=held[0], amount=500)
    await journal.post(session, [make.draft(ours, EntryKind.voucher, came)])
    sent = {"nature": Nature.agency, "owed_id": held[0]}
    transfer_id, _ = await make.transfer(session, ours, theirs, None, 300, **sent)
    on_its_way = await consolidated(session, ours, theirs)

    await make.receive(session, theirs, None, transfer_id, owed_id=held[1])

    assert on_its_way == {"1002": 200, "2601": -500, "in transit": 300}
    assert await consolidated(session, ours, theirs) == {"1002": 500, "2601": -500}
    rows = await balances.trial_balance(session, [ours.organization_id, theirs.organization_id])
    assert {row.code: row.balance for row in balances.by_code(rows)} == {"1002": 500, "2601": -500}
    giveback_id, _ = await make.give_back(session, theirs, transfer_id, 300)
    await make.take_back(session, ours, transfer_id, giveback_id)
    assert (await accounts.standing(session, held))[held[0]] == -500
    assert await consolidated(session, ours, theirs) == {"1002": 500, "2601": -500}


@pytest.mark.parametrize("day", [1, 10, 15, 16, 25, 31])
async def test_a_day_in_mid_month_counts_what_was_booked_until_then(session: WriteSession, day: int) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await gift_on(session, books, fund, date(2026, 4, 30), 7)
    for number in range(1, 32):
        await gift_on(session, books, fund, date(2026, 5, number), 100)

    as_of = date(2026, 5, day)
    rows = await balances.trial_balance(session, [books.organization_id], as_of=as_of)
    since = await balances.trial_balance(
        session, [books.organization_id], since=date(2026, 5, 1), as_of=as_of
    )

    assert bank(rows) == 7 + 100 * day
    assert [(row.opening, row.debit) for row in since if row.code == "1009"] == [(7, 100 * day)]
    assert bank(await balances.trial_balance(session, [books.organization_id])) == 7 + 3100


async def test_it_reads_as_many_postings_however_many_gifts_there_are(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    await make.gift(session, ours, fund, 1000)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 300)
    await make.receive(session, theirs, other, transfer_id)
    read: list[int] = []

    for _ in range(2):
        before = await make.postings_read(session)
        await consolidated(session, ours, theirs)
        read.append(await make.postings_read(session) - before)
        drafts = [await make.gift_draft(session, ours, fund, 10) for _ in range(300)]
        await journal.post(session, drafts)

    assert 0 < read[0] == read[1]


async def test_registers_tell_what_funds_hold_and_owe(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books, code="BRIDGE")
    gift = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 70)
    await make.refund(session, books, gift, 50, fact=True)

    general, bridge = sorted(await registers.funds(session, [books.organization_id]), key=lambda row: row.due)
    accounts = await registers.accounts(session, [books.organization_id])

    assert general.general
    assert (bridge.code, bridge.received, bridge.spent, bridge.left, bridge.due) == (
        "BRIDGE",
        100,
        100,
        0,
        20,
    )
    assert {row.code: row.balance for row in accounts} == {
        "1002": -70,
        "1009": 100,
        "1122": 20,
        "2209": -50,
        "4101": -70,
        "5101": 70,
    }


async def test_registers_tell_of_a_day_what_stood_at_its_end(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books, code="BRIDGE")
    for day, amount in ((date(2026, 3, 31), 7), (date(2026, 4, 1), 30), (date(2026, 4, 2), 500)):
        await gift_on(session, books, fund, day, amount)
    refunded = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 600)
    await make.refund(session, books, refunded, 50, fact=True)

    async def told(as_of: date | None) -> tuple[list[tuple[int, int, int]], dict[str, int]]:
        funds = await registers.funds(session, [books.organization_id], as_of)
        accounts = await registers.accounts(session, [books.organization_id], as_of)
        held = [(row.received, row.spent, row.due) for row in funds if row.code == "BRIDGE"]
        return held, {row.code: row.balance for row in accounts if row.balance}

    assert await told(date(2026, 3, 30)) == ([(0, 0, 0)], {})
    assert await told(date(2026, 3, 31)) == ([(7, 0, 0)], {"1009": 7, "4101": -7})
    assert await told(date(2026, 4, 1)) == ([(37, 0, 0)], {"1009": 37, "4101": -37})
    assert await told(date(2026, 12, 31)) == await told(None)
    assert (await told(None))[0] == [(637, 637, 13)]
