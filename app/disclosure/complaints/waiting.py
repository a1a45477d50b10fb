"""Waiting: the complaints that somebody has to look into, as tasks and as notices."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Text, cast, func, or_

from app.disclosure.complaints import recusals
from app.disclosure.models import Complaint, ComplaintState
from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.desk.notices import Notice

TASK = "complaint"


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the complaints that are not closed: the caller's own, and those that nobody has in hand."""
    due = func.coalesce(cast(Complaint.due_on, Text), "未设期限")
    return tasks.row(
        organization_id=Complaint.handled_by,
        subject_id=Complaint.id,
        title=tasks.named("投诉待办理，期限", due),
        since_at=Complaint.created_at,
    ).where(
        Complaint.handled_by.in_(caller.holds(Permission.complaints_answer)),
        Complaint.state != ComplaintState.closed,
        or_(Complaint.assigned_to.is_(None), Complaint.assigned_to == caller.id),
        ~recusals.hidden(caller.id),
    )


async def _handlers(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    complaint = await session.get_one(Complaint, UUID(event.payload["complaint_id"]))
    return await recusals.handlers(session, complaint, complaint.handled_by)


async def _assignee(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    complaint = await session.get_one(Complaint, UUID(event.payload["complaint_id"]))
    assigned = event.payload["assigned_to"]
    if assigned is None or await recusals.is_hidden(session, complaint, UUID(assigned)):
        return set()
    return {UUID(assigned)}


SOURCES: Mapping[str, tasks.Source] = {TASK: waiting}
NOTICES: Mapping[str, Notice] = {
    "complaint.received": Notice("A complaint waits to be looked into", "有一件投诉待办理", _handlers),
    "complaint.overdue": Notice(
        "A complaint was not answered by the promised day", "一件投诉已超过承诺的答复期限", _handlers
    ),
    "complaint.assigned": Notice("A complaint was given to you", "有一件投诉交由您办理", _assignee),
}
"""Which events about complaints are told, and to whom: never to those whom a complaint is about."""
