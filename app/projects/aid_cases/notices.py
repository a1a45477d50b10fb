"""Notices: 公示, an approved case stands open to objections for some days before it may be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.projects.aid_cases import cases, decisions, steps
from app.projects.aid_cases.errors import (
    AidCaseNotInState,
    AidDayAhead,
    AidObjectionOpen,
    AidObjectionSettled,
    NoticeBeforeDecision,
    NoticeRunning,
)
from app.projects.models import AidCase, AidCaseState, AidDecision, AidNotice, AidObjection, Project

DAYS = 7
"""How long a notice stands unless somebody says otherwise: no law fixes it, the associations' habit does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """From which day, for how many, where a notice stands, and whom to tell objections."""

    starts_on: date
    days: int
    place: str
    contact: str
    by: str


async def post(session: WriteSession, case: AidCase, posting: Posting) -> AidNotice:
    """Put an approved case up; what everybody reads of it names nobody."""
    steps.must_lead_to(case, AidCaseState.noticed)
    decision = await decisions.last(session, case)
    if posting.starts_on < decision.decided_on:
        raise NoticeBeforeDecision(decided_on=decision.decided_on)
    if posting.starts_on > today():
        raise AidDayAhead(day=posting.starts_on)
    notice = AidNotice(
        case_id=case.id,
        decision_id=decision.id,
        starts_on=posting.starts_on,
        ends_on=posting.starts_on + timedelta(days=posting.days - 1),
        place=posting.place,
        contact=posting.contact,
        made_by=posting.by,
    )
    session.add(notice)
    await steps.move(session, case, AidCaseState.noticed, by=posting.by)
    return notice


async def of(session: ReadSession, case: AidCase) -> AidNotice | None:
    """Return the notice that stands, or stood last."""
    query = select(AidNotice).where(AidNotice.case_id == case.id).order_by(AidNotice.id.desc())
    return await session.scalar(query.limit(1))


def running(on: date) -> Select[AidNotice]:
    """Return the query for the notices that stand on a day, without what no longer holds."""
    holds = select(AidDecision.id).where(AidDecision.overturned_at.is_(None))
    return select(AidNotice).where(
        AidNotice.starts_on <= on, AidNotice.ends_on >= on, AidNotice.decision_id.in_(holds)
    )


async def told(
    session: ReadSession, standing: Sequence[AidNotice]
) -> list[tuple[AidNotice, AidCase, str, str]]:
    """Return notices in their order, with their cases and the names of organization and project."""
    rows = await session.execute(
        select(AidNotice.id, AidCase, Organization.name, Project.title)
        .join(AidCase, AidCase.id == AidNotice.case_id)
        .join(Organization, Organization.id == AidCase.organization_id)
        .join(Project, Project.id == AidCase.project_id)
        .where(AidNotice.id.in_([one.id for one in standing]))
    )
    known = {row[0]: (row[1], row[2], row[3]) for row in rows}
    return [(one, *known[one.id]) for one in standing]


async def object_to(session: WriteSession, case: AidCase, *, words: str, by: str) -> AidObjection:
    """Take an objection down while a case is on notice; until it is settled nothing is paid."""
    if case.state is not AidCaseState.noticed:
        raise AidCaseNotInState(case=case.id, state=case.state)
    counted = select(func.count()).where(AidObjection.case_id == case.id)
    number = (await session.scalar(counted) or 0) + 1
    row = AidObjection(case_id=case.id, number=number, raised_on=today(), recorded_by=by)
    session.add(row)
    await session.flush()
    await cases.seal(session, case, f"objection:{number}", {"words": words})
    return row


async def objection(session: ReadSession, case: AidCase, objection_id: UUID) -> AidObjection:
    """Return an objection to a case, or refuse."""
    found = await session.get(AidObjection, objection_id)
    if found is None or found.case_id != case.id:
        raise OutOfSight
    return found


async def objections(session: ReadSession, case: AidCase) -> Sequence[AidObjection]:
    """Return the objections to a case."""
    query = select(AidObjection).where(AidObjection.case_id == case.id).order_by(AidObjection.number)
    return (await session.scalars(query)).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Whether an objection was right, why, and who says so."""

    upheld: bool
    words: str
    by: str


async def settle(session: WriteSession, case: AidCase, row: AidObjection, said: Settlement) -> AidObjection:
    """Settle an objection; if it was right the case is refused, and what was approved is taken back."""
    if row.settled_at is not None:
        raise AidObjectionSettled(objection=row.id)
    row.upheld, row.settled_at, row.settled_by = said.upheld, now(), said.by
    await session.flush()
    await cases.seal(session, case, f"settlement:{row.number}", {"words": said.words})
    if said.upheld and case.state is AidCaseState.noticed:
        await decisions.overturn(session, case, to=AidCaseState.refused, by=said.by)
    return row


async def release(session: WriteSession, case: AidCase, *, by: str) -> None:
    """Let a case be paid whose notice is over, and to which no objection is left."""
    steps.must_lead_to(case, AidCaseState.payable)
    notice = await of(session, case)
    if notice is None or notice.ends_on >= today():
        raise NoticeRunning(ends_on=notice and notice.ends_on)
    unsettled = select(AidObjection.id).where(
        AidObjection.case_id == case.id, AidObjection.settled_at.is_(None)
    )
    if await session.scalar(select(exists(unsettled))):
        raise AidObjectionOpen(case=case.id)
    await steps.move(session, case, AidCaseState.payable, by=by)
