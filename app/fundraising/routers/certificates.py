"""Certificates for public fundraising and platforms' standings over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting.models import Channel
from app.fundraising.filings import certificates, errors, standings
from app.fundraising.models import (
    Campaign,
    CampaignDay,
    Donation,
    FundraisingCertificate,
    PlatformStanding,
)
from app.fundraising.schemas.filings.certificates import (
    CertificateQuery,
    FundraisingCertificateIn,
    FundraisingCertificateOut,
    FundraisingRevocationIn,
    FundraisingRevocationOut,
    StandingEndIn,
    StandingIn,
    StandingOut,
    StandingQuery,
)
from app.fundraising.schemas.filings.irregular import (
    IrregularDayOut,
    IrregularGiftOut,
    IrregularGiftQuery,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations import platforms
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import Platform
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["certificates"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Recorder = Annotated[Asking, may(Permission.certificates_record)]
PlatformReader = Annotated[Asking, may(Permission.platforms_read)]
PlatformChanger = Annotated[Asking, may(Permission.platforms_change)]
GiftReader = Annotated[Asking, may(Permission.gifts_read)]


@router.post(
    "/certificates",
    operation_id="create_fundraising_certificate",
    summary="Record a fundraising certificate",
    status_code=201,
    response_model=FundraisingCertificateOut,
    responses=problems.responses(errors.CertificateKnown, errors.CertificateTooSoon, errors.FilingDateWrong),
)
async def create_fundraising_certificate(
    session: Writing, caller: Recorder, body: FundraisingCertificateIn
) -> FundraisingCertificate:
    """Record an organization's certificate for public fundraising; without one no public campaign opens."""
    caller.must(at=body.organization_id)
    return await certificates.record(session, body.as_certificate(caller.label))


@router.get(
    "/certificates", operation_id="list_fundraising_certificates", summary="List fundraising certificates"
)
async def list_fundraising_certificates(
    session: Reading, caller: Reader, asked: Annotated[CertificateQuery, Query()]
) -> Page[FundraisingCertificateOut]:
    """List the certificates of the organizations that you can see, also those that were revoked."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = select(FundraisingCertificate).where(FundraisingCertificate.organization_id.in_(visible))
    if asked.revoked is not None:
        query = query.where(FundraisingCertificate.revoked_on.is_not(None) == asked.revoked)
    found = await pages.page(session, query, [FundraisingCertificate.id], asked)
    return Page[FundraisingCertificateOut].model_validate(found)


@router.post(
    "/certificates/{certificate_id}/revocation",
    operation_id="revoke_fundraising_certificate",
    summary="Record a certificate's revocation",
    responses=problems.responses(errors.FundraisingCertificateRevoked, errors.FilingDateWrong),
)
async def revoke_fundraising_certificate(
    session: Writing, caller: Recorder, certificate_id: UUID, body: FundraisingRevocationIn
) -> FundraisingRevocationOut:
    """Record a revocation: every public campaign stops at once, what was given stays usable as filed."""
    certificate = await certificates.get(session, certificate_id)
    caller.must(at=certificate.organization_id)
    stopped = await certificates.revoke(
        session, certificate, on=body.revoked_on, reason=body.reason, actor=caller.label
    )
    shown = FundraisingCertificateOut.model_validate(certificate)
    return FundraisingRevocationOut(**shown.model_dump(), stopped=[one.id for one in stopped])


@router.post(
    "/platforms/{platform_id}/standings",
    operation_id="record_platform_standing",
    summary="Record a platform's designation",
    status_code=201,
    response_model=StandingOut,
    responses=problems.responses(errors.StandingOverlaps, errors.FilingDateWrong),
)
async def record_platform_standing(
    session: Writing, caller: PlatformChanger, platform_id: UUID, body: StandingIn
) -> PlatformStanding:
    """Record from when on a platform is designated for fundraising, or that it is a mere way to pay."""
    platform = await platforms.get(session, platform_id)
    caller.must(at=platform.organization_id)
    standing = PlatformStanding(platform_id=platform.id, actor=caller.label, **dict(body))
    return await standings.record(session, standing)


@router.post(
    "/platforms/{platform_id}/standings/{standing_id}/end",
    operation_id="close_platform_standing",
    summary="End a platform's designation",
    response_model=StandingOut,
    responses=problems.responses(errors.FilingDateWrong),
)
async def close_platform_standing(
    session: Writing, caller: PlatformChanger, platform_id: UUID, standing_id: UUID, body: StandingEndIn
) -> PlatformStanding:
    """Record the last day on which a platform stood as this."""
    platform = await platforms.get(session, platform_id)
    caller.must(at=platform.organization_id)
    standing = await session.get(PlatformStanding, standing_id, with_for_update=True)
    if standing is None or standing.platform_id != platform.id:
        raise OutOfSight
    await standings.end(session, standing, on=body.valid_to)
    return standing


@router.get(
    "/platform-standings", operation_id="list_platform_standings", summary="List platforms' designations"
)
async def list_platform_standings(
    session: Reading, caller: PlatformReader, asked: Annotated[StandingQuery, Query()]
) -> Page[StandingOut]:
    """List as what the platforms of the organizations that you can see stand, and since when."""
    query = (
        select(PlatformStanding)
        .join(Platform, Platform.id == PlatformStanding.platform_id)
        .where(Platform.organization_id.in_(caller.visible()))
    )
    if asked.platform_id is not None:
        query = query.where(PlatformStanding.platform_id == asked.platform_id)
    found = await pages.page(session, query, [PlatformStanding.id], asked)
    return Page[StandingOut].model_validate(found)


@router.get("/irregular-days", operation_id="list_irregular_days", summary="List irregular receipts")
async def list_irregular_days(
    session: Reading, caller: GiftReader, asked: Annotated[PageQuery, Query()]
) -> Page[IrregularDayOut]:
    """List the days on which gifts came by a way that their campaign was not free to use.

    That is a platform that was not designated, or any platform for a targeted campaign. They are booked all
    the same; `GET /v1/fundraising/irregular-gifts` shows them one by one.
    """
    keys = [CampaignDay.day, CampaignDay.campaign_id, CampaignDay.channel_id]
    query = standings.irregular_days(caller.visible())
    found = await pages.page(session, query, keys, asked, newest_first=True)
    known = {
        channel.id: channel.platform_id
        for channel in await session.scalars(
            select(Channel).where(Channel.id.in_({day.channel_id for day in found.items}))
        )
    }
    of = select(Campaign).where(Campaign.id.in_({day.campaign_id for day in found.items}))
    appeals = {campaign.id: campaign for campaign in await session.scalars(of)}
    items = [IrregularDayOut.of(day, appeals[day.campaign_id], known[day.channel_id]) for day in found.items]
    return found.told(items)


@router.get("/irregular-gifts", operation_id="list_irregular_gifts", summary="List irregular gifts")
async def list_irregular_gifts(
    session: Reading, caller: GiftReader, asked: Annotated[IrregularGiftQuery, Query()]
) -> Page[IrregularGiftOut]:
    """List the gifts that are flagged, for they came by a way that their campaign was not free to use.

    The newest first. They are booked like all others; a designation recorded later takes the flag away.
    """
    query = standings.irregular_gifts(caller.visible())
    if asked.campaign_id is not None:
        query = query.where(Donation.campaign_id == asked.campaign_id)
    if asked.channel_id is not None:
        query = query.where(Donation.channel_id == asked.channel_id)
    found = await pages.page(session, query, [Donation.id], asked, newest_first=True, amount=Donation.amount)
    of = select(Campaign).where(Campaign.id.in_({gift.campaign_id for gift in found.items}))
    appeals = {campaign.id: campaign for campaign in await session.scalars(of)}
    items = [IrregularGiftOut.of(gift, appeals[gift.campaign_id]) for gift in found.items if gift.campaign_id]
    return found.told(items)
