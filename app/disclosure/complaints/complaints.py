"""Complaints: received from anybody, looked into, answered and closed; their words lie under seal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Date, Select, cast, false, func, select

from app.disclosure.complaints import clock, recusals
from app.disclosure.complaints.errors import (
    AssigneeUnfit,
    ComplaintClosed,
    ComplaintForgotten,
    ComplaintNotAnswered,
    ComplaintNotFound,
)
from app.disclosure.models import (
    Complaint,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintState,
    ComplaintStep,
    ComplaintStepKind,
    ComplaintSubject,
    RecusalGround,
)
from app.kit import outbox, vault
from app.kit.clock import LEGAL_ZONE, now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, new_id, read_code
from app.kit.vault import PersonErased
from app.organizations import tokens
from app.organizations.errors import OutOfSight

TEXT, CONTACT, ANSWER, CLOSING = "complaint", "complaint_contact", "complaint_answer", "complaint_closing"
SEALED = (TEXT, CONTACT, ANSWER, CLOSING)
JUDGED = {ComplaintOutcome.upheld, ComplaintOutcome.partly_upheld, ComplaintOutcome.not_upheld}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComplaint:
    """What somebody finds wrong, and about what; without a contact nobody knows who it was."""

    organization_id: UUID
    subject_kind: ComplaintSubject
    text: str
    subject_code: str | None = None
    contact: str | None = None
    channel: ComplaintChannel = ComplaintChannel.web
    received_on: date = field(default_factory=today)


async def receive(session: WriteSession, new: NewComplaint, *, actor: str) -> tuple[Complaint, str]:
    """Take a complaint, and return it with the code by which whoever sent it follows it.

    Of the code only a hash is kept. Who is named in it never sees it; if everybody who could look into it
    is, those above do.
    """
    code = new_code()
    complaint = Complaint(
        organization_id=new.organization_id,
        handled_by=new.organization_id,
        channel=new.channel,
        subject_kind=new.subject_kind,
        subject_code=new.subject_code,
        anonymous=new.contact is None,
        person_id=new_id(),
        code_hash=tokens.digest(code),
        received_on=new.received_on,
        due_on=clock.of(session).due(new.received_on),
    )
    sealed = {TEXT: new.text} | ({CONTACT: new.contact} if new.contact is not None else {})
    await vault.keep(session, complaint.person_id, sealed)
    session.add(complaint)
    await session.flush()
    _step(session, complaint, ComplaintStepKind.received, actor)
    about = await recusals.named(session, new.organization_id, new.text)
    for one in await recusals.add(session, complaint, about, ground=RecusalGround.named, by="system"):
        _step(session, complaint, ComplaintStepKind.recused, "system", one)
    if await recusals.place(session, complaint):
        _step(session, complaint, ComplaintStepKind.passed_up, "system")
    await session.flush()
    await tell(session, complaint, ComplaintStepKind.received)
    return complaint, code


async def recuse(session: WriteSession, complaint: Complaint, staff_id: UUID, *, actor: str) -> None:
    """Hide a complaint from a person whom it is about; if they had it in hand, somebody else will have to."""
    _must_be_open(complaint)
    ground = RecusalGround.declared
    if not await recusals.add(session, complaint, [staff_id], ground=ground, by=actor):
        return
    _step(session, complaint, ComplaintStepKind.recused, actor, staff_id)
    if complaint.assigned_to == staff_id:
        complaint.assigned_to = None
        if complaint.state is ComplaintState.assigned:
            complaint.state = ComplaintState.received
    if await recusals.place(session, complaint):
        _step(session, complaint, ComplaintStepKind.passed_up, "system")
    await session.flush()


async def assign(session: WriteSession, complaint: Complaint, staff_id: UUID, *, actor: str) -> None:
    """Give a complaint to a person, who may answer it and whom it is not about."""
    _must_be_open(complaint)
    if staff_id not in await recusals.handlers(session, complaint, complaint.handled_by):
        raise AssigneeUnfit(staff_id=staff_id)
    complaint.assigned_to = staff_id
    if complaint.state is ComplaintState.received:
        complaint.state = ComplaintState.assigned
    _step(session, complaint, ComplaintStepKind.assigned, actor, staff_id)
    await session.flush()
    await tell(session, complaint, ComplaintStepKind.assigned)


async def answer(session: WriteSession, complaint: Complaint, words: str, *, actor: str) -> None:
    """Answer a complaint; whoever holds its code reads it. Said again, the later word counts.

    When it was answered first is what the promise is held against.
    """
    _must_be_open(complaint)
    await _keep(session, complaint, {ANSWER: words})
    complaint.state, complaint.answered_at = ComplaintState.answered, complaint.answered_at or now()
    _step(session, complaint, ComplaintStepKind.answered, actor)
    await session.flush()
    await tell(session, complaint, ComplaintStepKind.answered)


async def close(
    session: WriteSession, complaint: Complaint, outcome: ComplaintOutcome, words: str, *, actor: str
) -> None:
    """Close a complaint with what came of it; whether it was justified is said after an answer."""
    _must_be_open(complaint)
    if outcome in JUDGED and complaint.answered_at is None:
        raise ComplaintNotAnswered(outcome=outcome)
    await _keep(session, complaint, {CLOSING: words})
    complaint.state, complaint.closed_at, complaint.outcome = ComplaintState.closed, now(), outcome
    _step(session, complaint, ComplaintStepKind.closed, actor)
    await session.flush()
    await tell(session, complaint, ComplaintStepKind.closed)


async def forget(session: WriteSession, complaint: Complaint, *, actor: str) -> None:
    """Destroy the words of a complaint; that there was one, and what came of it, stays."""
    await vault.erase(session, complaint.person_id)
    _step(session, complaint, ComplaintStepKind.forgotten, actor)
    await session.flush()


async def forget_contact(session: WriteSession, complaint: Complaint) -> None:
    """Delete how to reach whoever complained; what they said and were answered stays."""
    await vault.forget(session, complaint.person_id, [CONTACT])


async def get(session: ReadSession, complaint_id: UUID, *, caller_id: UUID, lock: bool = False) -> Complaint:
    """Return a complaint; for whom it is about there is none."""
    found = await session.get(Complaint, complaint_id, with_for_update=lock or None, populate_existing=lock)
    if found is None or await recusals.is_hidden(session, found, caller_id):
        raise OutOfSight
    return found


async def by_code(session: ReadSession, code: str) -> Complaint:
    """Return the complaint with this code, however a person typed it, or refuse."""
    query = select(Complaint).where(Complaint.code_hash == tokens.digest(read_code(code)))
    found = await session.scalar(query)
    if found is None:
        raise ComplaintNotFound
    return found


def listing(places: Collection[UUID], caller_id: UUID) -> Select[Complaint]:
    """Return the query for the complaints that some organizations look into, as far as a person sees them."""
    return select(Complaint).where(Complaint.handled_by.in_(places), ~recusals.hidden(caller_id))


def within(
    query: Select[Complaint], first: date | None, last: date | None, *, late: bool | None
) -> Select[Complaint]:
    """Return the query narrowed to when complaints came, and to whether their promise was kept so far."""
    if first is not None:
        query = query.where(Complaint.received_on >= first)
    if last is not None:
        query = query.where(Complaint.received_on <= last)
    if late is None:
        return query
    # As `clock.is_late` says it of one.
    settled_at = func.coalesce(Complaint.answered_at, Complaint.closed_at)
    settled = cast(func.timezone(LEGAL_ZONE.key, settled_at), Date)
    over = func.coalesce(Complaint.due_on < func.coalesce(settled, today()), false())
    return query.where(over if late else ~over)


async def words(session: ReadSession, complaint: Complaint) -> Mapping[str, str]:
    """Return what was said in a complaint and to it; nothing once it is forgotten."""
    found = await vault.read(session, [complaint.person_id], SEALED)
    return found.get(complaint.person_id, {})


async def steps(session: ReadSession, complaint: Complaint) -> Sequence[ComplaintStep]:
    """Return what was done about a complaint, in its order."""
    query = select(ComplaintStep).where(ComplaintStep.complaint_id == complaint.id)
    return (await session.scalars(query.order_by(ComplaintStep.id))).all()


async def tell(session: WriteSession, complaint: Complaint, what: ComplaintStepKind) -> None:
    """Tell of a complaint's step: of what was done and when it is due, and of nothing that it says."""
    said = {"complaint_id": str(complaint.id), "subject_kind": complaint.subject_kind.value}
    if complaint.outcome is None:
        said |= {
            "assigned_to": str(complaint.assigned_to) if complaint.assigned_to else None,
            "due_on": complaint.due_on.isoformat() if complaint.due_on else None,
        }
    else:
        # Subscribers are told of it, so that nobody of the house is named any more.
        said |= {"result": complaint.outcome.value}
    await outbox.tell(
        session,
        f"complaint.{what.value}",
        organization_id=complaint.handled_by,
        subject=f"complaint:{complaint.id}",
        payload=said,
    )


def _must_be_open(complaint: Complaint) -> None:
    if complaint.state is ComplaintState.closed:
        raise ComplaintClosed


async def _keep(session: WriteSession, complaint: Complaint, values: Mapping[str, str]) -> None:
    try:
        await vault.keep(session, complaint.person_id, values)
    except PersonErased:
        raise ComplaintForgotten from None


def _step(
    session: WriteSession,
    complaint: Complaint,
    kind: ComplaintStepKind,
    actor: str,
    staff_id: UUID | None = None,
) -> None:
    session.add(ComplaintStep(complaint_id=complaint.id, kind=kind, actor=actor, staff_id=staff_id))
