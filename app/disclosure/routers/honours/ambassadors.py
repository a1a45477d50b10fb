"""Ambassadors over HTTP, for staff."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.disclosure.honours import ambassadors, errors
from app.disclosure.models import Ambassador
from app.disclosure.naming.errors import NamingDayWrong
from app.disclosure.schemas.honours.honours import (
    AmbassadorEndIn,
    AmbassadorIn,
    AmbassadorOut,
    AmbassadorReviewIn,
)
from app.disclosure.schemas.naming.consents import NamingWithdrawalIn, said
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.publications_change)]
Reviewer = Annotated[Asking, may(Permission.plans_review)]


@router.get(
    "/organizations/{organization_id}/ambassadors",
    operation_id="list_ambassadors",
    summary="List a member's ambassadors",
)
async def list_ambassadors(
    session: Reading, caller: Changer, organization_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[AmbassadorOut]:
    """List the ambassadors of an organization, proposed and former ones too."""
    caller.must(at=organization_id)
    query = ambassadors.of_members([organization_id])
    found = await pages.page(session, query, [Ambassador.id], asked, newest_first=True)
    return found.told(await _shown(session, found.items))


@router.post(
    "/ambassadors",
    operation_id="add_ambassador",
    summary="Propose an ambassador",
    status_code=201,
    responses=problems.responses(errors.HonourAhead),
)
async def add_ambassador(
    session: Writing, caller: Changer, request: Request, body: AmbassadorIn
) -> AmbassadorOut:
    """Record an ambassador with their contract; somebody else has to look at it before they are shown."""
    caller.must(at=body.organization_id)
    one = body.as_ambassador(caller.label, today())
    await ambassadors.propose(session, one, body.name)
    return await whole(session, request, one)


@router.post(
    "/ambassadors/{ambassador_id}/review",
    operation_id="review_ambassador",
    summary="Review an ambassador",
    responses=problems.responses(errors.AmbassadorReviewed, errors.OwnAmbassador, OutOfSight),
)
async def review_ambassador(
    session: Writing, caller: Reviewer, request: Request, ambassador_id: UUID, body: AmbassadorReviewIn
) -> AmbassadorOut:
    """Answer whether it is a disguised advertisement; not if you recorded it."""
    one = await _locked(session, caller, ambassador_id)
    await ambassadors.review(
        session, one, is_advertisement=body.is_advertisement, finding=body.finding, by=caller.label
    )
    return await whole(session, request, one)


@router.post(
    "/ambassadors/{ambassador_id}/end",
    operation_id="close_ambassador",
    summary="End a term",
    responses=problems.responses(errors.AmbassadorNotReviewed, errors.AmbassadorOver, OutOfSight),
)
async def close_ambassador(
    session: Writing, caller: Changer, request: Request, ambassador_id: UUID, body: AmbassadorEndIn
) -> AmbassadorOut:
    """End a term before its day."""
    one = await _locked(session, caller, ambassador_id)
    await ambassadors.end(session, one, reason=body.reason)
    return await whole(session, request, one)


@router.post(
    "/ambassadors/{ambassador_id}/consent-withdrawal",
    operation_id="withdraw_ambassador_consent",
    summary="Stop naming an ambassador",
    responses=problems.responses(errors.AmbassadorOver, NamingDayWrong, OutOfSight),
)
async def withdraw_ambassador_consent(
    session: Writing,
    caller: Changer,
    request: Request,
    ambassador_id: UUID,
    body: NamingWithdrawalIn | None = None,
) -> AmbassadorOut:
    """Stop naming an ambassador who does not agree any more; at once, in every public answer."""
    one = await _locked(session, caller, ambassador_id)
    await ambassadors.withdraw_consent(session, one, said(body), by=caller.label)
    return await whole(session, request, one)


async def whole(session: ReadSession, request: Request, one: Ambassador) -> AmbassadorOut:
    """Return what staff read of an ambassador; the stored answer is erased with them."""
    idempotency.concerns(request, one.person_id)
    return (await _shown(session, [one]))[0]


async def _shown(session: ReadSession, people: Sequence[Ambassador]) -> list[AmbassadorOut]:
    names = await ambassadors.names(session, people)
    findings = await ambassadors.findings(session, people)
    endings = await ambassadors.endings(session, people)
    return [
        AmbassadorOut.of(
            one,
            {
                "name": names.get(one.person_id, {}).get(ambassadors.NAME),
                "finding": findings.get(one.id),
                "ended_reason": endings.get(one.id),
            },
            today(),
        )
        for one in people
    ]


async def _locked(session: WriteSession, caller: Asking, ambassador_id: UUID) -> Ambassador:
    one = await ambassadors.get(session, ambassador_id, lock=True)
    caller.must(at=one.organization_id)
    return one
