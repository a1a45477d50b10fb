"""Compared: a number of some days beside those of a year before, and since 1 January beside the same."""

from collections.abc import Sequence

from app.disclosure.figures.told import PER_MILLE, growth
from app.kit.facts import fact


@fact(kw_only=True)
class Compared:
    """A number of the days and since 1 January, each beside the same days a year before."""

    now: int
    before: int
    this_year: int
    this_year_before: int

    @property
    def growth(self) -> int | None:
        """Return by how many thousandths it grew; None where there was nothing before."""
        return growth(self.now, self.before)

    @property
    def growth_since_new_year(self) -> int | None:
        """Return by how many thousandths what there was since 1 January grew."""
        return growth(self.this_year, self.this_year_before)


def compared(four: Sequence[int]) -> Compared:
    """Return a number of the days, of a year before, since 1 January, and of that a year before."""
    now, before, this_year, this_year_before = four
    return Compared(now=now, before=before, this_year=this_year, this_year_before=this_year_before)


def share(part: int, whole: int | None) -> int | None:
    """Return a share in thousandths, half up; None of nothing."""
    if whole is None or whole <= 0:
        return None
    return (2 * PER_MILLE * part + whole) // (2 * whole)
