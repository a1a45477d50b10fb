"""Places: where fen can be, and what the books say about each place."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.walks.ranges import Walk


class PlaceKind(enum.StrEnum):
    """What became of some fen; `moved` ones a correction booked anew, `not_followed` is beyond a limit."""

    unspent = "unspent"
    spent = "spent"
    in_transit = "in_transit"
    refunded = "refunded"
    refunded_uncovered = "refunded_uncovered"
    voided = "voided"
    moved = "moved"
    not_followed = "not_followed"


class TraceBasis(enum.StrEnum):
    """Why we say so: `designated` while no fund on the way held other gifts, else first in, first out."""

    designated = "designated"
    fifo = "fifo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where fen [start, start + amount) of the inflow `origin` are.

    `posting_id` is the outflow they left by, from its fen `offset`; without one they stand in the fund at
    serial number `offset`. `entry_id` is that outflow's entry; of `moved` ones the correction that booked
    them anew. `arrived` of them have reached the final beneficiary. `depth` counts the organizations passed.
    """

    kind: PlaceKind
    origin: UUID
    start: int
    amount: int
    organization_id: UUID
    depth: int
    basis: TraceBasis
    offset: int
    fund_id: UUID | None = None
    posting_id: UUID | None = None
    entry_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None
    arrived: int = 0


def in_fund(walk: Walk, kind: PlaceKind) -> Place:
    """Return the place of fen that stand at serial numbers of a fund."""
    return _place(walk, kind, fund_id=walk.at)


def at_posting(walk: Walk, kind: PlaceKind) -> Place:
    """Return the place of fen that left by an outflow."""
    return _place(walk, kind, posting_id=walk.at)


def _place(
    walk: Walk, kind: PlaceKind, *, fund_id: UUID | None = None, posting_id: UUID | None = None
) -> Place:
    return Place(
        kind=kind,
        origin=walk.origin,
        start=walk.start,
        amount=walk.amount,
        organization_id=walk.organization_id,
        depth=walk.depth,
        basis=TraceBasis.fifo if walk.fifo else TraceBasis.designated,
        offset=walk.low,
        fund_id=fund_id,
        posting_id=posting_id,
    )


# The correction after a reversal is found by its name: correction:<donation>:<n> (books.md, "Follows").
_DETAILS = text(
    """
    select p.id, coalesce(p.fund_id, d.fund_id, sf.fund_id), p.entry_id,
           coalesce(sf.project_id, d.project_id), coalesce(sf.counterparty_id, d.counterparty_id), n.id
    from unnest(cast(:postings as uuid[])) as w (id)
    join postings p on p.id = w.id
    join accounts d on d.id = p.debit_account_id
    left join accounts sf on sf.id = p.stands_for_id
    join entries e on e.id = p.entry_id
    left join entries r on r.id = e.reverses_id
    left join entries n on n.reference = concat_ws(':', 'correction', split_part(r.reference, ':', 2),
      case when r.kind = 'correction' then cast(split_part(r.reference, ':', 3) as int) + 1 else 1 end)
    """
)
_ARRIVED = text(
    """
    select w.place, sum(least(a.until, w.high) - greatest(a.start, w.low))::bigint
    from unnest(cast(:postings as uuid[]), cast(:lows as bigint[]), cast(:highs as bigint[]))
      with ordinality as w (posting_id, low, high, place)
    cross join lateral (
      select a.start, a.start + a.amount - coalesce((
        select sum(r.amount) from arrival_returns r where r.arrival_id = a.id), 0) as until
      from arrivals a where a.posting_id = w.posting_id
    ) a
    where a.start < w.high and a.until > w.low and a.until > a.start
    group by w.place
    """
)


async def describe(session: ReadSession, places: Sequence[Place]) -> list[Place]:
    """Return the places with what the books say of the outflows and of what has arrived by them."""
    postings = {place.posting_id for place in places if place.posting_id}
    if not postings:
        return list(places)
    rows = await session.execute(_DETAILS, {"postings": bulk.array(postings)})
    details = {row[0]: row[1:] for row in rows}
    ways_out = [place for place in places if place.posting_id]
    where = {
        "postings": bulk.array(place.posting_id for place in ways_out),
        "lows": bulk.array(place.offset for place in ways_out),
        "highs": bulk.array(place.offset + place.amount for place in ways_out),
    }
    arrived = {number - 1: amount for number, amount in await session.execute(_ARRIVED, where)}
    described: list[Place] = [place for place in places if not place.posting_id]
    for number, place in enumerate(ways_out):
        fund_id, entry_id, project_id, counterparty_id, correction_id = details[place.posting_id]
        moved = place.kind is PlaceKind.voided and correction_id is not None
        full = replace(
            place,
            kind=PlaceKind.moved if moved else place.kind,
            fund_id=fund_id,
            entry_id=correction_id if moved else entry_id,
            project_id=project_id,
            counterparty_id=counterparty_id,
            arrived=arrived.get(number, 0),
        )
        described.append(full)
    return described
