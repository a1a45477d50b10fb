"""Objections to commendations over HTTP: sent by anybody, answered by who did not nominate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from app.disclosure.honours import commendations, errors, nominees
from app.disclosure.models import AwardObjection
from app.disclosure.routers.honours import commendations as commendations_door
from app.disclosure.schemas.honours.commendations import AwardDetail
from app.disclosure.schemas.honours.steps import AwardObjectionIn, AwardObjectionReceivedOut, AwardVerdictIn
from app.kit.database import Writing
from app.kit.errors import TooMany
from app.kit.http import idempotency, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.rates import RateLimit
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public

router = APIRouter(prefix="/commendations/{commendation_id}/objections", route_class=IdempotentRoute)

OBJECTIONS = RateLimit("commendation objections", count=10, seconds=60)
Reviewer = Annotated[Asking, may(Permission.plans_review)]
_STEP = (errors.StepNotDue, OutOfSight)


@router.post(
    "",
    operation_id="submit_objection",
    summary="Object to a nominee",
    status_code=201,
    response_model=AwardObjectionReceivedOut,
    dependencies=[public, Depends(OBJECTIONS)],
    responses=problems.responses(errors.PublicityOver, OutOfSight, TooMany),
)
async def submit_objection(
    session: Writing, request: Request, commendation_id: UUID, body: AwardObjectionIn
) -> AwardObjection:
    """Say what is wrong with a nominee while the list is shown; nobody has to say who they are."""
    scheme = await commendations.shown(session, commendation_id)
    nominee = await nominees.get(session, scheme, body.nominee_id)
    objection = await nominees.object_to(session, scheme, nominee, body.text)
    idempotency.concerns(request, objection.person_id)
    return objection


@router.post(
    "/{objection_id}/answer",
    operation_id="decide_objection",
    summary="Answer an objection",
    responses=problems.responses(*_STEP, errors.ObjectionSettled, errors.OwnNomination),
)
async def decide_objection(
    session: Writing,
    caller: Reviewer,
    commendation_id: UUID,
    objection_id: UUID,
    body: AwardVerdictIn,
) -> AwardDetail:
    """Say whether an objection is right: then the nominee is dropped."""
    scheme = await commendations_door.locked(session, caller, commendation_id)
    objection = await nominees.objection(session, scheme, objection_id)
    await nominees.settle(session, scheme, objection, upheld=body.upheld, by=caller.label)
    return await commendations_door.whole(session, scheme)
