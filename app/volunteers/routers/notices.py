"""Notices to volunteers over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.errors import OutOfSight
from app.volunteers import notices
from app.volunteers.models import VolunteerNotice
from app.volunteers.registry import errors as personal
from app.volunteers.routers.signin import Myself
from app.volunteers.schemas.notices import NoticesReadIn, VolunteerNoticeOut, VolunteerNoticeQuery

router = APIRouter(
    prefix="/v1/volunteers/me/notices",
    tags=["my service"],
    route_class=IdempotentRoute,
    responses=problems.responses(personal.NotAVolunteer),
)


@router.get("", operation_id="list_my_notices", summary="List my notices")
async def list_my_notices(
    session: Reading, myself: Myself, request: Request, asked: Annotated[VolunteerNoticeQuery, Query()]
) -> Page[VolunteerNoticeOut]:
    """List what was decided about what the volunteer had asked for, the latest first."""
    query = notices.of_volunteer(myself, unread=asked.unread)
    found = await pages.page(session, query, [VolunteerNotice.id], asked, newest_first=True)
    language = problems.language_of(request)
    items = [VolunteerNoticeOut.of(one, language) for one in found.items]
    return found.told(items)


@router.post(
    "/reading",
    operation_id="mark_my_notices",
    summary="Mark my notices as read",
    status_code=204,
    responses=problems.responses(OutOfSight),
)
async def mark_my_notices(session: Writing, myself: Myself, body: NoticesReadIn) -> None:
    """Note that the volunteer has read these notices; those that were read already stay as they are."""
    await notices.mark(session, myself, body.notice_ids)
