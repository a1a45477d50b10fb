"""Reach: how much of each transfer has arrived at beneficiaries, and what is stuck where since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit.database import ReadSession
from app.ledger import tracing
from app.ledger.models import Entry, Posting
from app.ledger.movements import pairs
from app.ledger.movements.transfers import Nature
from app.projects.models import Transfer, TransferState
from app.projects.transfers import returns, stations
from app.projects.transfers.stations import Station, StationKind

PIECES_MAX = 10_000
_OVER = frozenset({StationKind.arrived, StationKind.returned})


@dataclass(frozen=True, slots=True)
class Reach:
    """A transfer with every station at which its money is."""

    transfer: Transfer
    stations: Sequence[Station]

    def at(self, *where: StationKind) -> int:
        """Return how many fen are at such stations."""
        return sum(one.amount for one in self.stations if one.where in where)

    @property
    def stuck_since(self) -> date | None:
        """Since when the oldest money that has not arrived lies where it is."""
        return min((one.since for one in self.stations if one.where not in _OVER and one.since), default=None)


async def of(session: ReadSession, transfer: Transfer) -> Reach:
    """Return where every fen of a transfer is, however many members it has passed since (ZC art. 12)."""
    [found] = await of_all(session, [transfer])
    return found


async def of_all(session: ReadSession, asked: Sequence[Transfer]) -> list[Reach]:
    """Return the same for many transfers, in their order, all of them by one walk."""
    sent = [one for one in asked if one.sent_on is not None]
    going = await returns.on_their_way(session, [one.id for one in sent])
    left = {one.id: one.amount - one.returned_minor - going.get(one.id, (0, None))[0] for one in sent}
    inflows = await _inflows(session, [one for one in sent if one.received_on is not None])
    trace = await tracing.follow(
        session, list(inflows.values()), pieces_max=PIECES_MAX * max(len(inflows), 1)
    )
    whose = {posting_id: transfer_id for transfer_id, posting_id in inflows.items()}
    # What was given back is the end of what came in, and has its own stations.
    places = [one for one in trace.places if one.start < left[whose[one.origin]]]
    walked = await stations.by_origin(session, places)
    found: list[Reach] = []
    for one in asked:
        at = _near(one, going.get(one.id, (0, None)), left.get(one.id, 0), walks=one.id in inflows)
        at += walked.get(inflows[one.id], []) if one.id in inflows else []
        found.append(Reach(one, [station for station in at if station.amount]))
    return found


def _near(transfer: Transfer, way: tuple[int, date | None], left: int, *, walks: bool) -> list[Station]:
    """Return the stations that need no walk: with the sender again, on the way, or with the receiver."""
    found = [
        _here(transfer, StationKind.returned, transfer.returned_minor, transfer.sender_id, None),
        _here(transfer, StationKind.returning, way[0], transfer.receiver_id, way[1]),
    ]
    if transfer.received_on is None:
        found.append(_here(transfer, StationKind.in_transit, left, transfer.receiver_id, transfer.sent_on))
    elif not walks:
        # Agency money and an advance that is not settled lie in no fund: the receiver has them.
        found.append(_here(transfer, StationKind.unspent, left, transfer.receiver_id, transfer.received_on))
    return found


def _here(
    transfer: Transfer, where: StationKind, amount: int, organization_id: UUID, since: date | None
) -> Station:
    fund_id = transfer.receiver_fund_id if where is StationKind.unspent else None
    return Station(where=where, amount=amount, organization_id=organization_id, since=since, fund_id=fund_id)


async def _inflows(session: ReadSession, received: Sequence[Transfer]) -> dict[UUID, UUID]:
    """Return the posting by which each transfer came into a fund, of those that did."""
    names: dict[str, UUID] = {}
    for one in received:
        advance = one.nature is Nature.advance
        if not advance or one.state is TransferState.settled:
            names[pairs.reference("transfer", one.id, "settled" if advance else "in")] = one.id
    query = (
        select(Entry.reference, Posting.id)
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Entry.reference.in_(names), Posting.fund_id.is_not(None))
    )
    return {names[row[0]]: row[1] for row in await session.execute(query)}
