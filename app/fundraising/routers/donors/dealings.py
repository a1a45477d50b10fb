"""What staff do about donors over HTTP: merges, contacts, thanks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.fundraising import registers
from app.fundraising.care import cards, contacts, errors, merges, thanks
from app.fundraising.models import DonorContact, DonorMerge, GiftThanks
from app.fundraising.schemas.donors.dealings import (
    DonorContactIn,
    DonorContactOut,
    DonorContactQuery,
    DonorMergeIn,
    DonorMergeOut,
    DonorMergeQuery,
    GiftThanksIn,
    GiftThanksOut,
    GiftThanksQuery,
)
from app.kit.database import Reading, Streaming, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.vault import PersonErased
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import AccessKind
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["donors"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.donors_read)]
Carer = Annotated[Asking, may(Permission.donors_change)]


@router.post(
    "/donor-merges",
    operation_id="create_donor_merge",
    summary="Merge two donors",
    status_code=201,
    response_model=DonorMergeOut,
    responses=problems.responses(errors.DonorsTheSame, errors.DonorMerged, OutOfSight),
)
async def create_donor_merge(session: Writing, caller: Carer, body: DonorMergeIn) -> DonorMerge:
    """Let two donors count as one to an organization; their gifts, receipts and publications stay theirs."""
    place = body.organization_id
    caller.must(at=place)
    kept = await cards.get(session, place, body.kept_id)
    merged = await cards.get(session, place, body.merged_id)
    return await merges.merge(
        session, kept, merged, organization_id=place, ground=body.ground, actor=caller.label
    )


@router.get(
    "/donor-merges",
    operation_id="list_donor_merges",
    summary="List merges of donors",
    response_model=Page[DonorMergeOut],
)
async def list_donor_merges(
    session: Reading, caller: Reader, asked: Annotated[DonorMergeQuery, Query()]
) -> Slice[DonorMerge]:
    """List the merges of the organizations that you can see, the undone ones too, the latest first."""
    query = merges.listing(_within(caller, asked.organization_id), donor_id=asked.donor_id)
    return await pages.page(session, query, [DonorMerge.id], asked, newest_first=True)


@router.post(
    "/donor-merges/{merge_id}/reversal",
    operation_id="reverse_donor_merge",
    summary="Undo a merge of donors",
    response_model=DonorMergeOut,
    responses=problems.responses(errors.MergeUndone, OutOfSight),
)
async def reverse_donor_merge(session: Writing, caller: Carer, merge_id: UUID) -> DonorMerge:
    """Let two donors be two again; figures follow, and the trail of both steps stays."""
    made = await merges.get(session, merge_id)
    caller.must(at=made.organization_id)
    return await merges.undo(session, made, actor=caller.label)


@router.post(
    "/donors/{donor_id}/contacts",
    operation_id="record_donor_contact",
    summary="Record a contact with a donor",
    status_code=201,
    responses=problems.responses(PersonErased, OutOfSight),
)
async def record_donor_contact(
    session: Writing, caller: Carer, donor_id: UUID, body: DonorContactIn, request: Request
) -> DonorContactOut:
    """Record that somebody spoke with a donor, and what was said; it is erased with the donor."""
    place = body.organization_id
    caller.must(at=place)
    donor = await cards.get(session, place, donor_id)
    idempotency.concerns(request, donor.id)
    noted = await contacts.note(session, donor, body.said(), organization_id=place, actor=caller.label)
    return DonorContactOut.of(noted, body.words)


@router.get(
    "/donors/{donor_id}/contacts",
    operation_id="list_donor_contacts",
    summary="List contacts with a donor",
    responses=problems.responses(OutOfSight),
)
async def list_donor_contacts(
    database: Streaming,
    session: Reading,
    caller: Reader,
    response: Response,
    donor_id: UUID,
    asked: Annotated[DonorContactQuery, Query()],
) -> Page[DonorContactOut]:
    """List an organization's contacts with a donor, the latest first; that you read them is logged."""
    place = asked.organization_id
    caller.must(at=place)
    donor = await cards.get(session, place, donor_id)
    await accesses.record(database, caller.label, at=place, kind=AccessKind.donor, subject=donor.id)
    [card] = await cards.of(session, place, [donor])
    found = await pages.page(
        session, contacts.listing(place, [donor.id, *card.also]), [DonorContact.id], asked, newest_first=True
    )
    said = await contacts.words(session, found.items)
    response.headers["Cache-Control"] = "no-store"
    return found.told([DonorContactOut.of(one, said[one.id]) for one in found.items])


@router.post(
    "/donations/{donation_id}/thanks",
    operation_id="mark_gift_thanked",
    summary="Mark a gift's giver as thanked",
    status_code=201,
    response_model=GiftThanksOut,
    responses=problems.responses(errors.GiftThanked, OutOfSight),
)
async def mark_gift_thanked(
    session: Writing, caller: Carer, donation_id: UUID, body: GiftThanksIn
) -> GiftThanks:
    """Mark that a giver was thanked, once per gift, or told what has become of it; events tell of both."""
    donation = await registers.find(session, donation_id)
    caller.must(at=donation.organization_id)
    return await thanks.mark(session, donation, body.kind, body.way, actor=caller.label)


@router.get(
    "/thanks",
    operation_id="list_gift_thanks",
    summary="List thanks to givers",
    response_model=Page[GiftThanksOut],
)
async def list_gift_thanks(
    session: Reading, caller: Reader, asked: Annotated[GiftThanksQuery, Query()]
) -> Slice[GiftThanks]:
    """List what the givers of the organizations that you can see were told, the latest first."""
    places = _within(caller, asked.organization_id)
    query = thanks.listing(places, donation_id=asked.donation_id, kind=asked.kind)
    return await pages.page(session, query, [GiftThanks.id], asked, newest_first=True)


def _within(caller: Asking, organization_id: UUID | None) -> frozenset[UUID]:
    visible = caller.visible()
    return visible if organization_id is None else visible & {organization_id}
