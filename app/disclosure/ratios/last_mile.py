"""The last mile: what was passed on, and what of it has reached those whom it is meant for (ZC 12)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import extract, func, select, text

from app.kit import bulk
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger import tracing
from app.ledger.models import Arrival, Entry, FollowKind, Posting
from app.ledger.tracing import Place
from app.projects.disbursements.ways import WAYS, Way
from app.projects.models import Disbursement
from app.projects.transfers.reach import PIECES_MAX
from app.projects.transfers.stations import LAST_MILE_FROM

_ROUTED = [kind for kind, way in WAYS.items() if way is Way.routed]


@fact(kw_only=True)
class LastMile:
    """Fen of a year: passed on to partners, and what of all that was ever passed on arrived in it.

    What went to members is told by the books' own accounts. Not `complete` if a walk was too long to end.
    """

    routed: int
    routed_arrived: int
    members_arrived: int
    complete: bool


async def of(session: ReadSession, organization_id: UUID, year: int) -> LastMile:
    """Return what an organization passed on in a year, and what arrived in it, of whatever year's money."""
    arrived, complete = await _through_members(session, organization_id, year)
    return LastMile(
        routed=await _routed(session, organization_id, year),
        routed_arrived=await _routed_arrived(session, organization_id, year),
        members_arrived=arrived,
        complete=complete,
    )


async def _routed(session: ReadSession, organization_id: UUID, year: int) -> int:
    """Return what was paid to partners and collectives, less what came back of it, by the day of booking."""
    paid = select(Disbursement.posting_id).where(
        Disbursement.organization_id == organization_id,
        Disbursement.kind.in_(_ROUTED),
        Disbursement.posting_id.is_not(None),
    )
    of_year = extract("year", Entry.booked_on) == year
    sums = select(func.coalesce(func.sum(Posting.amount), 0)).join(Entry, Entry.id == Posting.entry_id)
    went = await session.scalar(sums.where(Posting.id.in_(paid), of_year))
    back = await session.scalar(
        sums.where(Posting.follows_posting_id.in_(paid), Posting.follows_kind == FollowKind.returned, of_year)
    )
    return int(went or 0) - int(back or 0)


async def _routed_arrived(session: ReadSession, organization_id: UUID, year: int) -> int:
    query = (
        select(func.coalesce(func.sum(Arrival.amount), 0))
        .join(Disbursement, Disbursement.posting_id == Arrival.posting_id)
        .join(Posting, Posting.id == Arrival.posting_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Disbursement.organization_id == organization_id,
            Disbursement.kind.in_(_ROUTED),
            # What was paid before counted when it was paid.
            Entry.booked_on >= LAST_MILE_FROM,
            extract("year", Arrival.arrived_on) == year,
        )
    )
    return int(await session.scalar(query) or 0)


# What members took in of this organization's money or goods: a grant at once, an advance when it was settled.
_TAKEN_IN = text(
    """
    select p.id from accounts a
    join organizations o on o.id = a.counterparty_id
    join postings s on s.debit_account_id = a.id
    join entries e on e.id = s.entry_id
    join postings p on p.follows_posting_id = s.id
    where a.organization_id = :organization and e.booked_on between :first and :until
      and p.follows_kind = 'transfer' and p.direction = 'in'
    order by p.id
    """
)


async def _through_members(session: ReadSession, organization_id: UUID, year: int) -> tuple[int, bool]:
    """Return what arrived in a year of all that was sent to members, however many it passed on its way."""
    asked = {"organization": organization_id, "first": LAST_MILE_FROM, "until": date(year, 12, 31)}
    inflows = list(await session.scalars(_TAKEN_IN, asked))
    if not inflows:
        return 0, True
    trace = await tracing.follow(session, inflows, pieces_max=PIECES_MAX)
    spent = [one for one in trace.places if one.posting_id is not None and one.arrived]
    return await _arrived(session, spent, year), trace.complete


# Arrivals are parts of an outflow, and so are the pieces of a walk: what they share has arrived.
_SHARED = text(
    """
    select coalesce(sum(least(a.start + a.amount, w.low + w.amount) - greatest(a.start, w.low)), 0)::bigint
    from unnest(cast(:postings as uuid[]), cast(:lows as bigint[]), cast(:amounts as bigint[]))
      as w (posting_id, low, amount)
    join arrivals a on a.posting_id = w.posting_id and a.start < w.low + w.amount
      and w.low < a.start + a.amount
    where extract(year from a.arrived_on) = :year
    """
)


async def _arrived(session: ReadSession, places: Sequence[Place], year: int) -> int:
    asked = {
        "postings": bulk.array(one.posting_id for one in places),
        "lows": bulk.array(one.offset for one in places),
        "amounts": bulk.array(one.amount for one in places),
    }
    return int(await session.scalar(_SHARED, {**asked, "year": year}) or 0)
