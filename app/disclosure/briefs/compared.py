"""Compared: a number of some days beside those of a year before, and since 1 January beside the same."""

from collections.abc import Sequence
from dataclasses import replace

from app.disclosure.figures.told import PER_MILLE, growth
from app.kit.facts import fact


@fact(kw_only=True)
class Compared:
    """A number of the days and since 1 January, each beside the same days a year before."""

    now: int
    before: int
    this_year: int
    this_year_before: int
    alike: "Compared | None" = None
    """The same of those alone whose books reach back so far, if others are in it."""

    @property
    def growth(self) -> int | None:
        """Return by how many thousandths it grew, like against like; None where there was nothing before."""
        like = self.alike or self
        return growth(like.now, like.before)

    @property
    def growth_since_new_year(self) -> int | None:
        """Return by how many thousandths what there was since 1 January grew."""
        like = self.alike or self
        return growth(like.this_year, like.this_year_before)


def compared(four: Sequence[int], alike: Sequence[int]) -> Compared:
    """Return a number of the days, of a year before, since 1 January, and of that a year before.

    `alike` is the same of those who can be compared; if others have nothing, that makes no difference.
    """
    like = None if list(alike) == list(four) else _told(alike)
    return replace(_told(four), alike=like)


def _told(four: Sequence[int]) -> Compared:
    now, before, this_year, this_year_before = four
    return Compared(now=now, before=before, this_year=this_year, this_year_before=this_year_before)


def share(part: int, whole: int | None) -> int | None:
    """Return a share in thousandths, half up; None of nothing."""
    if whole is None or whole <= 0:
        return None
    return (2 * PER_MILLE * part + whole) // (2 * whole)
