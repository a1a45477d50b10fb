"""Stations: where money that was sent down the federation is, with whom, and since which day."""

import enum
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select, text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.models import Entry
from app.ledger.tracing import Place, PlaceKind

LAST_MILE_FROM = date(2026, 1, 1)
"""What was paid before counted when it was paid (民发〔2026〕12号 applies from FY2026)."""


class StationKind(enum.StrEnum):
    """With its beneficiaries, or where on its way it is stuck."""

    arrived = "arrived"
    in_transit = "in_transit"
    unspent = "unspent"
    paid_on = "paid_on"
    returning = "returning"
    returned = "returned"
    unclear = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """So many fen in one place: at which member, in which fund, or paid to whom for what, since when."""

    where: StationKind
    amount: int
    organization_id: UUID
    since: date | None = None
    fund_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None
    entry_id: UUID | None = None


# An inflow holds the serial numbers from its first on, up to the next inflow's.
_CAME_IN = text(
    """
    select w.place, e.booked_on
    from unnest(cast(:funds as uuid[]), cast(:serials as bigint[])) with ordinality as w (fund, serial, place)
    cross join lateral (
      select p.entry_id from postings p
      where p.fund_id = w.fund and p.direction = 'in' and p.first_serial <= w.serial
      order by p.first_serial desc limit 1
    ) i
    join entries e on e.id = i.entry_id
    """
)


async def by_origin(session: ReadSession, places: Sequence[Place]) -> dict[UUID, list[Station]]:
    """Return the stations that the places of a trace amount to, by the inflow that the walk began at.

    What is in one place for one reason is one. Of what was paid to somebody the part that arrived is told
    apart; before FY2026 paid money had arrived.
    """
    booked = await _booked(session, places)
    came_in = await _came_in(session, places)
    folded: dict[tuple[UUID, Station], int] = defaultdict(int)
    for number, place in enumerate(places):
        since = came_in.get(number) or booked.get(place.entry_id)
        for station in _told(place, since):
            folded[place.origin, replace(station, amount=0)] += station.amount
    found: dict[UUID, list[Station]] = defaultdict(list)
    for (origin, station), amount in folded.items():
        if amount:
            found[origin].append(replace(station, amount=amount))
    return found


def _told(place: Place, since: date | None) -> list[Station]:
    here = Station(
        where=_WHERE.get(place.kind, StationKind.unclear),
        amount=place.amount,
        organization_id=place.organization_id,
        since=since,
        fund_id=place.fund_id,
        project_id=place.project_id,
        counterparty_id=place.counterparty_id,
        entry_id=place.entry_id,
    )
    if place.kind is not PlaceKind.spent:
        return [here]
    counted = place.amount if since is not None and since < LAST_MILE_FROM else place.arrived
    arrived = replace(here, where=StationKind.arrived, amount=counted)
    return [arrived, replace(here, amount=place.amount - counted)]


_WHERE = {
    PlaceKind.unspent: StationKind.unspent,
    PlaceKind.spent: StationKind.paid_on,
    PlaceKind.in_transit: StationKind.in_transit,
}


async def _booked(session: ReadSession, places: Sequence[Place]) -> dict[UUID | None, date]:
    ids = {place.entry_id for place in places if place.entry_id is not None}
    rows = await session.execute(select(Entry.id, Entry.booked_on).where(Entry.id.in_(ids)))
    return {row.id: row.booked_on for row in rows}


async def _came_in(session: ReadSession, places: Sequence[Place]) -> dict[int, date]:
    waiting = [(number, one) for number, one in enumerate(places) if one.kind is PlaceKind.unspent]
    where = {
        "funds": bulk.array(one.fund_id for _, one in waiting),
        "serials": bulk.array(one.offset for _, one in waiting),
    }
    rows = await session.execute(_CAME_IN, where)
    return {waiting[row.place - 1][0]: row.booked_on for row in rows}
