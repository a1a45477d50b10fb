"""Tracing: where every fen of a gift went, across funds and organizations, without an allocation table.

Two rules make the walk exact. Who enters an inflow by its door (as the walk's beginning, by a transfer or by
a return) leaves there what was taken back from that inflow. Who arrives at serial numbers by an exchange does
not: those numbers carry other gifts since then (docs/decisions/0009-exchange-on-refund.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.models import EntryKind, FollowKind
from app.ledger.walks import hops, places
from app.ledger.walks.hops import Outflow, Taken
from app.ledger.walks.places import Place, PlaceKind, TraceBasis
from app.ledger.walks.ranges import Walk, carve

__all__ = ["Place", "PlaceKind", "Trace", "TraceBasis", "follow"]

DEPTH_MAX = 8
PIECES_MAX = 1_000
ROUNDS_MAX = 500
"""A gift passed on by more refunds than this one after another is not followed further."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the fen are, in the order they were asked for; not `complete` if a limit cut the walk.

    `next_start` is the first fen, of all the inflows together, that was left out only because there were so
    many pieces: whoever begins there sees more.
    """

    places: list[Place]
    complete: bool
    next_start: int | None = None


async def follow(
    session: ReadSession,
    posting_ids: Sequence[UUID],
    start: int = 0,
    amount: int | None = None,
    *,
    depth_max: int = DEPTH_MAX,
    pieces_max: int = PIECES_MAX,
) -> Trace:
    """Follow every fen of these inflow postings to where it is now; each is in exactly one place.

    `start` and `amount` narrow it to some of their fen, counted through all postings in their order.
    `depth_max` counts organizations passed, `pieces_max` the places of all postings together; what is beyond
    is told as `not_followed`. The basis turns `fifo` at the first fund that ever received anything else.
    """
    walking = _Walking(session, depth_max, pieces_max)
    walking.doors = await _beginnings(session, posting_ids, start, amount)
    rounds = 0
    while walking.doors or walking.funds:
        rounds += 1
        if rounds > ROUNDS_MAX or walking.crowded:
            walking.cut(walking.doors, walking.funds, crowded=rounds <= ROUNDS_MAX)
            break
        await walking.pass_doors()
        await walking.leave_funds()
        await walking.go_on()
    order = {posting_id: number for number, posting_id in enumerate(posting_ids)}
    ended = await places.describe(session, walking.ended)
    ended.sort(key=lambda place: (order[place.origin], place.start))
    return Trace(ended, walking.complete, walking.next_start(ended, start))


async def page(
    session: ReadSession, posting_ids: Sequence[UUID], start: int = 0, *, pieces_max: int = PIECES_MAX
) -> Trace:
    """Follow the fen of these inflows from `start` on, as many as can be followed at once.

    The places end where `next_start` begins: all pages together tell every fen once. What is too many
    organizations away is told as `not_followed`, on whatever page. A page costs a few walks at most.
    """
    found = await follow(session, posting_ids, start, pieces_max=pieces_max)
    whole = asked = sum(place.amount for place in found.places)
    while found.next_start == start and asked > 1:
        # So many ways lead on from here that none was followed to its end: fewer fen have fewer.
        asked //= 2
        found = await follow(session, posting_ids, start, asked, pieces_max=pieces_max)
    end = start + asked if found.next_start is None else found.next_start
    told: list[Place] = []
    at = start
    for place in found.places:
        if at == end:
            break
        told.append(place)
        at += place.amount
    more = end < start + whole
    return Trace(told, found.complete and not more, end if more else None)


_BEGINNINGS = text(
    "select id, amount, organization_id from postings"
    " where id = any(cast(:ids as uuid[])) and direction = 'in'"
)


async def _beginnings(
    session: ReadSession, posting_ids: Sequence[UUID], start: int, amount: int | None
) -> list[Walk]:
    rows = {row.id: row for row in await session.execute(_BEGINNINGS, {"ids": bulk.array(posting_ids)})}
    walks: list[Walk] = []
    before = 0
    for row in [rows[one] for one in dict.fromkeys(posting_ids) if one in rows]:
        low = max(start - before, 0)
        high = row.amount if amount is None else min(row.amount, start + amount - before)
        if low < high:
            walks.append(Walk(row.id, low, high - low, row.id, low, row.organization_id))
        before += row.amount
    return walks


@dataclass(slots=True)
class _Walking:
    """All open walks of one trace: before doors, in funds, and out of them by an outflow."""

    session: ReadSession
    depth_max: int
    pieces_max: int
    doors: list[Walk] = field(default_factory=list[Walk])
    funds: list[Walk] = field(default_factory=list[Walk])
    out: list[tuple[Walk, PlaceKind]] = field(default_factory=list[tuple[Walk, PlaceKind]])
    ended: list[Place] = field(default_factory=list[Place])
    complete: bool = True
    left: set[tuple[UUID, int]] = field(default_factory=set[tuple[UUID, int]])
    """Where those begin that were cut for their number alone."""

    @property
    def crowded(self) -> bool:
        """Whether there are as many pieces as the caller allows."""
        return len(self.ended) + len(self.doors) + len(self.funds) > self.pieces_max

    def next_start(self, ended: Iterable[Place], start: int) -> int | None:
        """Return the first fen that was cut for the number of pieces, if any; `start` is the first of all."""
        for place in ended:
            if (place.origin, place.start) in self.left:
                return start
            start += place.amount
        return None

    def cut(
        self, at_postings: Iterable[Walk], in_funds: Iterable[Walk] = (), *, crowded: bool = False
    ) -> None:
        """End these walks without having followed them."""
        cut = [places.at_posting(walk, PlaceKind.not_followed) for walk in at_postings]
        cut += [places.in_fund(walk, PlaceKind.not_followed) for walk in in_funds]
        self.complete = self.complete and not cut
        if crowded:
            self.left.update((place.origin, place.start) for place in cut)
        self.ended += cut

    async def pass_doors(self) -> None:
        """Enter funds by their inflows; what was taken back from an inflow stays behind."""
        walks, self.doors = self.doors, []
        if not walks:
            return
        for walk, (door, taken) in zip(walks, await hops.doors(self.session, walks), strict=True):
            for piece, back in carve(replace(walk, fifo=walk.fifo or not door.alone), taken):
                if back is None:
                    self.funds.append(piece.moved(door.fund_id, door.first_serial + piece.low))
                else:
                    self._take_back(piece.moved(back.posting_id, piece.low - back.low), back)

    def _take_back(self, walk: Walk, back: Taken) -> None:
        if back.covered:
            self.out.append((walk, _TAKEN_BACK.get(back.kind, PlaceKind.refunded)))
            return
        cleared = min(max(back.cleared - walk.low, 0), walk.amount)
        if cleared:
            self.ended.append(places.at_posting(walk.part(walk.low, cleared), PlaceKind.refunded))
        if cleared < walk.amount:
            rest = walk.part(walk.low + cleared, walk.amount - cleared)
            self.ended.append(places.at_posting(rest, PlaceKind.refunded_uncovered))

    async def leave_funds(self) -> None:
        """See which outflows took the serial numbers; those of an exchange are other numbers now."""
        walks, self.funds = self.funds, []
        if not walks:
            return
        most = self.pieces_max + 1
        for walk, outflows in zip(walks, await hops.outflows(self.session, walks, most), strict=True):
            for piece, outflow in carve(walk, outflows):
                if outflow is not None:
                    self._leave(piece, outflow)
                elif len(outflows) == most:
                    self.cut([], [piece], crowded=True)
                else:
                    self.ended.append(places.in_fund(piece, PlaceKind.unspent))

    def _leave(self, walk: Walk, outflow: Outflow) -> None:
        offset = walk.low - outflow.low
        if outflow.next_fund_id is not None and outflow.next_low is not None:
            exchanged = walk.moved(outflow.next_fund_id, outflow.next_low + offset)
            self.funds.append(replace(exchanged, fifo=True))
            return
        kind = PlaceKind.in_transit if outflow.kind == EntryKind.transfer else PlaceKind.spent
        self.out.append((walk.moved(outflow.posting_id, offset), kind))

    async def go_on(self) -> None:
        """Follow what went on from the outflows: first what was returned, then what was transferred."""
        out, self.out = self.out, []
        if not out:
            return
        found = await hops.followers(self.session, [walk for walk, _ in out])
        for (walk, kind), followers in zip(out, found, strict=True):
            returned = [one for one in followers if one.kind == FollowKind.returned]
            received = [one for one in followers if one.kind == FollowKind.transfer]
            for piece, back in carve(walk, returned):
                if back is not None:
                    self.doors.append(piece.moved(back.posting_id, piece.low - back.low))
                elif received:
                    self._receive(piece, received[0])
                else:
                    self.ended.append(places.at_posting(piece, kind))

    def _receive(self, walk: Walk, transfer: hops.Follower) -> None:
        depth = walk.depth + (transfer.organization_id != walk.organization_id)
        if depth > self.depth_max:
            self.cut([walk])
            return
        here = replace(walk, depth=depth, organization_id=transfer.organization_id)
        self.doors.append(here.moved(transfer.posting_id, walk.low))


_TAKEN_BACK = {EntryKind.reversal: PlaceKind.voided, EntryKind.returned: PlaceKind.in_transit}
"""What a walk ends as when the inflow it began with was taken back; a refund unless named here."""
