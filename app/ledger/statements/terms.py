"""Terms: the month or the year that a statement is about."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.ledger.errors import TermUnreadable
from app.ledger.periods import next_month

_TERM = re.compile(r"(?P<year>20\d\d)(-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Term:
    """Whole months of one calendar year, named by the first day of the first and of the last."""

    first: date
    last: date

    @property
    def until(self) -> date:
        """The last day."""
        return next_month(self.last) - timedelta(days=1)

    @property
    def whole_year(self) -> bool:
        """Whether it is a calendar year."""
        return (self.first.month, self.last.month) == (1, 12)

    def __str__(self) -> str:
        return f"{self.first:%Y}" if self.first != self.last else f"{self.first:%Y-%m}"

    def so_far(self) -> "Term":
        """Return the year from its beginning to this term's end."""
        return Term(self.first.replace(month=1), self.last)

    def year_before(self) -> "Term":
        """Return the same months one year earlier."""
        return Term(self.first.replace(year=self.first.year - 1), self.last.replace(year=self.last.year - 1))


def read(text: str) -> Term:
    """Return the term that "2026" or "2026-05" names, or refuse."""
    match = _TERM.fullmatch(text)
    if match is None:
        raise TermUnreadable(period=text)
    year, month = int(match["year"]), int(match["month"] or 0)
    return Term(date(year, month or 1, 1), date(year, month or 12, 1))
