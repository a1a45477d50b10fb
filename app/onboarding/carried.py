"""Carried: what was kept of the time before an organization went live, read again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.models import Campaign
from app.kit.database import ReadSession
from app.onboarding.models import CarriedCampaign, CarriedGift, CarriedTransit, Onboarding
from app.organizations.errors import OutOfSight


async def onboarding(session: ReadSession, organization_id: UUID) -> Onboarding:
    """Return with which workbook an organization went live; refuse for one that took none."""
    kept = await session.scalar(select(Onboarding).where(Onboarding.organization_id == organization_id))
    if kept is None:
        raise OutOfSight
    return kept


async def transits(session: ReadSession, organization_id: UUID) -> Sequence[CarriedTransit]:
    """Return what was on its way when the books went live, in the order of the sheet."""
    found = await session.scalars(
        select(CarriedTransit)
        .where(CarriedTransit.organization_id == organization_id)
        .order_by(CarriedTransit.number)
    )
    return found.all()


def gifts(
    organization_id: UUID, *, fund_id: UUID | None, since: date | None, until: date | None
) -> Select[CarriedGift]:
    """Return the query for the gifts behind what funds held, of one fund and of some days if asked."""
    query = select(CarriedGift).where(CarriedGift.organization_id == organization_id)
    if fund_id is not None:
        query = query.where(CarriedGift.fund_id == fund_id)
    if since is not None:
        query = query.where(CarriedGift.given_on >= since)
    if until is not None:
        query = query.where(CarriedGift.given_on <= until)
    return query


def campaigns(organization_id: UUID) -> Select[Campaign]:
    """Return the query for the campaigns of which a last publication was told."""
    return (
        select(Campaign)
        .join(CarriedCampaign, CarriedCampaign.campaign_id == Campaign.id)
        .where(Campaign.organization_id == organization_id)
    )


async def last_published(session: ReadSession, campaign_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return on which day campaigns were last published about before they came here."""
    rows = await session.execute(
        select(CarriedCampaign.campaign_id, CarriedCampaign.last_published_on).where(
            CarriedCampaign.campaign_id.in_(campaign_ids)
        )
    )
    return {row[0]: row[1] for row in rows}
