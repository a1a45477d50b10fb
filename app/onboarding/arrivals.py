"""Arrivals: money that was on its way when the books went live reaches an account, in parts if need be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select, text

from app.accounting import channels
from app.accounting.errors import ChannelClosed
from app.accounting.months.items import Check, CheckWeight, Finding
from app.fundraising.banking import fees
from app.fundraising.errors import ChannelOfAnotherOrganization
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, journal
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import EntryKind
from app.ledger.periods import next_month
from app.onboarding import carried
from app.onboarding.balances import IN_TRANSIT
from app.onboarding.errors import ArrivedOutOfTime, ArrivedTooMuch
from app.onboarding.models import CarriedTransit, TransitArrival
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What reached an account on a day, in fen; `fee` is what whoever paid it out kept, beside it."""

    channel_id: UUID
    amount: int
    arrived_on: date
    fee: int = 0


async def get(session: ReadSession, organization_id: UUID, number: int) -> CarriedTransit:
    """Return the money of one line of the sheet, or refuse."""
    transit = await session.get(CarriedTransit, (organization_id, number))
    if transit is None:
        raise OutOfSight
    return transit


async def record(
    session: WriteSession, transit: CarriedTransit, told: Arrived, *, actor: str
) -> TransitArrival:
    """Book what arrived: Dr 1002 / Cr 1009 in transit, and a fee gross. The bank's line is matched with it.

    Raises ArrivedTooMuch if more came than was still on its way, ArrivedOutOfTime for a day before the books
    went live or ahead of today.
    """
    live = await carried.onboarding(session, transit.organization_id)
    if not live.live_on <= told.arrived_on <= today():
        raise ArrivedOutOfTime(live_on=live.live_on)
    channel = await channels.lock(session, told.channel_id)
    if channel.organization_id != transit.organization_id:
        raise ChannelOfAnotherOrganization(channel=channel.id)
    if channel.closed_at is not None:
        raise ChannelClosed(channel=channel.code)
    # Who tells of the same money comes in turn; that it is never more than was on its way, a constraint says.
    await session.refresh(transit, with_for_update=True)
    left = transit.amount - transit.arrived_minor
    async with constraints.told(session, {"carried_transits_arrived_check": ArrivedTooMuch(left=left)}):
        transit.arrived_minor += told.amount + told.fee
    noon = datetime.combine(told.arrived_on, time(12), LEGAL_ZONE)
    event = Event(
        occurred_at=noon, actor=actor, chart=channel.chart, summary=f"在途资金到账：{transit.words}"
    )
    there = replace(event.leaf(transit.organization_id, IN_TRANSIT.code), sub=IN_TRANSIT.sub)
    held = await accounts.open_one(session, there)
    lines = [Line(debit=channel.account_id, credit=held, amount=told.amount)]
    if told.fee:
        lines.append(await fees.line(session, channel, told.fee, held=held))
    name = f"transit-arrival:{new_id()}"
    draft = event.draft(transit.organization_id, EntryKind.settlement, name, lines)
    [receipt] = await journal.post(session, [draft])
    arrival = TransitArrival(
        organization_id=transit.organization_id,
        number=transit.number,
        channel_id=channel.id,
        amount=told.amount,
        fee=told.fee,
        arrived_on=told.arrived_on,
        entry_id=receipt.entry_id,
        actor=actor,
    )
    session.add(arrival)
    await session.flush()
    return arrival


async def of(session: ReadSession, organization_id: UUID) -> Sequence[TransitArrival]:
    """Return everything that has arrived of what was on its way, line by line of the sheet."""
    found = select(TransitArrival).where(TransitArrival.organization_id == organization_id)
    return (await session.scalars(found.order_by(TransitArrival.number, TransitArrival.id))).all()


# What was expected later than the month's end is on its way rightly; what nobody expected on a day never is.
_OVERDUE = text(
    """
    select count(*), coalesce(sum(t.amount - a.amount), 0)::bigint
    from carried_transits t
    join onboardings o on o.organization_id = t.organization_id and o.live_on < :until
    cross join lateral (
      select coalesce(sum(r.amount + r.fee), 0)::bigint as amount from transit_arrivals r
      where r.organization_id = t.organization_id and r.number = t.number and r.arrived_on < :until
    ) a
    where t.organization_id = :organization and a.amount < t.amount
      and (t.expected_on is null or t.expected_on < :until)
    """
)


async def look(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    """Count what was taken over as on its way, was to arrive by a month's end and has not."""
    asked = {"organization": organization_id, "until": next_month(month)}
    count, amount = (await session.execute(_OVERDUE, asked)).one()
    return Finding(done=not count, facts={"count": count, "amount_minor": amount})


CHECK = Check(
    title_zh="上线时的在途资金均已到账",
    title="What was on its way when the books went live has arrived",
    weight=CheckWeight.warning,
    why_zh="逾期未到账的在途资金仍列示于其他货币资金，应查明去向",
    why="It stands among other monetary funds until it arrives: somebody has to find out where it is.",
    look=look,
)
"""An item of the month's checklist; `app/wiring.py` hands it down."""
