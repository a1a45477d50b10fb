"""Clock: the only place that asks what time it is, and in which zone the law counts its days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the current moment, in UTC."""
    return datetime.now(UTC)


def legal_day(moment: datetime) -> date:
    """Return the calendar day on which `moment` falls in the zone of the books (Asia/Shanghai)."""
    return moment.astimezone(LEGAL_ZONE).date()


def today() -> date:
    """Return today's date in the zone of the books."""
    return legal_day(now())
