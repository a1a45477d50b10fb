"""Waiting: what of volunteering waits for staff, a query for each kind of task."""

from collections.abc import Mapping

from app.kit.database import ReadSession
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.desk.tasks import Query, Source
from app.volunteers.models import (
    Activity,
    CheckIn,
    Membership,
    MemberState,
    RecordObjection,
    RecordState,
    SignUp,
    SignUpState,
    Team,
    TimeRecord,
)


async def _sign_ups(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=Activity.organization_id,
            subject_id=SignUp.id,
            title=tasks.named("报名待审核", Activity.title),
            since_at=SignUp.created_at,
        )
        .join(Activity, Activity.id == SignUp.activity_id)
        .where(
            Activity.organization_id.in_(caller.holds(Permission.volunteers_change)),
            SignUp.state == SignUpState.asked,
        )
    )


async def _memberships(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=Team.organization_id,
            subject_id=Membership.id,
            title=tasks.named("入队申请待审核", Team.name),
            since_at=Membership.created_at,
        )
        .join(Team, Team.id == Membership.team_id)
        .where(
            Team.organization_id.in_(caller.holds(Permission.volunteers_change)),
            Membership.state == MemberState.asked,
        )
    )


async def _records(_session: ReadSession, caller: Caller) -> Query:
    return tasks.row(
        organization_id=TimeRecord.organization_id,
        subject_id=TimeRecord.id,
        title=tasks.named("服务记录待确认", TimeRecord.title),
        since_at=TimeRecord.created_at,
    ).where(
        TimeRecord.organization_id.in_(caller.holds(Permission.volunteers_change)),
        TimeRecord.state == RecordState.reported,
    )


async def _objections(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=TimeRecord.organization_id,
            subject_id=RecordObjection.id,
            title=tasks.named("服务记录异议待答复", TimeRecord.title),
            since_at=RecordObjection.created_at,
        )
        .join(TimeRecord, TimeRecord.id == RecordObjection.record_id)
        .where(
            TimeRecord.organization_id.in_(caller.holds(Permission.volunteers_change)),
            RecordObjection.answered_at.is_(None),
        )
    )


async def _forgotten(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=Activity.organization_id,
            subject_id=CheckIn.id,
            title=tasks.named("未签退待处理", Activity.title),
            since_at=CheckIn.flagged_at,
        )
        .join(SignUp, SignUp.id == CheckIn.sign_up_id)
        .join(Activity, Activity.id == SignUp.activity_id)
        .where(
            Activity.organization_id.in_(caller.holds(Permission.volunteers_change)),
            CheckIn.checked_out_at.is_(None),
            CheckIn.flagged_at.is_not(None),
        )
    )


SOURCES: Mapping[str, Source] = {
    "sign_up": _sign_ups,
    "membership": _memberships,
    "time_record": _records,
    "record_objection": _objections,
    "check_out_forgotten": _forgotten,
}
"""Each is one indexed query, narrowed to where the caller may do what waits."""
