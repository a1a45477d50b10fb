"""Flows: a gift's parts, gathered by the fund they lie in or left by, and drawn in proportion."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.disclosure.traces import GiftTrace, Part

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Stage:
    """A fund on the gift's way, with the parts that are or ended there."""

    parts: Sequence[Part]

    @property
    def first(self) -> Part:
        """Any of them: all name the same fund and organization."""
        return self.parts[0]

    @property
    def amount(self) -> int:
        """What of the gift came so far, in fen."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part as a stretch of the bar."""

    part: Part
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The stages of a gift in the order of its way, and its parts as one bar."""

    stages: Sequence[Stage]
    bar: Sequence[Stretch]


def of(trace: GiftTrace) -> Flow:
    """Return a trace as the page draws it."""
    stages: dict[tuple[int, str, str], list[Part]] = {}
    for part in trace.parts:
        key = (part.depth, part.organization_code, part.fund_code or "")
        stages.setdefault(key, []).append(part)
    bar: list[Stretch] = []
    before = trace.start
    for part in trace.parts:
        x, end = (WIDTH * fen / trace.donation.amount for fen in (before, before + part.amount))
        bar.append(Stretch(part, round(x, 1), round(end - x, 1)))
        before += part.amount
    return Flow([Stage(parts) for _, parts in sorted(stages.items(), key=lambda item: item[0])], bar)
