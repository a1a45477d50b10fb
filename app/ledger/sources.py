"""Sources: whose gifts paid for an outflow; tracing walked backwards."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession
from app.ledger.walks import origins
from app.ledger.walks.ranges import Walk, carve

PIECES_MAX = 1_000
ROUNDS_MAX = 500


class SourceKind(enum.StrEnum):
    """What paid: a gift (any inflow that follows nothing), nobody yet (`due`), or beyond a limit."""

    gift = "gift"
    due = "due"
    not_followed = "not_followed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What paid for fen [at, at + amount) of an outflow: fen from `start` on of the inflow `posting_id`.

    `due` names the posting that still waits to be covered: its gift was refunded after it had been spent.
    """

    kind: SourceKind
    at: int
    amount: int
    posting_id: UUID | None = None
    entry_id: UUID | None = None
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Sources of an outflow from some fen of it on, and the fen from which to ask for the rest, if any."""

    sources: list[Source]
    next_start: int | None


# What was returned was not paid for in the end; the returns take the outflow from its end.
_OUTFLOW = text(
    """
    select p.fund_id, p.first_serial, p.organization_id, p.amount - coalesce((
      select sum(r.amount) from postings r where r.follows_posting_id = p.id and r.follows_kind = 'returned'
    ), 0)::bigint as stands
    from postings p where p.id = :id and p.direction = 'out'
    """
)


async def of(
    session: ReadSession,
    posting_id: UUID,
    start: int = 0,
    amount: int | None = None,
    *,
    pieces_max: int = PIECES_MAX,
) -> list[Source]:
    """Return whose inflows paid for this part of an outflow, in its order; without an amount, for all of it.

    Parts that were returned are left out. Gifts that came through other organizations are named as the first
    of them received them. With more than `pieces_max` pieces the rest reads `not_followed`: `page` goes on.
    """
    row = (await session.execute(_OUTFLOW, {"id": posting_id})).one_or_none()
    stands = max(row.stands - start, 0) if row else 0
    wanted = stands if amount is None else min(amount, stands)
    if row is None or not wanted:
        return []
    walk = Walk(posting_id, start, wanted, row.fund_id, row.first_serial + start, row.organization_id)
    back = _Back(session, pieces_max, funds=[walk])
    rounds = 0
    while back.funds or back.doors:
        rounds += 1
        if rounds > ROUNDS_MAX or len(back.ended) + len(back.funds) + len(back.doors) > pieces_max:
            back.cut([*back.funds, *back.doors])
            break
        await back.find_inflows()
        await back.undo_exchanges()
        await back.leave_doors()
    return sorted(back.ended, key=lambda source: source.at)


async def page(
    session: ReadSession, posting_id: UUID, start: int = 0, *, pieces_max: int = PIECES_MAX
) -> Reach:
    """Return the sources of an outflow from a fen of it on, as many as can be followed at once.

    A fen that can't be followed at all reads `not_followed`, and the rest begins behind it.
    """
    found = await of(session, posting_id, start, pieces_max=pieces_max)
    whole = asked = sum(source.amount for source in found)
    while asked > 1 and found[0].kind is SourceKind.not_followed:
        # So many ways lead back from here that none was followed to its end: fewer fen have fewer.
        asked //= 2
        found = await of(session, posting_id, start, asked, pieces_max=pieces_max)
    followed = list(takewhile(lambda source: source.kind is not SourceKind.not_followed, found)) or found
    end = sum(source.amount for source in followed)
    return Reach(sources=followed, next_start=start + end if end < whole else None)


@dataclass(slots=True)
class _Back:
    """All open walks, backwards: in funds, in inflows (maybe exchanged), before the doors of inflows."""

    session: ReadSession
    pieces_max: int
    funds: list[Walk] = field(default_factory=list[Walk])
    inside: list[Walk] = field(default_factory=list[Walk])
    doors: list[Walk] = field(default_factory=list[Walk])
    ended: list[Source] = field(default_factory=list[Source])

    def cut(self, walks: Sequence[Walk]) -> None:
        """End these walks without having followed them."""
        self.ended += [
            Source(kind=SourceKind.not_followed, at=walk.start, amount=walk.amount) for walk in walks
        ]

    async def find_inflows(self) -> None:
        """Find the inflows whose serial numbers these are."""
        walks, self.funds = self.funds, []
        if not walks:
            return
        found = await origins.inflows(self.session, walks, self.pieces_max + 1)
        for walk, inflows in zip(walks, found, strict=True):
            for piece, inflow in carve(walk, inflows):
                if inflow is None:
                    self.cut([piece])
                else:
                    self.inside.append(piece.moved(inflow.posting_id, piece.low - inflow.low))

    async def undo_exchanges(self) -> None:
        """Go back from numbers that were exchanged to those that were taken for them."""
        walks, self.inside = self.inside, []
        if not walks:
            return
        for walk, taken in zip(walks, await origins.exchanges(self.session, walks), strict=True):
            paid = [one for one in taken if one.fund_id is not None]
            for piece, back in carve(walk, paid):
                if back is not None and back.fund_id is not None and back.first_serial is not None:
                    self.funds.append(piece.moved(back.fund_id, back.first_serial + piece.low - back.low))
                    continue
                for rest, waiting in carve(piece, [one for one in taken if one.fund_id is None]):
                    if waiting is None:
                        self.doors.append(rest)
                    else:
                        source = Source(
                            kind=SourceKind.due,
                            at=rest.start,
                            amount=rest.amount,
                            posting_id=waiting.posting_id,
                            entry_id=waiting.entry_id,
                            start=rest.low - waiting.low,
                        )
                        self.ended.append(source)

    async def leave_doors(self) -> None:
        """Go back from inflows that follow an outflow to it; the others are the gifts."""
        walks, self.doors = self.doors, []
        if not walks:
            return
        for walk, origin in zip(walks, await origins.of(self.session, walks), strict=True):
            if origin.exchanged_id is not None:
                # A refund that came back: the gift itself paid.
                self.doors.append(walk.moved(origin.exchanged_id, origin.before + walk.low))
            elif origin.fund_id is not None:
                self.funds.append(walk.moved(origin.fund_id, origin.before + walk.low))
            else:
                source = Source(
                    kind=SourceKind.gift,
                    at=walk.start,
                    amount=walk.amount,
                    posting_id=walk.at,
                    entry_id=origin.entry_id,
                    start=walk.low,
                )
                self.ended.append(source)
