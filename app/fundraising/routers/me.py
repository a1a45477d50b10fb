"""What donors see of their own over HTTP, with a visitor's token."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.fundraising.models import Donation
from app.fundraising.own import consents, gifts
from app.fundraising.schemas.me import DonationConsentIn, DonorMeOut, OwnDonationOut
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.errors import OutOfSight
from app.organizations.signin import Visiting
from app.organizations.visitors.errors import NotAVisitor

router = APIRouter(
    prefix="/v1/fundraising/me",
    tags=["my donations"],
    responses=problems.responses(NotAVisitor),
    route_class=LateRoute,
)


@router.get("", operation_id="read_my_giving", summary="Read what I gave")
async def read_my_giving(session: Reading, visitor_id: Visiting, response: Response) -> DonorMeOut:
    """Read what the person who asks gave in all; whoever never gave reads zeros."""
    response.headers["Cache-Control"] = "no-store"
    donor_ids = await gifts.donors(session, visitor_id)
    return DonorMeOut.of(visitor_id, donor_ids, await gifts.given(session, donor_ids))


@router.get("/donations", operation_id="list_my_donations", summary="List my donations")
async def list_my_donations(
    session: Reading, visitor_id: Visiting, request: Request, asked: Annotated[PageQuery, Query()]
) -> Page[OwnDonationOut]:
    """List the gifts of the person who asks, the latest to be recorded first."""
    query = gifts.of(await gifts.donors(session, visitor_id))
    found = await pages.page(session, query, [Donation.id], asked, newest_first=True, amount=Donation.amount)
    appeals = await gifts.campaigns(session, found.items)
    items = [
        OwnDonationOut.of(gift, gift.campaign_id and appeals.get(gift.campaign_id), _public_url(request))
        for gift in found.items
    ]
    return found.told(items)


@router.get(
    "/donations/{donation_id}",
    operation_id="read_my_donation",
    summary="Read my donation",
    responses=problems.responses(OutOfSight),
)
async def read_my_donation(
    session: Reading, visitor_id: Visiting, request: Request, donation_id: UUID
) -> OwnDonationOut:
    """Read one gift of the person who asks; anybody else's does not exist for them."""
    donor_ids = await gifts.donors(session, visitor_id)
    gift = await gifts.get(session, donor_ids, donation_id)
    appeals = await gifts.campaigns(session, [gift])
    return OwnDonationOut.of(gift, gift.campaign_id and appeals.get(gift.campaign_id), _public_url(request))


@router.put(
    "/donations/{donation_id}/consent",
    operation_id="change_my_consent",
    summary="Change what is shown of my donation",
    responses=problems.responses(OutOfSight),
)
async def change_my_consent(
    session: Writing, visitor_id: Visiting, request: Request, donation_id: UUID, body: DonationConsentIn
) -> OwnDonationOut:
    """Change what the public sees of one gift: name, amount, message. Every public answer follows at once."""
    gift = await gifts.get(session, await gifts.donors(session, visitor_id), donation_id)
    await consents.change(session, gift, body.consent())
    appeals = await gifts.campaigns(session, [gift])
    return OwnDonationOut.of(gift, gift.campaign_id and appeals.get(gift.campaign_id), _public_url(request))


def _public_url(request: Request) -> str:
    return str(request.app.state.settings.public_url)
