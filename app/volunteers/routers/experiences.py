"""Trainings, qualifications and commendations of volunteers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.volunteers import errors, experiences, gates, volunteers
from app.volunteers.models import Commendation, Qualification, Training
from app.volunteers.registry import errors as personal
from app.volunteers.schemas.experiences import (
    CommendationIn,
    CommendationOut,
    QualificationIn,
    QualificationOut,
    TrainingIn,
    TrainingOut,
)

router = APIRouter(prefix="/v1/volunteers/{volunteer_id}", tags=["experiences"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
_ERASED = problems.responses(personal.VolunteerErased)


@router.post(
    "/trainings",
    operation_id="add_training",
    summary="Record a training",
    status_code=201,
    response_model=TrainingOut,
    responses=_ERASED,
)
async def add_training(session: Writing, caller: Changer, volunteer_id: UUID, body: TrainingIn) -> Training:
    """Record a training that a volunteer of yours took part in."""
    caller.must(at=body.organization_id)
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    made = Training(volunteer_id=volunteer.id, actor=caller.label, **dict(body))
    await experiences.record(session, volunteer, made)
    return made


@router.get(
    "/trainings", operation_id="list_trainings", summary="List trainings", response_model=Page[TrainingOut]
)
async def list_trainings(
    session: Reading, caller: Reader, volunteer_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[Training]:
    """List the trainings of a volunteer whom you can see."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    query = select(Training).where(Training.volunteer_id == volunteer.id)
    return await pages.page(session, query, [Training.id], asked)


@router.post(
    "/qualifications",
    operation_id="add_qualification",
    summary="Record a qualification",
    status_code=201,
    response_model=QualificationOut,
    responses=problems.responses(personal.VolunteerErased, errors.PolicyPeriodReversed),
)
async def add_qualification(
    session: Writing, caller: Changer, volunteer_id: UUID, body: QualificationIn
) -> Qualification:
    """Note that you saw a volunteer's licence; its number is kept under seal."""
    caller.must(at=body.organization_id)
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    said = dict(body)
    paper_number = said.pop("paper_number")
    made = Qualification(volunteer_id=volunteer.id, checked_by=caller.label, **said)
    return await gates.qualify(session, volunteer, made, paper_number)


@router.get(
    "/qualifications",
    operation_id="list_qualifications",
    summary="List qualifications",
    response_model=Page[QualificationOut],
)
async def list_qualifications(
    session: Reading, caller: Reader, volunteer_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[Qualification]:
    """List the qualifications of a volunteer whom you can see, those that ended too."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    query = select(Qualification).where(Qualification.volunteer_id == volunteer.id)
    return await pages.page(session, query, [Qualification.id], asked)


@router.post(
    "/commendations",
    operation_id="add_commendation",
    summary="Record a commendation",
    status_code=201,
    response_model=CommendationOut,
    responses=_ERASED,
)
async def add_commendation(
    session: Writing, caller: Changer, volunteer_id: UUID, body: CommendationIn
) -> Commendation:
    """Record that a volunteer of yours was commended."""
    caller.must(at=body.organization_id)
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    made = Commendation(volunteer_id=volunteer.id, actor=caller.label, **dict(body))
    await experiences.record(session, volunteer, made)
    return made


@router.get(
    "/commendations",
    operation_id="list_commendations",
    summary="List commendations",
    response_model=Page[CommendationOut],
)
async def list_commendations(
    session: Reading, caller: Reader, volunteer_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[Commendation]:
    """List the commendations of a volunteer whom you can see."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    query = select(Commendation).where(Commendation.volunteer_id == volunteer.id)
    return await pages.page(session, query, [Commendation.id], asked)
