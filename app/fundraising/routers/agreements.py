"""Donation agreements over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.fundraising.legal import agreements, errors
from app.fundraising.models import DonationAgreement
from app.fundraising.schemas.legal.agreements import (
    AgreementQuery,
    AgreementReviewIn,
    AgreementSignatureIn,
    DonationAgreementIn,
    DonationAgreementOut,
    DonorCommendationIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import FRAME, Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/agreements", tags=["agreements"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
Reviewer = Annotated[Asking, may(Permission.plans_review)]


@router.post(
    "",
    operation_id="create_donation_agreement",
    summary="Draft a donation agreement",
    status_code=201,
    responses=problems.responses(
        *(errors.AgreementNumberTaken, errors.AgreementOfAnotherCampaign, errors.TobaccoAdvertised),
        *(errors.ApprovalReferenceMissing, errors.ForeignGiftUnapproved, errors.NamingWithoutConsent),
    ),
)
async def create_donation_agreement(
    session: Writing, caller: Changer, body: DonationAgreementIn, request: Request
) -> DonationAgreementOut:
    """Draft an agreement with a donor; refused, with the article, where the law lets nobody agree so."""
    caller.must(at=body.organization_id)
    agreement = await agreements.draft(session, body.as_agreement(caller.label), body.donor_name)
    idempotency.concerns(request, agreement.id)
    return DonationAgreementOut.of(agreement, body.donor_name, None)


@router.get("", operation_id="list_donation_agreements", summary="List donation agreements")
async def list_donation_agreements(
    session: Reading, caller: Reader, asked: Annotated[AgreementQuery, Query()]
) -> Page[DonationAgreementOut]:
    """List the agreements of the organizations that you can see; who the donor is, each tells alone."""
    visible = caller.visible()
    wanted = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = select(DonationAgreement).where(DonationAgreement.organization_id.in_(visible))
    found = await pages.page(
        session,
        query.filter_by(**wanted),
        [DonationAgreement.id],
        asked,
        amount=DonationAgreement.amount_minor,
    )
    why = await agreements.why(session, found.items, clear_in=caller.caller.holds(Permission.donors_read))
    items = [DonationAgreementOut.of(one, None, why.get(one.id)) for one in found.items]
    return found.told(items)


@router.get("/{agreement_id}", operation_id="read_donation_agreement", summary="Read a donation agreement")
async def read_donation_agreement(
    session: Reading, caller: Reader, agreement_id: UUID
) -> DonationAgreementOut:
    """Read an agreement; the donor's name if you may see donors there."""
    agreement = await agreements.get(session, agreement_id)
    caller.must(at=agreement.organization_id)
    return await _shown(session, caller, agreement)


@router.post(
    "/{agreement_id}/review",
    operation_id="review_donation_agreement",
    summary="Answer for an agreement",
    responses=problems.responses(errors.AgreementStateWrong, errors.AgreementPreparedByYou),
)
async def review_donation_agreement(
    session: Writing, caller: Reviewer, agreement_id: UUID, body: AgreementReviewIn, request: Request
) -> DonationAgreementOut:
    """Answer by name whether no interested person of the donor is among the beneficiaries."""
    agreement = await agreements.get(session, agreement_id, lock=True)
    caller.must(at=agreement.organization_id)
    await agreements.review(
        session, agreement, disinterested=body.disinterested, reason=body.reason, by=caller.label
    )
    idempotency.concerns(request, agreement.id)
    # Whoever answers reads their own words once, also without the right to read donors.
    return (await _shown(session, caller, agreement)).model_copy(update={"review_reason": body.reason})


@router.post(
    "/{agreement_id}/signature",
    operation_id="sign_donation_agreement",
    summary="Record an agreement's signature",
    responses=problems.responses(
        *(errors.AgreementStateWrong, errors.InterestUnanswered, errors.SalesBegunBefore),
        errors.StepDateWrong,
    ),
)
async def sign_donation_agreement(
    session: Writing, caller: Changer, agreement_id: UUID, body: AgreementSignatureIn
) -> DonationAgreementOut:
    """Record the signature; promised sales begin after it, and open questions come before it."""
    agreement = await agreements.get(session, agreement_id, lock=True)
    caller.must(at=agreement.organization_id)
    await agreements.sign(session, agreement, on=body.signed_on)
    return await _shown(session, caller, agreement)


@router.post(
    "/{agreement_id}/commendation",
    operation_id="record_commendation",
    summary="Record a donor's commendation",
    responses=problems.responses(errors.AgreementStateWrong, errors.DonorNotAsked, errors.StepDateWrong),
)
async def record_commendation(
    session: Writing, caller: Changer, agreement_id: UUID, body: DonorCommendationIn
) -> DonationAgreementOut:
    """Record that a donor was commended in public, having been asked before."""
    agreement = await agreements.get(session, agreement_id, lock=True)
    caller.must(at=agreement.organization_id)
    await agreements.commend(session, agreement, on=body.commended_on, asked_on=body.donor_asked_on)
    return await _shown(session, caller, agreement)


async def _shown(session: ReadSession, caller: Asking, agreement: DonationAgreement) -> DonationAgreementOut:
    clear_in = caller.caller.holds(Permission.donors_read)
    clear = agreement.organization_id in clear_in
    name = await agreements.name_of(session, agreement) if clear else None
    why = await agreements.why(session, [agreement], clear_in=clear_in)
    return DonationAgreementOut.of(agreement, name, why.get(agreement.id))
