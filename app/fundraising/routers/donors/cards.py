"""An organization's donors over HTTP: listed with masked names, found, read in clear by who may."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.fundraising.care import cards, finding
from app.fundraising.models import Donor
from app.fundraising.schemas.donors.cards import (
    DonorDetail,
    DonorOut,
    DonorQuery,
    DonorSearchIn,
    DonorsFoundOut,
)
from app.kit.database import Reading, Streaming
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import AccessKind
from app.organizations.signin import may
from app.organizations.visitors.errors import PhoneInvalid

router = APIRouter(prefix="/v1/fundraising/donors", tags=["donors"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.donors_read)]
_ACTIONS = {"merge": Permission.donors_change, "note_contact": Permission.donors_change}


@router.get("", operation_id="list_donors", summary="List an organization's donors")
async def list_donors(
    session: Reading, caller: Reader, asked: Annotated[DonorQuery, Query()]
) -> Page[DonorOut]:
    """List who gave to an organization, newcomers first; merged donors are one, and names are masked."""
    caller.must(at=asked.organization_id)
    query = cards.listing(asked.organization_id)
    found = await pages.page(session, query, [Donor.id], asked, newest_first=True)
    items = [DonorOut.of(card) for card in await cards.of(session, asked.organization_id, found.items)]
    return found.told(items)


@router.post(
    "/searches",
    operation_id="find_donors",
    summary="Find donors by name or telephone",
    responses=problems.responses(PhoneInvalid),
)
async def find_donors(
    database: Streaming, session: Reading, caller: Reader, body: DonorSearchIn
) -> DonorsFoundOut:
    """Find who has exactly this name or telephone; that you searched is logged, and for what kind of word."""
    place = body.organization_id
    caller.must(at=place)
    kind, by = AccessKind.donor, "name" if body.name else "phone"
    await accesses.record(database, caller.label, at=place, kind=kind, subject=f"search:{by}")
    if body.name is not None:
        found = await finding.by_name(session, place, body.name)
    else:
        found = await finding.by_phone(session, place, body.phone or "")
    return DonorsFoundOut.of(found, await cards.of(session, place, found.donors))


@router.get(
    "/{donor_id}",
    operation_id="read_donor",
    summary="Read about a donor",
    responses=problems.responses(OutOfSight),
)
async def read_donor(
    database: Streaming,
    session: Reading,
    caller: Reader,
    response: Response,
    donor_id: UUID,
    organization_id: UUID,
) -> DonorDetail:
    """Read a donor with their name and what they gave the organization; that you did so is logged."""
    caller.must(at=organization_id)
    donor = await cards.get(session, organization_id, donor_id)
    kind = AccessKind.donor
    await accesses.record(database, caller.label, at=organization_id, kind=kind, subject=donor.id)
    [card] = await cards.of(session, organization_id, [donor])
    [counted] = await cards.roots(session, organization_id, [donor.id])
    response.headers["Cache-Control"] = "no-store"
    allowed = caller.caller.allowed(_ACTIONS, at=organization_id)
    return DonorDetail.of(
        card, clear=True, counts_as_id=counted, merged_ids=[*card.also], allowed_actions=allowed
    )
