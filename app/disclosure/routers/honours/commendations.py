"""Commendations over HTTP: planned, approved, nominated, reviewed, shown, decided and filed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.disclosure.honours import commendations, errors, held, nominees
from app.disclosure.models import AwardScheme, AwardStage
from app.disclosure.naming.errors import NamingDayWrong
from app.disclosure.schemas.honours.commendations import (
    AwardDetail,
    AwardIn,
    AwardOut,
)
from app.disclosure.schemas.honours.held import HeldAwardIn
from app.disclosure.schemas.honours.steps import (
    ApprovalIn,
    AwardDecisionIn,
    AwardFilingIn,
    NomineeIn,
    NomineeReviewIn,
    PublicityIn,
)
from app.disclosure.schemas.naming.consents import NamingWithdrawalIn, said
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Changer = Annotated[Asking, may(Permission.publications_change)]
Reviewer = Annotated[Asking, may(Permission.plans_review)]
_ONE = "/commendations/{commendation_id}"
_STEP = (errors.ApprovalMissing, errors.StepNotDue, OutOfSight)


@router.get(
    "/organizations/{organization_id}/commendations",
    operation_id="list_award_schemes",
    summary="List a member's commendations",
    response_model=Page[AwardOut],
)
async def list_commendations(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[AwardScheme]:
    """List the commendations of an organization, plans too, the latest first."""
    caller.must(at=organization_id)
    query = commendations.of_members([organization_id])
    return await pages.page(session, query, [AwardScheme.id], asked, newest_first=True)


@router.post(
    "/commendations",
    operation_id="add_award_scheme",
    summary="Plan a commendation",
    status_code=201,
    responses=problems.responses(errors.SchemeCodeTaken),
)
async def add_commendation(session: Writing, caller: Changer, body: AwardIn) -> AwardDetail:
    """Plan a commendation; it begins with its approval and not before."""
    caller.must(at=body.organization_id)
    scheme = await commendations.plan(session, body.as_commendation(caller.label))
    return await whole(session, scheme)


@router.post(
    "/commendations/records",
    operation_id="record_award_scheme",
    summary="Record a commendation of before",
    status_code=201,
    response_model=AwardOut,
    responses=problems.responses(errors.HeldBehindTheGate, errors.SchemeCodeTaken),
)
async def record_commendation(session: Writing, caller: Changer, body: HeldAwardIn) -> AwardScheme:
    """Write down a commendation decided before 1 August 2026, under the rules of its day, with its list."""
    caller.must(at=body.organization_id)
    scheme = body.as_commendation(caller.label)
    commended = [one.as_commended(today()) for one in body.commended]
    return await held.write_down(session, scheme, body.as_decided(), commended)


@router.get(
    f"{_ONE}/details",
    operation_id="read_award_scheme",
    summary="Read a commendation as staff",
    responses=problems.responses(OutOfSight),
)
async def read_commendation(session: Reading, caller: Changer, commendation_id: UUID) -> AwardDetail:
    """Read everything about a commendation: who nominated and reviewed whom, and who objected to what."""
    scheme = await commendations.get(session, commendation_id)
    caller.must(at=scheme.organization_id)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/approval",
    operation_id="record_award_approval",
    summary="Record the approval",
    responses=problems.responses(*_STEP),
)
async def record_commendation_approval(
    session: Writing, caller: Changer, commendation_id: UUID, body: ApprovalIn
) -> AwardDetail:
    """Record the approval's number, the item of the project list and the rating: nominating may begin."""
    scheme = await locked(session, caller, commendation_id)
    await commendations.approve(session, scheme, body.as_approval(), by=caller.label)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/nominees",
    operation_id="add_nominee",
    summary="Nominate somebody",
    status_code=201,
    responses=problems.responses(*_STEP, errors.PartyOrGovernmentBody),
)
async def add_nominee(
    session: Writing, caller: Changer, request: Request, commendation_id: UUID, body: NomineeIn
) -> AwardDetail:
    """Nominate a unit or a person; never a Party or government body."""
    scheme = await locked(session, caller, commendation_id)
    commendations.at(scheme, AwardStage.nominating)
    nominee = await nominees.nominate(session, body.as_nominee(scheme, caller.label, today()), body.name)
    if nominee.person_id is not None:
        idempotency.concerns(request, nominee.person_id)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/nominees/{{nominee_id}}/review",
    operation_id="review_nominee",
    summary="Review a nominee",
    responses=problems.responses(*_STEP, errors.OwnNomination),
)
async def review_nominee(
    session: Writing, caller: Reviewer, commendation_id: UUID, nominee_id: UUID, body: NomineeReviewIn
) -> AwardDetail:
    """Say whether a nominee is shortlisted; not if you nominated them."""
    scheme = await locked(session, caller, commendation_id)
    commendations.at(scheme, AwardStage.nominating)
    nominee = await nominees.get(session, scheme, nominee_id)
    await nominees.review(session, nominee, passed=body.passed, by=caller.label)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/nominees/{{nominee_id}}/consent-withdrawal",
    operation_id="withdraw_nominee_consent",
    summary="Stop naming a nominee",
    responses=problems.responses(errors.AmbassadorOver, NamingDayWrong, OutOfSight),
)
async def withdraw_nominee_consent(
    session: Writing,
    caller: Changer,
    request: Request,
    commendation_id: UUID,
    nominee_id: UUID,
    body: NamingWithdrawalIn | None = None,
) -> AwardDetail:
    """Stop naming a person who does not agree any more; at once, in every public answer."""
    scheme = await locked(session, caller, commendation_id)
    nominee = await nominees.get(session, scheme, nominee_id)
    await nominees.withdraw_consent(session, scheme, nominee, said(body), by=caller.label)
    if nominee.person_id is not None:
        idempotency.concerns(request, nominee.person_id)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/publicity",
    operation_id="open_publicity",
    summary="Show the list",
    responses=problems.responses(*_STEP, errors.NobodyShortlisted, errors.PublicityShort),
)
async def open_publicity(
    session: Writing, caller: Changer, commendation_id: UUID, body: PublicityIn
) -> AwardDetail:
    """Show who is shortlisted from a day to a day, for everybody to object."""
    scheme = await locked(session, caller, commendation_id)
    await commendations.publicise(session, scheme, body.publicity_from, body.publicity_to)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/decision",
    operation_id="decide_award_scheme",
    summary="Decide a commendation",
    responses=problems.responses(
        *_STEP, errors.PublicityRunning, errors.NobodyShortlisted, errors.OwnNomination
    ),
)
async def decide_commendation(
    session: Writing, caller: Changer, commendation_id: UUID, body: AwardDecisionIn
) -> AwardDetail:
    """Commend some of the shortlist, after the list was shown and every objection answered."""
    scheme = await locked(session, caller, commendation_id)
    await commendations.decide(session, scheme, body.nominee_ids, body.resolution, by=caller.label)
    return await whole(session, scheme)


@router.post(
    f"{_ONE}/filing",
    operation_id="record_award_filing",
    summary="Record the filing",
    responses=problems.responses(*_STEP),
)
async def record_commendation_filing(
    session: Writing, caller: Changer, commendation_id: UUID, body: AwardFilingIn
) -> AwardDetail:
    """Record where and under which number a commendation was filed."""
    scheme = await locked(session, caller, commendation_id)
    await commendations.file(session, scheme, place=body.filing_place, number=body.filing_number)
    return await whole(session, scheme)


async def whole(session: ReadSession, scheme: AwardScheme) -> AwardDetail:
    """Return everything that staff read of a commendation."""
    listed, objected = await nominees.of(session, scheme), await commendations.objections(session, scheme)
    names, words = await nominees.names(session, listed), await nominees.words(session, objected)
    return AwardDetail.whole(scheme, (listed, names), (objected, words))


async def locked(session: WriteSession, caller: Asking, commendation_id: UUID) -> AwardScheme:
    """Return a commendation whose steps are this transaction's to take, if the caller may."""
    scheme = await commendations.get(session, commendation_id, lock=True)
    caller.must(at=scheme.organization_id)
    return scheme
