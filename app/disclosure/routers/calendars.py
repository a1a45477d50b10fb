"""The calendar of what is owed over HTTP, for calendar programs."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from app.disclosure.calendars import duties, icalendar
from app.disclosure.obligations import states
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.fields import Code
from app.kit.http import problems
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.organizations.signin import may

router = APIRouter()

Reader = Annotated[Asking, may(Permission.publications_read)]
_EXAMPLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n...\r\nEND:VCALENDAR\r\n"
_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"content": {icalendar.MEDIA_TYPE: {"example": _EXAMPLE}}, "description": "An iCalendar file."}
}


class CalendarQuery(BaseModel):
    """Whose calendar is asked for; without it that of all organizations that the caller sees."""

    model_config = ConfigDict(extra="forbid")

    organization: Code | None = Field(default=None, description="The organization's code.")
    within: Code | None = Field(default=None, description="The code of one, with all below it.")


@router.get(
    "/obligations.ics",
    operation_id="export_obligation_calendar",
    summary="Export the calendar",
    response_class=Response,
    responses=_CALENDAR | problems.responses(OutOfSight),
)
async def export_obligation_calendar(
    request: Request, session: Reading, caller: Reader, asked: Annotated[CalendarQuery, Query()]
) -> Response:
    """Export what is owed from a quarter ago to the next year as iCalendar (RFC 5545), a whole day each."""
    places, name = set(caller.visible()), "信息公开义务"
    if asked.within is not None:
        head = await _seen(session, places, asked.within)
        places, name = places & set(await organizations.subtree_ids(session, head.id)), f"{name} {head.name}"
    if asked.organization is not None:
        one = await _seen(session, places, asked.organization)
        places, name = {one.id}, f"{name} {one.name}"
    rows, language = await duties.due(session, places, today()), problems.language_of(request)
    content = icalendar.written(name, duties.days(rows, today(), states.readings(session), language))
    return Response(content, media_type=icalendar.MEDIA_TYPE, headers={"Cache-Control": "private, no-cache"})


async def _seen(session: ReadSession, places: set[UUID], code: str) -> Organization:
    known = select(Organization).where(Organization.code == code, Organization.id.in_(places))
    found = await session.scalar(known)
    if found is None:
        raise OutOfSight
    return found
