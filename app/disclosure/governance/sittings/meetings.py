"""Meetings: when a body met and with how many, and which councils have met too seldom.

A foundation's council meets twice a year at least, and with two thirds of its directors (Regulations on
Foundations 21; A). Of associations the charter says it, and we do not keep what it says.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Text, cast, func, literal, select

from app.disclosure.governance.elections import QUORUM
from app.disclosure.governance.errors import HappenedAhead, MeetingInvalid, MeetingKnown, PostOutsideTerm
from app.disclosure.models import CouncilBody, CouncilMeeting, CouncilTerm
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import ReadSession, WriteSession
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.errors import OutOfSight
from app.organizations.models import LegalForm, Organization

KIND = "council_meeting"
"""Under this name the minutes lie; `app/wiring.py` says who reads them."""

MEETINGS_A_YEAR_MIN = 2
TOLD_FROM_MONTH = 10
"""From October on a council that met too seldom stands among the tasks: there is still time to meet (C)."""


async def record(
    session: WriteSession, organization: Organization, meeting: CouncilMeeting, *, documents: Sequence[UUID]
) -> CouncilMeeting:
    """Record that a body met in one of its terms, with its minutes; MeetingInvalid without a quorum."""
    if meeting.held_on > today():
        raise HappenedAhead(day=meeting.held_on)
    term = await session.get(CouncilTerm, meeting.term_id)
    if term is None or term.organization_id != organization.id:
        raise OutOfSight
    last = term.closed_on or date.max
    if term.body is not meeting.body or not term.starts_on <= meeting.held_on <= last:
        raise PostOutsideTerm(term_starts_on=term.starts_on, term_closed_on=term.closed_on)
    foundation = organization.legal_form is LegalForm.foundation and meeting.body is CouncilBody.council
    if foundation and meeting.present_count * 3 < meeting.entitled_count * 2:
        raise MeetingInvalid(article=QUORUM, mark="A")
    known = {
        "council_meetings_organization_id_body_title_key": MeetingKnown(),
        "council_meetings_present_check": MeetingInvalid(),
    }
    async with constraints.told(session, known):
        session.add(meeting)
    if documents:
        owner = Owner(KIND, meeting.id, meeting.organization_id)
        await files.attach(session, documents, owner, by=meeting.recorded_by)
    return meeting


def seldom(day: date) -> ColumnElement[bool]:
    """Return what is true of the running councils of foundations that have met too seldom in a day's year."""
    form = select(Organization.legal_form).where(Organization.id == CouncilTerm.organization_id)
    return (
        (CouncilTerm.body == CouncilBody.council)
        & CouncilTerm.closed_on.is_(None)
        & (CouncilTerm.starts_on <= day)
        & (form.scalar_subquery() == LegalForm.foundation)
        & (_held(day) < MEETINGS_A_YEAR_MIN)
    )


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query | None:
    """Return the councils that have met too seldom this year, from October on."""
    day = today()
    if day.month < TOLD_FROM_MONTH:
        return None
    since = func.timezone(str(LEGAL_ZONE), cast(literal(date(day.year, TOLD_FROM_MONTH, 1)), DateTime()))
    title = literal("本年度理事会会议不足两次，已召开").concat(cast(_held(day), Text())).concat("次")
    return tasks.row(
        organization_id=CouncilTerm.organization_id,
        subject_id=CouncilTerm.id,
        title=title,
        since_at=since,
    ).where(CouncilTerm.organization_id.in_(caller.holds(Permission.governance_change)), seldom(day))


def _held(day: date) -> ColumnElement[int]:
    # Of the organization, and not of the term: a council that was re-elected in May met before, too.
    return (
        select(func.count(CouncilMeeting.id))
        .where(
            CouncilMeeting.organization_id == CouncilTerm.organization_id,
            CouncilMeeting.body == CouncilBody.council,
            CouncilMeeting.held_on.between(date(day.year, 1, 1), date(day.year, 12, 31)),
        )
        .scalar_subquery()
    )


SOURCES: Mapping[str, tasks.Source] = {"council_meetings_few": waiting}
