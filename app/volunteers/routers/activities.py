"""Activities and their insurance over HTTP."""

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import Select

from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.versions import IfMatch
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight, RegionUnknown
from app.organizations.signin import may, public
from app.volunteers import activities, errors, sign_ups
from app.volunteers.models import Activity
from app.volunteers.schemas.activities import (
    ActivitiesQuery,
    ActivityChange,
    ActivityIn,
    ActivityOut,
    ActivityQuery,
    CallOut,
    CapacityIn,
    NeedIn,
    NeedOut,
    TimesIn,
)

router = APIRouter(prefix="/v1/volunteers", tags=["activities"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
Shown = TypeVar("Shown", bound=CallOut)
_MADE_OF = (
    *(errors.ActivityCodeTaken, errors.ActivityTimesReversed, errors.TeamOfAnotherOrganization),
    *(errors.InsuranceMissing, RegionUnknown),
)


@router.post(
    "/activities",
    operation_id="create_activity",
    summary="Draft an activity",
    status_code=201,
    responses=problems.responses(*_MADE_OF),
)
async def create_activity(
    session: Writing, caller: Changer, body: ActivityIn, response: Response
) -> ActivityOut:
    """Draft an activity with whom it needs; volunteers see it once it is published."""
    caller.must(at=body.organization_id)
    wanted = [need.as_need() for need in body.needs]
    activity = await activities.draft(session, body.as_activity(), wanted)
    return await whole(session, activity, response)


@router.get("/activities", operation_id="list_activities", summary="List activities")
async def list_activities(
    session: Reading, caller: Reader, asked: Annotated[ActivitiesQuery, Query()]
) -> Page[ActivityOut]:
    """List the activities of the organizations that you can see, drafts too."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = activities.within(visible)
    if asked.state is not None:
        query = query.where(Activity.state == asked.state)
    return await _page(session, query, asked, ActivityOut)


@router.get(
    "/calendar",
    operation_id="list_calendar",
    summary="List open calls",
    dependencies=[public],
)
async def list_calendar(session: Reading, asked: Annotated[ActivityQuery, Query()]) -> Page[CallOut]:
    """List the published activities that are not over, with risks and free places; it names nobody."""
    query = activities.calendar()
    if asked.organization_id is not None:
        query = query.where(Activity.organization_id == asked.organization_id)
    return await _page(session, query, asked, CallOut)


@router.get(
    "/calendar/{activity_id}",
    operation_id="read_calendar_activity",
    summary="Read a call",
    responses=problems.responses(OutOfSight),
    dependencies=[public],
)
async def read_calendar_activity(session: Reading, activity_id: UUID) -> CallOut:
    """Read a published activity: all that a volunteer should know before signing up, the risks too."""
    activity = await activities.published(session, activity_id)
    return CallOut.of(activity, await activities.needs(session, activity.id))


async def _page(
    session: ReadSession, query: Select[Activity], asked: ActivityQuery, kind: type[Shown]
) -> Page[Shown]:
    for name in ("team_id", "category", "region_code"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(Activity, name) == wanted)
    if asked.starts_at_from is not None:
        query = query.where(Activity.starts_at >= asked.starts_at_from)
    if asked.starts_at_to is not None:
        query = query.where(Activity.starts_at <= asked.starts_at_to)
    found = await pages.page(session, query, [Activity.starts_at, Activity.id], asked)
    needs = await activities.needs(session, *(one.id for one in found.items))
    items = [kind.of(one, needs) for one in found.items]
    return found.told(items)


@router.get("/activities/{activity_id}", operation_id="read_activity", summary="Read an activity")
async def read_activity(
    session: Reading, caller: Reader, activity_id: UUID, response: Response
) -> ActivityOut:
    """Read an activity of an organization that you can see, a draft too."""
    activity = await activities.get(session, activity_id)
    caller.must(at=activity.organization_id)
    return await whole(session, activity, response)


@router.patch(
    "/activities/{activity_id}",
    operation_id="change_activity",
    summary="Change a draft",
    responses=problems.responses(*_MADE_OF, errors.ActivityNotDraft, VersionNotStated, VersionStale),
)
async def change_activity(
    session: Writing,
    caller: Changer,
    activity_id: UUID,
    body: ActivityChange,
    response: Response,
    if_match: IfMatch = None,
) -> ActivityOut:
    """Change a draft; what has been published stays as volunteers read it."""
    activity = await _locked(session, caller, activity_id)
    versions.expect(if_match, activity.version)
    await activities.change(session, activity, **body.changes())
    return await whole(session, activity, response)


@router.post(
    "/activities/{activity_id}/needs",
    operation_id="add_need",
    summary="Call for one more role",
    status_code=201,
    responses=problems.responses(errors.ActivityNotPublished, errors.ActivityTimesReversed),
)
async def add_need(
    session: Writing, caller: Changer, activity_id: UUID, body: NeedIn, response: Response
) -> ActivityOut:
    """Call for one more role, with its places and what it takes."""
    activity = await _locked(session, caller, activity_id)
    await activities.add_need(session, activity, body.as_need())
    return await whole(session, activity, response)


@router.post(
    "/activities/{activity_id}/publication",
    operation_id="open_activity",
    summary="Publish an activity",
    responses=problems.responses(errors.ActivityNotDraft, errors.ActivityIncomplete, errors.InsuranceMissing),
)
async def open_activity(
    session: Writing, caller: Changer, activity_id: UUID, response: Response
) -> ActivityOut:
    """Call volunteers: with all information and risks, and with insurance where it is dangerous."""
    activity = await _locked(session, caller, activity_id)
    await activities.publish(session, activity)
    return await whole(session, activity, response)


@router.post(
    "/activities/{activity_id}/cancellation",
    operation_id="close_activity",
    summary="Call an activity off",
    responses=problems.responses(errors.ActivityNotPublished),
)
async def close_activity(
    session: Writing, caller: Changer, activity_id: UUID, response: Response
) -> ActivityOut:
    """Call an activity off: everybody's time is free again."""
    activity = await _locked(session, caller, activity_id)
    await activities.cancel(session, activity, actor=caller.label)
    return await whole(session, activity, response)


@router.post(
    "/needs/{need_id}/capacity",
    operation_id="change_capacity",
    summary="Call for more or fewer",
    response_model=NeedOut,
    responses=problems.responses(errors.CapacityBelowTaken),
)
async def change_capacity(session: Writing, caller: Changer, need_id: UUID, body: CapacityIn) -> object:
    """Change for how many there is a place; who waits gets what becomes free."""
    need = await activities.need(session, need_id, lock=True)
    caller.must(at=(await activities.get(session, need.activity_id)).organization_id)
    await activities.resize(session, need, body.capacity)
    await sign_ups.fill(session, need)
    return need


@router.post(
    "/needs/{need_id}/times",
    operation_id="move_need",
    summary="Move a role in time",
    response_model=NeedOut,
    responses=problems.responses(errors.ActivityTimesReversed, errors.OverlappingCommitment),
)
async def move_need(session: Writing, caller: Changer, need_id: UUID, body: TimesIn) -> object:
    """Move a role within its activity; refused if somebody who has a place promised that time elsewhere."""
    need = await activities.need(session, need_id, lock=True)
    caller.must(at=(await activities.get(session, need.activity_id)).organization_id)
    await activities.reschedule(session, need, body.starts_at, body.ends_at)
    return need


async def _locked(session: Writing, caller: Asking, activity_id: UUID) -> Activity:
    activity = await activities.get(session, activity_id, lock=True)
    caller.must(at=activity.organization_id)
    return activity


async def whole(session: ReadSession, activity: Activity, response: Response) -> ActivityOut:
    """Return an activity with whom it needs, and the version for those who change it."""
    response.headers["ETag"] = versions.etag(activity.version)
    return ActivityOut.of(activity, await activities.needs(session, activity.id))
