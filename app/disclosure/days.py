"""Days: what a campaign received and gave back, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.errors import SpanUnfit
from app.fundraising.models import Campaign, CampaignDay
from app.kit.clock import today
from app.kit.database import ReadSession

DAYS_DEFAULT = 90
DAYS_MAX = 366


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a campaign, in fen; days on which nothing happened are left out."""

    day: date
    raised: int
    refunded: int
    gift_count: int
    refund_count: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


async def span(
    session: ReadSession, campaign: Campaign, *, first: date | None = None, last: date | None = None
) -> Span:
    """Return the days that are asked for; else the 90 up to the last on which the campaign had anything.

    Unless they are asked for, no days from before it began and had its first gift.
    """
    ends = select(func.min(CampaignDay.day), func.max(CampaignDay.day))
    earliest, latest = (await session.execute(ends.where(CampaignDay.campaign_id == campaign.id))).one()
    if last is None:
        last = max(latest or today(), first or date.min)
        if first is not None:
            last = min(last, first + timedelta(days=DAYS_MAX - 1))
    if first is None:
        # Counted from the year 1: its first days have no 90 before them.
        first = date.fromordinal(max(last.toordinal() - DAYS_DEFAULT + 1, 1))
        # A gift that somebody claimed for it may be older than the campaign.
        first = min(last, max(first, min(campaign.starts_on, earliest or campaign.starts_on)))
    if not 0 <= (last - first).days < DAYS_MAX:
        raise SpanUnfit(days_max=DAYS_MAX)
    return Span(first, last)


async def of(session: ReadSession, campaign_id: UUID, within: Span) -> list[Day]:
    """Return the days on which the campaign received or gave back anything, in order."""
    sums = [
        func.sum(column)
        for column in (
            CampaignDay.raised,
            CampaignDay.refunded,
            CampaignDay.gift_count,
            CampaignDay.refund_count,
        )
    ]
    rows = await session.execute(
        select(CampaignDay.day, *sums)
        .where(CampaignDay.campaign_id == campaign_id, CampaignDay.day.between(within.first, within.last))
        .group_by(CampaignDay.day)
        .order_by(CampaignDay.day)
    )
    return [Day(day, *map(int, amounts)) for day, *amounts in rows]
