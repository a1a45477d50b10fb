"""Corrections: what was recorded wrongly is set right with a reason, and what it was stays (67号令).

Why is written by people who write names into it: it is sealed under the volunteer's key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints, vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight
from app.volunteers import records, totals
from app.volunteers.errors import (
    MinutesImpossible,
    NothingToSetRight,
    ObjectionAnswered,
    ObjectionOpen,
    RecordCertified,
    RecordVoided,
    ServedAhead,
)
from app.volunteers.models import Category, RecordCorrection, RecordObjection, RecordState, TimeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What a record should say; None leaves it as it is. Zero minutes voids it."""

    minutes: int | None = None
    served_on: date | None = None
    category: Category | None = None


async def correct(
    session: WriteSession, record: TimeRecord, right: Right, *, reason: str, actor: str
) -> RecordCorrection:
    """Set a record right; totals follow, and the old values stay with who changed them and why."""
    if record.state is RecordState.certified:
        raise RecordCertified(certificate=record.certificate_id)
    if record.state in {RecordState.voided, RecordState.declined}:
        raise RecordVoided(state=record.state)
    made = _draft(record, right, actor)
    if record.state in records.COUNTED:
        await totals.serve(session, records.count([record], -1))
    record.correction_count = made.number
    record.served_on, record.category = made.new_served_on, Category(made.new_category)
    if made.new_minutes == 0:
        record.state = RecordState.voided
    else:
        record.minutes = made.new_minutes
    async with constraints.told(session, {"time_records_minutes_check": MinutesImpossible()}):
        session.add(made)
    if record.state in records.COUNTED:
        await totals.serve(session, records.count([record], 1))
    await reasons.keep(session, _about(record, made), reason)
    return made


def _draft(record: TimeRecord, right: Right, actor: str) -> RecordCorrection:
    made = RecordCorrection(
        record_id=record.id,
        number=record.correction_count + 1,
        actor=actor,
        old_minutes=record.minutes,
        new_minutes=record.minutes if right.minutes is None else right.minutes,
        old_served_on=record.served_on,
        new_served_on=right.served_on or record.served_on,
        old_category=record.category,
        new_category=right.category or record.category,
    )
    before = (made.old_minutes, made.old_served_on, made.old_category)
    if before == (made.new_minutes, made.new_served_on, made.new_category):
        raise NothingToSetRight
    if made.new_served_on > today():
        raise ServedAhead(served_on=made.new_served_on.isoformat())
    return made


async def of_record(session: ReadSession, record_id: UUID) -> Sequence[RecordCorrection]:
    """Return a record's corrections, the first one first."""
    query = select(RecordCorrection).where(RecordCorrection.record_id == record_id)
    return (await session.scalars(query.order_by(RecordCorrection.number))).all()


async def why(
    session: ReadSession, record: TimeRecord, corrections: Sequence[RecordCorrection]
) -> Mapping[UUID, str]:
    """Return the reasons of a record's corrections, by correction; nothing of somebody erased since."""
    return await reasons.read(session, [_about(record, one) for one in corrections])


def _about(record: TimeRecord, correction: RecordCorrection) -> About:
    return About("record_correction", correction.id, record.volunteer_id)


async def doubt(
    session: WriteSession, record: TimeRecord, *, wanted_minutes: int, words: str
) -> RecordObjection:
    """Let a volunteer say that a record of theirs is wrong; the words are sealed with the person."""
    made = RecordObjection(record_id=record.id, wanted_minutes=wanted_minutes)
    async with constraints.told(session, {"record_objections_open_idx": ObjectionOpen()}):
        session.add(made)
    await vault.keep(session, record.volunteer_id, {f"objection:{made.id}": words})
    return made


async def answer(
    session: WriteSession,
    objection: RecordObjection,
    record: TimeRecord,
    *,
    accepted: bool,
    reason: str,
    actor: str,
) -> None:
    """Answer an objection; accepted, the record is set right at once."""
    if objection.answered_at is not None:
        raise ObjectionAnswered
    objection.answered_at, objection.answered_by, objection.accepted = now(), actor, accepted
    await session.flush()
    if accepted and objection.wanted_minutes != record.minutes:
        right = Right(minutes=objection.wanted_minutes)
        await correct(session, record, right, reason=reason, actor=actor)


async def objection(session: WriteSession, objection_id: UUID) -> RecordObjection:
    """Return an objection, unchanged by others until the transaction ends, or refuse."""
    found = await session.get(RecordObjection, objection_id, with_for_update=True)
    if found is None:
        raise OutOfSight
    return found
