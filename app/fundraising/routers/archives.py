"""A campaign's archive, notice, filings at places and invite list over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.fundraising import campaigns
from app.fundraising.filings import archives, errors, invitations, notices, places
from app.fundraising.models import Campaign, Invitation, LocalFiling
from app.fundraising.schemas.filings.archives import (
    ArchiveOut,
    DocumentsIn,
    InvitationIn,
    InvitationOut,
    LocalFilingIn,
    LocalFilingOut,
    NoticeOut,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may, public

router = APIRouter(
    prefix="/v1/fundraising/campaigns/{campaign_id}", tags=["plans"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
Asked = Annotated[PageQuery, Query()]


@router.post(
    "/documents",
    operation_id="add_campaign_documents",
    summary="Add documents to a campaign's archive",
    responses=problems.responses(AttachmentNotFree),
)
async def add_campaign_documents(
    session: Writing, caller: Changer, campaign_id: UUID, body: DocumentsIn
) -> ArchiveOut:
    """Put files that you uploaded into a campaign's archive; their `kind` says what they are."""
    campaign = await _found(session, caller, campaign_id)
    await archives.add(session, campaign, body.attachment_ids, by=caller.label)
    return ArchiveOut.of(campaign, await archives.of(session, campaign))


@router.get("/archive", operation_id="read_campaign_archive", summary="Read a campaign's archive")
async def read_campaign_archive(session: Reading, caller: Reader, campaign_id: UUID) -> ArchiveOut:
    """Read which documents a campaign's archive holds, and which the law wants in it besides."""
    campaign = await _found(session, caller, campaign_id)
    return ArchiveOut.of(campaign, await archives.of(session, campaign))


@router.get(
    "/notice",
    operation_id="read_campaign_notice",
    summary="Read a campaign's notice",
    dependencies=[public],
)
async def read_campaign_notice(session: Reading, campaign_id: UUID) -> NoticeOut:
    """Read what must stand where the public is asked: who asks for what, and where to look it up."""
    return NoticeOut.of(await notices.of(session, campaign_id))


@router.post(
    "/local-filings",
    operation_id="create_local_filing",
    summary="Record a filing at a place",
    status_code=201,
    response_model=LocalFilingOut,
    responses=problems.responses(
        errors.PlanNotNeeded, errors.FiledTooLate, errors.FilingDateWrong, RegionUnknown
    ),
)
async def create_local_filing(
    session: Writing, caller: Changer, campaign_id: UUID, body: LocalFilingIn
) -> LocalFiling:
    """Record that boxes or an event outside your authority's area were filed with the authority there."""
    campaign = await _found(session, caller, campaign_id)
    return await places.file(session, campaign, body.as_filing(campaign, caller.label))


@router.get("/local-filings", operation_id="list_local_filings", summary="List filings at places")
async def list_local_filings(
    session: Reading, caller: Reader, campaign_id: UUID, asked: Asked
) -> Page[LocalFilingOut]:
    """List where else a campaign was filed."""
    campaign = await _found(session, caller, campaign_id)
    query = select(LocalFiling).where(LocalFiling.campaign_id == campaign.id)
    found = await pages.page(session, query, [LocalFiling.id], asked)
    return Page[LocalFilingOut].model_validate(found)


@router.post(
    "/invitations",
    operation_id="add_invitation",
    summary="Add to the invite list",
    status_code=201,
    responses=problems.responses(errors.CampaignNotTargeted, errors.InvitedAlready),
)
async def add_invitation(
    session: Writing, caller: Changer, campaign_id: UUID, body: InvitationIn, request: Request
) -> InvitationOut:
    """Put somebody on the list of a targeted campaign: it asks them, and never the public."""
    campaign = await _found(session, caller, campaign_id)
    invitation = await invitations.add(session, campaign, circle=body.circle, name=body.name, by=caller.label)
    idempotency.concerns(request, invitation.id)
    return InvitationOut.of(invitation, body.name)


@router.get("/invitations", operation_id="list_invitations", summary="List who is invited")
async def list_invitations(
    session: Reading, caller: Reader, campaign_id: UUID, asked: Asked
) -> Page[InvitationOut]:
    """List whom a targeted campaign asks; names only for those who may see people's data."""
    campaign = await _found(session, caller, campaign_id)
    query = select(Invitation).where(Invitation.campaign_id == campaign.id)
    found = await pages.page(session, query, [Invitation.id], asked)
    clear = campaign.organization_id in caller.caller.holds(Permission.donors_read)
    known = await invitations.names(session, found.items) if clear else {}
    items = [InvitationOut.of(one, known.get(one.id)) for one in found.items]
    return found.told(items)


async def _found(session: ReadSession, caller: Asking, campaign_id: UUID) -> Campaign:
    campaign = await campaigns.get(session, campaign_id)
    caller.must(at=campaign.organization_id)
    return campaign
