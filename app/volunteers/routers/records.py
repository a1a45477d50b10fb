"""Records of time given over HTTP, with corrections and objections."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import Select, select

from app.kit.database import Reading, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.volunteers import activities, corrections, errors, experiences, records, sign_ups, volunteers
from app.volunteers.models import Evaluation, RecordObjection, Side, TimeRecord
from app.volunteers.registry import errors as personal
from app.volunteers.schemas.records import (
    ConfirmationIn,
    ConfirmationOut,
    EvaluationIn,
    EvaluationOut,
    ObjectionAnswerIn,
    ObjectionOut,
    RecordCorrectionIn,
    RecordCorrectionOut,
    RecordDetail,
    RecordIn,
    RecordOut,
    RecordQuery,
)

router = APIRouter(prefix="/v1/volunteers", tags=["records"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
_WRONG = (errors.RecordCertified, errors.RecordVoided, errors.MinutesImpossible, errors.ServedAhead)
FILTERS = ("volunteer_id", "activity_id", "team_id", "state", "category")


@router.post(
    "/records",
    operation_id="create_record",
    summary="Report time given",
    status_code=201,
    response_model=RecordOut,
    responses=problems.responses(
        *(errors.ServedAhead, errors.RecordTwice, errors.TeamOfAnotherOrganization),
        *(errors.MinutesImpossible, personal.VolunteerErased),
    ),
)
async def create_record(session: Writing, caller: Changer, body: RecordIn) -> TimeRecord:
    """Report time that a volunteer of yours gave; it counts once it is confirmed."""
    caller.must(at=body.organization_id)
    volunteer = await volunteers.seen(session, body.volunteer_id, caller.visible())
    volunteers.refuse_erased(volunteer)
    return await records.report(session, body.as_record(caller.label))


@router.get("/records", operation_id="list_records", summary="List records", response_model=Page[RecordOut])
async def list_records(
    session: Reading, caller: Reader, asked: Annotated[RecordQuery, Query()]
) -> Slice[TimeRecord]:
    """List the records of the organizations that you can see, the latest service first."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = filtered(records.within(visible), asked)
    keys = [TimeRecord.served_on, TimeRecord.id]
    return await pages.page(session, query, keys, asked, newest_first=True)


def filtered(query: Select[TimeRecord], asked: RecordQuery) -> Select[TimeRecord]:
    """Return the query with the filters of a list of records."""
    for name in FILTERS:
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(TimeRecord, name) == wanted)
    if asked.served_on_from is not None:
        query = query.where(TimeRecord.served_on >= asked.served_on_from)
    if asked.served_on_to is not None:
        query = query.where(TimeRecord.served_on <= asked.served_on_to)
    return query


@router.post(
    "/records/confirmations",
    operation_id="record_confirmations",
    summary="Confirm records",
    responses=problems.responses(errors.RecordNotReported),
)
async def record_confirmations(session: Writing, caller: Changer, body: ConfirmationIn) -> ConfirmationOut:
    """Confirm records of your organization: all of them or none. From now on their minutes count."""
    found = await records.lock(session, body.record_ids)
    for organization_id in {one.organization_id for one in found}:
        caller.must(at=organization_id)
    await records.confirm(session, found, actor=caller.label)
    return ConfirmationOut(confirmed_count=len(found))


@router.get("/records/{record_id}", operation_id="read_record", summary="Read a record")
async def read_record(session: Reading, caller: Reader, record_id: UUID) -> RecordDetail:
    """Read a record with what was set right about it."""
    record = await records.get(session, record_id)
    caller.must(at=record.organization_id)
    corrected = await corrections.of_record(session, record_id)
    return RecordDetail.of(record, corrected, await corrections.why(session, record, corrected))


@router.post(
    "/records/{record_id}/rejection",
    operation_id="close_record",
    summary="Decline a record",
    response_model=RecordOut,
    responses=problems.responses(errors.RecordNotReported),
)
async def close_record(session: Writing, caller: Changer, record_id: UUID) -> TimeRecord:
    """Decline a record that was reported: it never counts, and stays on record."""
    [record] = await records.lock(session, [record_id])
    caller.must(at=record.organization_id)
    await records.decline(session, record, actor=caller.label)
    return record


@router.post(
    "/records/{record_id}/corrections",
    operation_id="correct_record",
    summary="Set a record right",
    status_code=201,
    responses=problems.responses(*_WRONG, errors.NothingToSetRight),
)
async def correct_record(
    session: Writing, caller: Changer, record_id: UUID, body: RecordCorrectionIn, request: Request
) -> RecordCorrectionOut:
    """Set a record right with a reason; what it said before stays, and totals follow."""
    [record] = await records.lock(session, [record_id])
    caller.must(at=record.organization_id)
    made = await corrections.correct(session, record, body.right(), reason=body.reason, actor=caller.label)
    idempotency.concerns(request, record.volunteer_id)
    return RecordCorrectionOut.of(made, body.reason)


@router.get(
    "/objections",
    operation_id="list_objections",
    summary="List objections",
    response_model=Page[ObjectionOut],
)
async def list_objections(
    session: Reading, caller: Reader, asked: Annotated[PageQuery, Query()]
) -> Slice[RecordObjection]:
    """List what volunteers say is wrong with their records, at the organizations that you can see."""
    query = (
        select(RecordObjection)
        .join(TimeRecord, TimeRecord.id == RecordObjection.record_id)
        .where(TimeRecord.organization_id.in_(caller.visible()))
    )
    return await pages.page(session, query, [RecordObjection.id], asked, newest_first=True)


@router.post(
    "/objections/{objection_id}/answer",
    operation_id="give_objection_answer",
    summary="Answer an objection",
    response_model=ObjectionOut,
    responses=problems.responses(*_WRONG, errors.ObjectionAnswered),
)
async def give_objection_answer(
    session: Writing, caller: Changer, objection_id: UUID, body: ObjectionAnswerIn
) -> RecordObjection:
    """Accept an objection, by which the record is set right at once, or decline it with a reason."""
    objection = await corrections.objection(session, objection_id)
    [record] = await records.lock(session, [objection.record_id])
    caller.must(at=record.organization_id)
    await corrections.answer(
        session, objection, record, accepted=body.accepted, reason=body.reason, actor=caller.label
    )
    return objection


@router.post(
    "/sign-ups/{sign_up_id}/evaluation",
    operation_id="record_evaluation",
    summary="Evaluate a volunteer's service",
    status_code=201,
    response_model=EvaluationOut,
    responses=problems.responses(errors.EvaluatedAlready, errors.NotServed, OutOfSight),
)
async def record_evaluation(
    session: Writing, caller: Changer, sign_up_id: UUID, body: EvaluationIn
) -> Evaluation:
    """Say, for the organization, how a volunteer served; once."""
    sign_up = await sign_ups.get(session, sign_up_id)
    caller.must(at=(await activities.get(session, sign_up.activity_id)).organization_id)
    return await experiences.evaluate(
        session, sign_up, Side.organization, score=body.score, words=body.words, actor=caller.label
    )
