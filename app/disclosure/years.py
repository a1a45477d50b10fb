"""Years: what public campaigns received this year, beside the same days and months of the year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import extract, func, select

from app.disclosure import campaigns
from app.fundraising.models import Campaign, CampaignDay
from app.kit.database import ReadSession

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year with what came in, in fen, then and in the same month of the year before."""

    number: int
    raised: int
    before: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What came in and went back in some days, in fen."""

    raised: int = 0
    refunded: int = 0
    gift_count: int = 0


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """A year up to a day; `before` is the year before up to the same day."""

    as_of: date
    now: Sums
    before: Sums
    months: Sequence[Month]

    @property
    def growth_basis_points(self) -> int | None:
        """By how much more came in than in the same days of the year before; None if nothing did then."""
        if self.before.raised <= 0:
            return None
        return (self.now.raised - self.before.raised) * 10_000 // self.before.raised


async def so_far(session: ReadSession, as_of: date, organization_id: UUID | None = None) -> YearSoFar:
    """Return the year of a day, of all public campaigns or of one organization's."""
    begun, same_day = as_of.replace(month=1, day=1), _year_before(as_of)
    shown = campaigns.shown().with_only_columns(Campaign.id)
    if organization_id is not None:
        shown = shown.where(Campaign.organization_id == organization_id)
    year, month = extract("year", CampaignDay.day), extract("month", CampaignDay.day)
    # Of the month that the day lies in, the year before is counted up to the same day and as a whole.
    counted = (CampaignDay.day >= begun) | (CampaignDay.day <= same_day)
    sums = [func.sum(column) for column in (CampaignDay.raised, CampaignDay.refunded, CampaignDay.gift_count)]
    rows = await session.execute(
        select(year, month, counted, *sums)
        .where(CampaignDay.campaign_id.in_(shown))
        .where(CampaignDay.day.between(_year_before(begun), as_of))
        .group_by(year, month, counted)
    )
    told = [(int(row[0]) == as_of.year, int(row[1]), row[2], Sums(*map(int, row[3:]))) for row in rows]
    return YearSoFar(
        as_of,
        _added([part for now, _, _, part in told if now]),
        _added([part for now, _, same, part in told if same and not now]),
        [_month(number, told) for number in range(1, MONTHS + 1)],
    )


def _month(number: int, told: Sequence[tuple[bool, int, bool, Sums]]) -> Month:
    ours = [(now, part.raised) for now, month, _, part in told if month == number]
    return Month(number, sum(fen for now, fen in ours if now), sum(fen for now, fen in ours if not now))


def _added(parts: Sequence[Sums]) -> Sums:
    return Sums(
        sum(part.raised for part in parts),
        sum(part.refunded for part in parts),
        sum(part.gift_count for part in parts),
    )


def _year_before(day: date) -> date:
    # 29 February has no same day the year before: the 28th ends the same month.
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
