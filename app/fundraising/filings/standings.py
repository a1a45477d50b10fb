"""Standings: on which days a platform was designated, and what arrived through one that was not."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, cast, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounting.models import Channel
from app.fundraising.filings import regimes
from app.fundraising.filings.errors import FilingDateWrong, PlatformNotDesignated, StandingOverlaps
from app.fundraising.models import (
    Campaign,
    CampaignDay,
    CampaignKind,
    Donation,
    DonationState,
    PlatformStanding,
    StandingKind,
)
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE
from app.kit.database import ReadSession, WriteSession


async def record(session: WriteSession, standing: PlatformStanding) -> PlatformStanding:
    """Record as what a platform stands from when until when, with the batch that designated it."""
    if standing.valid_to is not None and standing.valid_to < standing.valid_from:
        raise FilingDateWrong(day=standing.valid_to)
    overlaps = StandingOverlaps(platform=standing.platform_id)
    async with constraints.told(session, {"platform_standings_overlap_excl": overlaps}):
        session.add(standing)
    return standing


async def end(session: WriteSession, standing: PlatformStanding, *, on: date) -> None:
    """Let a standing end with a day: the platform was struck off the list."""
    if on < standing.valid_from or (standing.valid_to is not None and on > standing.valid_to):
        raise FilingDateWrong(day=on)
    standing.valid_to = on
    await session.flush()


async def must_be_designated(session: ReadSession, platform_ids: Collection[UUID], on: date) -> None:
    """Refuse a platform that was not designated on a day (Charity Law 27)."""
    query = select(PlatformStanding.platform_id).where(
        PlatformStanding.platform_id.in_(platform_ids),
        PlatformStanding.kind == StandingKind.designated,
        PlatformStanding.valid_from <= on,
        or_(PlatformStanding.valid_to.is_(None), PlatformStanding.valid_to >= on),
    )
    missing = set(platform_ids) - set(await session.scalars(query))
    if missing:
        raise PlatformNotDesignated(platforms=sorted(missing), day=on, article="慈善法 第二十七条")


def irregular_days(visible: Collection[UUID]) -> Select[CampaignDay]:
    """Return the query for the days on which money came by a way that the campaign was not free to use.

    That is: through a platform that did not stand for anything on that day, or for a targeted campaign
    through any platform. The money is booked all the same, as it has been paid. A day's totals tell it, so
    that the search grows with the days and not with the gifts.
    """
    irregular = _irregular(CampaignDay.day)
    return (
        select(CampaignDay)
        .join(Campaign, Campaign.id == CampaignDay.campaign_id)
        .join(Channel, Channel.id == CampaignDay.channel_id)
        .where(Campaign.organization_id.in_(visible), CampaignDay.gift_count > 0, *irregular)
    )


def irregular_gifts(visible: Collection[UUID]) -> Select[Donation]:
    """Return the query for the gifts that came by a way that their campaign was not free to use, one by one.

    They are flagged by what stands on the day on which they were given, so a designation that is recorded
    later takes the flag away again.
    """
    day = cast(func.timezone(str(LEGAL_ZONE), Donation.donated_at), Date)
    return (
        select(Donation)
        .join(Campaign, Campaign.id == Donation.campaign_id)
        .join(Channel, Channel.id == Donation.channel_id)
        .where(
            Donation.organization_id.in_(visible),
            Donation.state == DonationState.posted,
            *_irregular(day),
        )
    )


async def flagged(session: ReadSession, gifts: Sequence[Donation]) -> frozenset[UUID]:
    """Return which of these gifts came by a way that their campaign was not free to use."""
    ids = [gift.id for gift in gifts]
    query = irregular_gifts({gift.organization_id for gift in gifts}).with_only_columns(Donation.id)
    return frozenset(await session.scalars(query.where(Donation.id.in_(ids))))


def _irregular(day: ColumnElement[date] | InstrumentedAttribute[date]) -> list[ColumnElement[bool]]:
    """What is irregular of a campaign and a channel on a day."""
    standing = exists().where(
        PlatformStanding.platform_id == Channel.platform_id,
        PlatformStanding.valid_from <= day,
        or_(PlatformStanding.valid_to.is_(None), PlatformStanding.valid_to >= day),
    )
    in_public = and_(Campaign.kind == CampaignKind.public, day >= regimes.REGIMES[0].from_on, ~standing)
    return [Channel.platform_id.is_not(None), or_(in_public, Campaign.kind == CampaignKind.targeted)]
