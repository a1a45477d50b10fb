"""Regimes: which rules for plans hold on a day, as data.

Sources: the Charity Law of 2023 (慈善法) and the Measures for Public Fundraising (公开募捐管理办法), both in
force since 5 September 2024. What began before is history, and is not judged.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.fundraising.models import CampaignKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """The terms that hold from a day on, in calendar days; the day that sets one off is not counted."""

    from_on: date
    years_max: int
    emergency_years_max: int
    file_ahead: timedelta
    emergency_file_after: timedelta
    change_after: timedelta
    complete_after: timedelta
    report_every: timedelta
    reapply_after_years: int


REGIMES = (
    Regime(
        from_on=date(2024, 9, 5),
        years_max=3,
        emergency_years_max=1,
        file_ahead=timedelta(days=10),
        emergency_file_after=timedelta(days=10),
        change_after=timedelta(days=10),
        complete_after=timedelta(days=5),
        report_every=timedelta(days=5),
        reapply_after_years=5,
    ),
)
"""In the order of their days. A new text is a new row: what was judged by an older one stays judged by it."""


def at(day: date) -> Regime | None:
    """Return the rules that hold on a day; None before the first."""
    return next((one for one in reversed(REGIMES) if one.from_on <= day), None)


def now_or_first(day: date) -> Regime:
    """Return the rules that hold on a day, or those that came first after it."""
    return at(day) or REGIMES[0]


def kind_of(starts_on: date) -> CampaignKind:
    """Return what a campaign is that comes here while under way: history, if it began before all rules."""
    return CampaignKind.public if starts_on >= REGIMES[0].from_on else CampaignKind.historical
