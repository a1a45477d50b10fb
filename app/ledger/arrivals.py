"""Arrivals: which parts of an outflow have reached the final beneficiary, and what shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text

from app.kit.database import ReadSession, WriteSession
from app.ledger.errors import ArrivalUnfit
from app.ledger.models import Arrival, ArrivalKind, ArrivalReturn


@dataclass(frozen=True, slots=True)
class Standing:
    """An outflow as it stands: fen not returned, parts that arrived, whether it goes on elsewhere."""

    stands: int
    arrived: Sequence[tuple[int, int]]
    goes_on: bool

    def must_not_have_arrived(self, start: int, amount: int) -> None:
        """Refuse if any of these fen has reached the beneficiary."""
        if any(begin < start + amount and start < begin + length for begin, length in self.arrived):
            raise ArrivalUnfit(start=start, amount=amount)


# Postings are append-only, so nobody can lock one. Its fund's counters stand for it: returns take them too.
_LOCK = text(
    "select c.fund_id from fund_counters c join postings p on p.fund_id = c.fund_id"
    " where p.id = :id and p.direction = 'out' for no key update of c"
)
_STANDING = text(
    """
    select p.amount - coalesce(sum(f.amount) filter (where f.follows_kind = 'returned'), 0)::bigint as stands,
           coalesce(bool_or(f.follows_kind = 'transfer'), false) as goes_on
    from postings p left join postings f on f.follows_posting_id = p.id
    where p.id = :id group by p.id
    """
)


async def lock(session: WriteSession, posting_id: UUID) -> Standing:
    """Return how an outflow stands and keep it so until the transaction ends."""
    if (await session.execute(_LOCK, {"id": posting_id})).first() is None:
        raise ArrivalUnfit(posting=posting_id)
    row = (await session.execute(_STANDING, {"id": posting_id})).one()
    arrived = [(one.start, left) for one, left in await standing(session, [posting_id]) if left]
    return Standing(row.stands, arrived, row.goes_on)


async def standing(session: ReadSession, posting_ids: Collection[UUID]) -> Sequence[tuple[Arrival, int]]:
    """Return the arrivals of some outflows, each with how much of it stands: less what came back."""
    back = (
        select(func.coalesce(func.sum(ArrivalReturn.amount), 0))
        .where(ArrivalReturn.arrival_id == Arrival.id)
        .scalar_subquery()
    )
    query = select(Arrival, Arrival.amount - back).where(Arrival.posting_id.in_(posting_ids))
    rows = await session.execute(query.order_by(Arrival.posting_id, Arrival.start))
    return [(row[0], int(row[1])) for row in rows]


async def take_back(session: WriteSession, posting_id: UUID, amount: int, *, on: date, evidence: str) -> None:
    """Note that so many fen from the end of an outflow come back that its payment alone showed as arrived.

    What a list, a report or an acceptance shows stays: a return of that is refused.
    """
    stands = (await lock(session, posting_id)).stands
    first = stands - amount
    for one, left in await standing(session, [posting_id]):
        gone = min(one.start + left, stands) - max(one.start, first)
        if one.kind is ArrivalKind.paid and gone > 0:
            row = ArrivalReturn(arrival_id=one.id, amount=gone, returned_on=on, evidence=evidence)
            session.add(row)
    await session.flush()


async def record(session: WriteSession, arrival: Arrival) -> Arrival:
    """Note that a part of an outflow has reached the final beneficiary.

    Raises ArrivalUnfit if the part was never paid, was returned, went on to a member, or has arrived already.
    """
    standing = await lock(session, arrival.posting_id)
    fits = arrival.start >= 0 and 0 < arrival.amount <= standing.stands - arrival.start
    if standing.goes_on or not fits:
        raise ArrivalUnfit(start=arrival.start, amount=arrival.amount, stands=standing.stands)
    standing.must_not_have_arrived(arrival.start, arrival.amount)
    session.add(arrival)
    await session.flush()
    return arrival
