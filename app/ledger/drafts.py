"""Drafts: entries before they are booked, as lines with two accounts each, balanced by construction."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from uuid import UUID

from app.kit.facts import fact
from app.kit.ids import new_id
from app.ledger.models import Direction, EntryKind, FollowKind
from app.ledger.serials import Counter


@fact(kw_only=True)
class Follow:
    """The earlier posting that a line goes on from, and where in it (books.md, "Follows")."""

    posting_id: UUID
    offset: int
    kind: FollowKind

    def later(self, by: int) -> "Follow":
        """Return the place `by` fen further on."""
        return Follow(posting_id=self.posting_id, offset=self.offset + by, kind=self.kind)


@fact(kw_only=True)
class Line:
    """An amount in fen, debited to one account and credited to another.

    `fund_id` and `direction` say whose serial numbers it moves. A line with `due_from` is a fact: what the
    fund can't cover is debited there (1122, due from the fund) instead of being refused. `id` becomes the
    posting's, given by those who let another line of the same batch follow it.
    """

    debit: UUID
    credit: UUID
    amount: int
    fund_id: UUID | None = None
    direction: Direction | None = None
    follows: Follow | None = None
    due_from: UUID | None = None
    id: UUID | None = None


@fact(kw_only=True)
class Commitment:
    """What a gift's entry binds itself to without telling it: who gave, and the source's own number."""

    person_key: bytes = field(repr=False)
    donor: str = field(repr=False)
    reference: str = field(repr=False)


@fact(kw_only=True)
class Draft:
    """An entry to be posted. `reference` is unique in the books: nothing is booked twice."""

    organization_id: UUID
    chart: str
    kind: EntryKind
    reference: str
    occurred_at: datetime
    actor: str
    lines: Sequence[Line]
    summary: str | None = None
    source: str | None = None
    reverses_id: UUID | None = None
    commits: Commitment | None = None
    fact: bool = False
    """It has happened at a bank or platform: never refused for want of money on an account (floors.py)."""
    id: UUID = field(default_factory=new_id)


@fact()
class Booked:
    """A posting as it stands in the books, with the first of the serial numbers it took."""

    id: UUID
    draft: Draft
    number: int
    debit: UUID
    credit: UUID
    amount: int
    fund_id: UUID | None = None
    direction: Direction | None = None
    first_serial: int | None = None
    follows: Follow | None = None
    stands_for: UUID | None = None


class Short(ValueError):  # noqa: N818 - a fact, told as a refusal by the journal
    """A decision asks more of a fund than it holds."""

    def __init__(self, line: Line, left: int) -> None:
        super().__init__(f"{line.amount} asked, {left} left")
        self.line = line
        self.left = left


def allot(draft: Draft, counters: dict[UUID, Counter]) -> list[Booked]:
    """Give a draft's lines their serial numbers, advancing `counters`; a fact not covered is split."""
    booked: list[Booked] = []
    for line in draft.lines:
        number = len(booked) + 1
        if line.fund_id is None or line.direction is None:
            moved = (line.amount, None, None, None, line.follows)
            booked.append(Booked(line.id or new_id(), draft, number, line.debit, line.credit, *moved))
            continue
        counter = counters[line.fund_id]
        if line.direction is Direction.inflow:
            serial = counter.take_in(line.amount)
            moved = (line.amount, line.fund_id, line.direction, serial, line.follows)
            booked.append(Booked(line.id or new_id(), draft, number, line.debit, line.credit, *moved))
        else:
            booked += _take_out(draft, line, counter, number)
    return booked


def _take_out(draft: Draft, line: Line, counter: Counter, number: int) -> list[Booked]:
    covered = min(line.amount, counter.left)
    if covered < line.amount and line.due_from is None:
        raise Short(line, counter.left)
    parts: list[Booked] = []
    if covered:
        serial = counter.take_out(covered)
        moved = (covered, line.fund_id, line.direction, serial, line.follows)
        parts.append(Booked(line.id or new_id(), draft, number, line.debit, line.credit, *moved))
    if covered < line.amount and line.due_from is not None:
        rest = line.follows.later(covered) if line.follows else None
        moved = (line.amount - covered, None, None, None, rest, line.debit)
        parts.append(Booked(new_id(), draft, number + len(parts), line.due_from, line.credit, *moved))
    return parts
