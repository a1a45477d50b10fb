"""Ranges: unbroken runs of fen on their way through the books, and how others carve them up. No I/O."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar
from uuid import UUID


class Range(Protocol):
    """Anything that begins somewhere and is some fen long."""

    @property
    def low(self) -> int:
        """The first fen."""
        ...

    @property
    def amount(self) -> int:
        """How many there are."""
        ...


@dataclass(frozen=True, slots=True)
class Walk:
    """Fen [start, start + amount) of the posting `origin`, as far as they have been followed.

    They stand now at [low, low + amount) of `at`: of a posting's own fen, or of a fund's serial numbers.
    """

    origin: UUID
    start: int
    amount: int
    at: UUID
    low: int
    organization_id: UUID
    depth: int = 0
    fifo: bool = False

    @property
    def high(self) -> int:
        """The first fen behind it, where it stands."""
        return self.low + self.amount

    def part(self, low: int, amount: int) -> "Walk":
        """Return the part that stands at [low, low + amount)."""
        return replace(self, start=self.start + low - self.low, low=low, amount=amount)

    def moved(self, at: UUID, low: int) -> "Walk":
        """Return the same fen at another place."""
        return replace(self, at=at, low=low)


Cover = TypeVar("Cover", bound=Range)


def carve(walk: Walk, covers: Iterable[Cover]) -> Iterator[tuple[Walk, Cover | None]]:
    """Yield the walk in pieces from its front: each with what covers it there, None where nothing does.

    `covers` do not overlap and come in order, in the numbers where the walk stands.
    """
    low = walk.low
    for cover in covers:
        begin, end = max(cover.low, low), min(cover.low + cover.amount, walk.high)
        if begin >= end:
            continue
        if low < begin:
            yield walk.part(low, begin - low), None
        yield walk.part(begin, end - begin), cover
        low = end
    if low < walk.high:
        yield walk.part(low, walk.high - low), None
