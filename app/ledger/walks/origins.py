"""Origins: one step back of many walks at once, each kind of step with one statement (see hops.py)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession
from app.ledger.walks.hops import WALKS, stations
from app.ledger.walks.ranges import Walk


class Inflow(NamedTuple):
    """An inflow of a fund, by its serial numbers."""

    posting_id: UUID
    low: int
    amount: int


class Exchanged(NamedTuple):
    """A part of an inflow that was taken back, and the numbers taken for it; none if not covered yet."""

    posting_id: UUID
    low: int
    amount: int
    entry_id: UUID
    fund_id: UUID | None
    first_serial: int | None


class Origin(NamedTuple):
    """Where an inflow comes from: its first fen was number `before` of a fund, or fen `before` of a gift."""

    entry_id: UUID
    fund_id: UUID | None
    exchanged_id: UUID | None
    before: int


_INFLOWS = text(
    f"""
    select w.place, i.id, i.first_serial, i.amount
    from {WALKS}
    cross join lateral (
      select p.id, p.first_serial, p.amount from postings p
      where p.fund_id = w.at and p.direction = 'in' and p.first_serial < w.high
        and p.first_serial >= (
          select a.first_serial from postings a
          where a.fund_id = w.at and a.direction = 'in' and a.first_serial <= w.low
          order by a.first_serial desc limit 1)
      order by p.first_serial limit :most
    ) i
    order by w.place, i.first_serial
    """  # noqa: S608
)
_EXCHANGES = text(
    f"""
    select w.place, x.id, x.follows_offset as low, x.amount, x.entry_id, x.fund_id, x.first_serial
    from {WALKS}
    join postings x on x.follows_posting_id = w.at and x.follows_kind = 'exchange'
      and x.follows_offset < w.high and x.follows_offset + x.amount > w.low
    union all
    select w.place, y.id, x.follows_offset + y.follows_offset, y.amount, y.entry_id, y.fund_id, y.first_serial
    from {WALKS}
    join postings x on x.follows_posting_id = w.at and x.follows_kind = 'exchange' and x.direction is null
    join postings y on y.follows_posting_id = x.id and y.follows_kind = 'exchange'
    order by place, low
    """  # noqa: S608
)
_ORIGINS = text(
    f"""
    select p.entry_id, case when o.follows_kind = 'exchange' then null else o.fund_id end,
           case when o.follows_kind = 'exchange' then o.follows_posting_id end,
           coalesce(p.follows_offset + case when o.follows_kind = 'exchange' then o.follows_offset
                                            else o.first_serial end, 0)
    from {WALKS}
    join postings p on p.id = w.at
    left join postings o on o.id = p.follows_posting_id
    order by w.place
    """  # noqa: S608
)


async def inflows(session: ReadSession, walks: Sequence[Walk], most: int) -> list[list[Inflow]]:
    """Return for each walk in a fund the inflows of its serial numbers, in order, at most `most` of them."""
    found: defaultdict[int, list[Inflow]] = defaultdict(list)
    for place, *inflow in await session.execute(_INFLOWS, stations(walks) | {"most": most}):
        found[place].append(Inflow(*inflow))
    return [found[place] for place in range(1, len(walks) + 1)]


async def exchanges(session: ReadSession, walks: Sequence[Walk]) -> list[list[Exchanged]]:
    """Return for each walk in an inflow what was taken back of it, in order; covered facts come twice."""
    found: defaultdict[int, list[Exchanged]] = defaultdict(list)
    for place, *exchanged in await session.execute(_EXCHANGES, stations(walks)):
        found[place].append(Exchanged(*exchanged))
    return [found[place] for place in range(1, len(walks) + 1)]


async def of(session: ReadSession, walks: Sequence[Walk]) -> list[Origin]:
    """Return for each walk in an inflow where that inflow comes from."""
    return [Origin(*row) for row in await session.execute(_ORIGINS, stations(walks))]
