"""Reports: the account of one import."""

from asyncio import CancelledError
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from app.fundraising.imports.fates import Fate, FateKind
from app.fundraising.imports.parts import Part
from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class Stop:
    """Why nothing, or nothing more, was booked."""

    code: str
    detail: str

    @classmethod
    def by(cls, error: BaseException) -> Self:
        """Return the stop that an error is."""
        if isinstance(error, CancelledError):
            return cls(
                "interrupted", "interrupted; what is booked stays, and the next run goes on from there"
            )
        facts = error.facts if isinstance(error, Refusal) else {}
        said = [title(error), *(f"{name}={value}" for name, value in facts.items())]
        return cls(type(error).__name__, " ".join(said))


@dataclass(slots=True)
class Tally:
    """How many rows had a fate, and how much they hold, in fen."""

    row_count: int = 0
    amount: int = 0


class Report:
    """The account of one import: its stops, its parts, and per part and fate how many rows and how much."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.complete = False
        """Whether every row of the file has been told."""
        self.stops: list[Stop] = []
        self.parts: list[Part] = []
        self.tallies: list[dict[FateKind, Tally]] = []

    def begin(self, parts: list[Part]) -> None:
        """Take the parts of the file, as its first reading found them."""
        self.parts = parts
        self.tallies = [{kind: Tally() for kind in FateKind} for _ in parts]

    @contextmanager
    def accounting(self) -> Generator[None]:
        """Note what ends the import before every row has been told; if nothing does, it is complete."""
        try:
            yield
        except BaseException as error:
            self.stops.append(Stop.by(error))
            raise
        self.complete = True

    def count(self, fate: Fate) -> None:
        """Count a row."""
        tally = self.tallies[fate.part][fate.kind]
        tally.row_count += 1
        tally.amount += fate.amount

    @property
    def row_count(self) -> int:
        """How many rows the file holds."""
        return sum(part.row_count for part in self.parts)

    @property
    def amount(self) -> int:
        """What the file's amounts add up to, in fen."""
        return sum(part.amount for part in self.parts)

    def total(self, kind: FateKind) -> Tally:
        """Return how many rows of the whole file had a fate, and how much they hold."""
        tallies = [tallies[kind] for tallies in self.tallies]
        return Tally(sum(tally.row_count for tally in tallies), sum(tally.amount for tally in tallies))

    @property
    def untold(self) -> Tally:
        """How many rows were counted and not told, because something came in between."""
        told = [self.total(kind) for kind in FateKind]
        return Tally(
            self.row_count - sum(tally.row_count for tally in told),
            self.amount - sum(tally.amount for tally in told),
        )

    def repeats(self, part: Part) -> str | None:
        """Return the name of the file that a part is again, be it in another order; None if of none."""
        if part.repeats is not None:
            return self.parts[part.repeats].name
        whole = (one for one in part.overlaps if one.row_count == one.with_row_count == part.row_count)
        return next((one.with_name for one in whole), None)

    @property
    def clean(self) -> bool:
        """Whether nothing was stopped and nothing rejected."""
        return not self.stops and not self.total(FateKind.rejected).row_count


def title(error: BaseException) -> str:
    """Return what a refusal means; of a database's error only that there was one, as it may quote a row."""
    if isinstance(error, Refusal):
        return error.detail or (type(error).__doc__ or "").partition("\n")[0]
    return "the database refuses it"
