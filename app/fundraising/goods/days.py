"""Days: when something happened to goods, as the books want it."""

from datetime import date, datetime, time

from app.fundraising.goods.errors import DayUnfit
from app.kit.clock import LEGAL_ZONE, now, today


def moment(day: date) -> datetime:
    """Return when something happened: now, or noon of a day of which nobody told the hour."""
    return now() if day == today() else datetime.combine(day, time(12), LEGAL_ZONE)


def must_have_come(day: date, *, after: date | None = None) -> None:
    """Refuse a day that is still to come, or that lies before what it follows."""
    if day > today() or (after is not None and day < after):
        raise DayUnfit(day=day, after=after)
