"""Reach: how much of each transfer has arrived at beneficiaries, and what is stuck where since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.kit.database import ReadSession
from app.ledger import tracing
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
    if transfer.sent_on is None:
        return Reach(transfer, [])
    way = (await returns.on_their_way(session, [transfer.id])).get(transfer.id, (0, None))
    back, (going, since) = transfer.returned_minor, way
    found = [
        _here(transfer, StationKind.returned, back, transfer.sender_id, None),
        _here(transfer, StationKind.returning, going, transfer.receiver_id, since),
    ]
    left = transfer.amount - back - going
    if transfer.received_on is None:
        found.append(_here(transfer, StationKind.in_transit, left, transfer.receiver_id, transfer.sent_on))
    elif (inflow_id := await _inflow(session, transfer)) is None:
        # Agency money and an advance that is not settled lie in no fund: the receiver has them.
        found.append(_here(transfer, StationKind.unspent, left, transfer.receiver_id, transfer.received_on))
    else:
        trace = await tracing.follow(session, [inflow_id], pieces_max=PIECES_MAX)
        # What was given back is the end of what came in, and has its own stations.
        found += await stations.of(session, [one for one in trace.places if one.start < left])
    return Reach(transfer, [one for one in found if one.amount])


def _here(
    transfer: Transfer, where: StationKind, amount: int, organization_id: UUID, since: date | None
) -> Station:
    fund_id = transfer.receiver_fund_id if where is StationKind.unspent else None
    return Station(where=where, amount=amount, organization_id=organization_id, since=since, fund_id=fund_id)


async def _inflow(session: ReadSession, transfer: Transfer) -> UUID | None:
    advance = transfer.nature is Nature.advance
    if advance and transfer.state is not TransferState.settled:
        return None
    half = await pairs.find(session, "transfer", transfer.id, "settled" if advance else "in")
    return half.posting_id if half is not None and half.fund_id is not None else None
