"""Reversals: a mistake is corrected by an entry that mirrors it, never by a change."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text

from app.kit import bulk
from app.kit.database import WriteSession
from app.ledger import accounts, adjustments, arrivals, journal
from app.ledger.errors import NotReversible
from app.ledger.events import Event
from app.ledger.journal import Draft, Follow, Line, Receipt
from app.ledger.models import Direction, Entry, EntryKind, FollowKind

FINAL = frozenset({EntryKind.reversal, EntryKind.returned, EntryKind.clearing, EntryKind.closing})
"""Kinds that nothing mirrors: they are undone by booking anew what they undid."""

_POSTINGS = text(
    """
    select p.id, p.debit_account_id, p.credit_account_id, p.amount, p.fund_id, p.direction, p.follows_kind,
           coalesce(sum(f.amount) filter (where f.follows_kind in ('exchange', 'returned')), 0)::bigint back,
           coalesce(bool_or(f.follows_kind = 'transfer' and f.entry_id <> p.entry_id), false) as received
    from postings p left join postings f on f.follows_posting_id = p.id
    where p.entry_id = :id group by p.id order by p.line
    """
)


# All at once and in id order, as the journal locks them: the look at what has arrived locks them one by one.
_LOCK = text(
    "select fund_id from fund_counters where fund_id = any(cast(:funds as uuid[]))"
    " order by fund_id for no key update"
)


def reference(entry_id: UUID) -> str:
    """Return the name of the entry that reverses another."""
    return f"reversal:{entry_id}"


async def reverse(session: WriteSession, entry_id: UUID, event: Event) -> Receipt:
    """Mirror what is left of an entry: gifts are taken back, outflows return; `event.summary` is the reason.

    Raises NotReversible, FundShort if a fund no longer holds what it would give back, ArrivalUnfit if money
    has reached its beneficiary.
    """
    [receipt] = await journal.post(session, [await draft(session, entry_id, event)])
    return receipt


async def draft(session: WriteSession, entry_id: UUID, event: Event) -> Draft:
    """Return the entry that `reverse` would book, to be posted together with others (a correction).

    Income of an earlier year than the one it lands in is not taken from that year's: 3201 is debited instead.
    What stood on an older chart of accounts is mirrored on the accounts that go on for it.
    """
    entry = await session.get(Entry, entry_id)
    if entry is None or entry.kind in FINAL:
        raise NotReversible(entry=entry_id)
    if await session.scalar(select(Entry.id).where(Entry.reverses_id == entry_id)):
        raise NotReversible("it has been reversed already", "该分录已被冲销", entry=entry_id)
    if entry.kind is EntryKind.transfer:
        await _must_be_in_transit(session, entry)
    rows = (await session.execute(_POSTINGS, {"id": entry_id})).all()
    funds = sorted({row.fund_id for row in rows if row.fund_id})
    await session.execute(_LOCK, {"funds": bulk.array(funds)})
    sides = [side for row in rows for side in (row.debit_account_id, row.credit_account_id)]
    there = await accounts.carry(session, sides, entry.chart, event.chart)
    lines = [line for row in rows if (line := await _mirror(session, row, there)) is not None]
    if not lines or _only_money(rows, lines):
        raise NotReversible("nothing is left of it", "已无可冲销余额", entry=entry_id)
    if await adjustments.reaches_back(session, entry.organization_id, entry.booked_on, event.day):
        lines = await adjustments.of_prior_years(session, lines)
    return event.draft(
        entry.organization_id, EntryKind.reversal, reference(entry_id), lines, reverses_id=entry_id
    )


async def _must_be_in_transit(session: WriteSession, entry: Entry) -> None:
    """Refuse once the other member has booked the money: then it gives it back."""
    sent = entry.reference.removesuffix(":out")
    received = await session.scalar(select(Entry.id).where(Entry.reference == f"{sent}:in"))
    if sent == entry.reference or received is not None:
        raise NotReversible(
            "what a member has received is given back instead",
            "成员单位已收到的款项应办理退回",
            entry=entry.id,
        )


def _only_money(rows: Sequence[Row[Any]], lines: Sequence[Line]) -> bool:
    """Whether the funds' part of an entry is gone and just its other lines are left."""
    return any(row.direction for row in rows) and not any(line.direction for line in lines)


async def _mirror(session: WriteSession, row: Row[Any], there: Mapping[UUID, UUID]) -> Line | None:
    left = row.amount - row.back
    uncovered = row.direction is None and (row.follows_kind is not None or row.back)
    if row.received or uncovered:
        # Another member has the money, or a donor has it and nobody covers it yet.
        raise NotReversible(posting=row.id)
    if row.direction is None:
        return Line(debit=there[row.credit_account_id], credit=there[row.debit_account_id], amount=row.amount)
    if not left:
        return None
    if row.direction == Direction.inflow:
        offset = 0 if row.follows_kind == FollowKind.transfer else row.back
        follows = Follow(posting_id=row.id, offset=offset, kind=FollowKind.exchange)
    else:
        standing = await arrivals.lock(session, row.id)
        standing.must_not_have_arrived(0, left)
        follows = Follow(posting_id=row.id, offset=0, kind=FollowKind.returned)
    return Line(
        debit=there[row.credit_account_id],
        credit=there[row.debit_account_id],
        amount=left,
        fund_id=row.fund_id,
        direction=Direction.inflow if row.direction == Direction.outflow else Direction.outflow,
        follows=follows,
    )
