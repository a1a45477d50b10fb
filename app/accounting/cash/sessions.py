"""Cash sessions: from the first gift to the count by two people, and what becomes of a difference."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from app.accounting import channels
from app.accounting.cash import limits
from app.accounting.cash.errors import (
    CashSessionNotCounted,
    CashSessionNotOpen,
    CashSessionOpen,
    CashTakenLater,
    ChannelIsNoCashBox,
    CountersDecide,
    SecondPersonNeeded,
)
from app.accounting.errors import ChannelClosed
from app.accounting.models import CashSession, CashSessionKind, CashSessionState, Channel, ChannelKind
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE, now, today
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, charts, funds, journal
from app.ledger.charts import Concept
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind
from app.organizations.errors import OutOfSight
from app.organizations.models import Staff

Denominations = Mapping[int, int]
"""How many notes and coins there are of each value in fen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a session begins: a box is opened by two people; `taken_on` is today unless another day is told."""

    kind: CashSessionKind
    taken_on: date | None = None
    second: UUID | None = None
    box_number: str | None = None
    bag_number: str | None = None


def must_be_cash_box(channel: Channel) -> None:
    """Refuse a channel in which no cash lies."""
    if channel.kind is not ChannelKind.cash:
        raise ChannelIsNoCashBox(channel=channel.code)


async def begin(session: WriteSession, channel: Channel, opening: Opening, *, actor: str) -> CashSession:
    """Open a session on a cash box: it has one at a time.

    Raises CashSessionOpen, CashTakenLater for a day to come, SecondPersonNeeded for who is nobody else here.
    """
    must_be_cash_box(channel)
    if channel.closed_at is not None:
        raise ChannelClosed(channel=channel.id)
    taken_on = opening.taken_on or today()
    if taken_on > today():
        raise CashTakenLater(taken_on=taken_on)
    if opening.second is not None or opening.kind is CashSessionKind.box:
        await _must_be_two(session, channel.organization_id, opening.second, actor)
    begun = CashSession(
        organization_id=channel.organization_id,
        channel_id=channel.id,
        kind=opening.kind,
        taken_on=taken_on,
        opened_by=actor,
        opened_with=opening.second,
        box_number=opening.box_number,
        bag_number=opening.bag_number,
    )
    async with constraints.told(session, {"cash_sessions_open_key": CashSessionOpen(channel=channel.code)}):
        session.add(begun)
    return begun


async def get(session: ReadSession, session_id: UUID) -> CashSession:
    """Return a cash session, or refuse."""
    found = await session.get(CashSession, session_id)
    if found is None:
        raise OutOfSight
    return found


async def hold(session: WriteSession, session_id: UUID) -> CashSession:
    """Return a cash session as it now is, and keep it so until this transaction ends."""
    found = await get(session, session_id)
    await session.refresh(found, with_for_update=True)
    return found


def must_be_open(held: CashSession) -> None:
    """Refuse a session that has been counted."""
    if held.state is not CashSessionState.open:
        raise CashSessionNotOpen(session=held.id, state=held.state)


async def count(
    session: WriteSession, held: CashSession, counted: Denominations, *, second: UUID, actor: str
) -> None:
    """Write down what two people have counted; a session whose count is its sum is closed at once.

    A box has no sum of its own: what was counted in it is one gift, recorded next.
    """
    must_be_open(held)
    await _must_be_two(session, held.organization_id, second, actor)
    held.denominations = {str(value): number for value, number in sorted(counted.items()) if number}
    held.counted_minor = sum(value * number for value, number in counted.items())
    held.counted_by, held.counted_with, held.counted_at = actor, second, now()
    equal = held.kind is CashSessionKind.counter and held.counted_minor == held.expected_minor
    held.state = CashSessionState.counted
    if equal:
        await close(session, held)
    await session.flush()


async def close(session: WriteSession, held: CashSession) -> None:
    """End a session whose cash is in the books; too much of it in the box is told."""
    held.state = CashSessionState.closed
    await session.flush()
    await limits.watch(session, await channels.get(session, held.channel_id))


def moment(held: CashSession) -> datetime:
    """Return when a session's cash was taken: now, or noon of a day of which nobody told the hour."""
    if held.taken_on == today():
        return now()
    return datetime.combine(held.taken_on, time(12), LEGAL_ZONE)


async def _must_be_two(session: ReadSession, organization_id: UUID, second: UUID | None, actor: str) -> None:
    person = await session.get(Staff, second) if second else None
    if person is None or person.organization_id != organization_id or actor == f"staff:{second}":
        raise SecondPersonNeeded(second=second)


async def settle(session: WriteSession, held: CashSession, *, reason: str, actor: str) -> None:
    """Decide about the difference between count and sum, and book it (J24 over, J27 short); the reason stays.

    Somebody who did not count decides.
    """
    difference = (held.counted_minor or 0) - held.expected_minor
    if held.state is not CashSessionState.counted or held.kind is not CashSessionKind.counter:
        raise CashSessionNotCounted(session=held.id, state=held.state)
    if actor in {held.counted_by, f"staff:{held.counted_with}"}:
        raise CountersDecide(session=held.id)
    channel = await channels.get(session, held.channel_id)
    event = Event(occurred_at=moment(held), actor=actor, chart=channel.chart)
    drafted = await _difference(session, channel, difference, event)
    draft = event.draft(held.organization_id, EntryKind.voucher, f"cash-session:{held.id}", [drafted])
    [receipt] = await journal.post(session, [replace(draft, fact=True)])
    held.reason, held.decided_by, held.entry_id = reason, actor, receipt.entry_id
    await close(session, held)


async def _difference(session: WriteSession, channel: Channel, difference: int, event: Event) -> Line:
    at, general = channel.organization_id, await funds.general(session, channel.organization_id)
    missing = charts.code(event.chart, Concept.administration)
    other = event.leaf(at, "4901" if difference > 0 else missing, fund_id=general.id)
    due = event.leaf(at, "1122", fund_id=general.id)
    opened = await accounts.open_all(session, [other, due])
    if difference > 0:
        return Line(
            debit=channel.account_id,
            credit=opened[other],
            amount=difference,
            fund_id=general.id,
            direction=Direction.inflow,
        )
    # What is missing is missing, whatever the general fund holds.
    return Line(
        debit=opened[other],
        credit=channel.account_id,
        amount=-difference,
        fund_id=general.id,
        direction=Direction.outflow,
        due_from=opened[due],
    )
