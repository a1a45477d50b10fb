"""Overdue: complaints whose promised day went by without an answer are told of, once."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.disclosure.complaints import complaints
from app.disclosure.models import Complaint, ComplaintStep, ComplaintStepKind
from app.kit.clock import today
from app.kit.database import Transactions, WriteSession

AT_ONCE = 200


async def make_due(database: Transactions, on: date | None = None) -> int:
    """Tell of every complaint that is late since today or before; return how many those were."""
    count = 0
    while True:
        async with database.writing() as session:
            seen, told = await send(session, on or today())
        count += told
        if seen < AT_ONCE:
            return count


async def send(session: WriteSession, on: date) -> tuple[int, int]:
    """Tell of some complaints that are late on a day; return how many were looked at, and told of."""
    said = select(ComplaintStep.id).where(
        ComplaintStep.complaint_id == Complaint.id, ComplaintStep.kind == ComplaintStepKind.overdue
    )
    late = select(Complaint).where(
        Complaint.due_on < on, Complaint.answered_at.is_(None), Complaint.closed_at.is_(None), ~said.exists()
    )
    found = (await session.scalars(late.order_by(Complaint.id).limit(AT_ONCE))).all()
    told = 0
    for complaint in found:
        step = {"complaint_id": complaint.id, "kind": ComplaintStepKind.overdue, "actor": "system"}
        # The key is the referee: whoever puts it there tells of it.
        put = insert(ComplaintStep).values(step).on_conflict_do_nothing().returning(ComplaintStep.id)
        if await session.scalar(put) is not None:
            await complaints.tell(session, complaint, ComplaintStepKind.overdue)
            told += 1
    return len(found), told
