"""Tasks and notifications over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.kit.database import Reading, Writing
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, Paging, page
from app.organizations.access import Caller
from app.organizations.desk import notices, notifications, tasks
from app.organizations.errors import OutOfSight
from app.organizations.models import Notification
from app.organizations.schemas.desk import NotificationOut, NotificationQuery, ReadIn, TaskOut
from app.organizations.signin import signed_in

router = APIRouter(prefix="/me", tags=["me"], route_class=LateRoute)
SignedIn = Annotated[Caller, signed_in]


@router.get("/tasks", operation_id="list_tasks", summary="List my tasks")
async def list_tasks(session: Reading, caller: SignedIn, asked: Paging) -> Page[TaskOut]:
    """Return everything that waits for you, what has waited longest first."""
    found = await tasks.of(session, caller, asked)
    return found.told([TaskOut.of(one) for one in found.items])


@router.get("/notifications", operation_id="list_notifications", summary="List my notifications")
async def list_notifications(
    session: Reading, caller: SignedIn, request: Request, asked: Annotated[NotificationQuery, Query()]
) -> Page[NotificationOut]:
    """Return what you were told, the latest first."""
    query = notifications.of(caller.id, unread=asked.unread)
    found = await page(session, query, [Notification.id], asked, newest_first=True)
    known, language = notices.known(session), problems.language_of(request)
    items = [NotificationOut.of(one, known.get(one.topic), language) for one in found.items]
    return found.told(items)


@router.post(
    "/notifications/reading",
    operation_id="mark_notifications",
    summary="Mark as read",
    status_code=204,
    responses=problems.responses(OutOfSight),
)
async def mark_notifications(session: Writing, caller: SignedIn, body: ReadIn) -> None:
    """Note that you have read everything up to and with a notification."""
    await notifications.get(session, caller.id, body.up_to)
    await notifications.mark(session, caller.id, body.up_to)
