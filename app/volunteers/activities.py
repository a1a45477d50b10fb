"""Activities: what volunteers are called to, with all that may happen to them there (CL 65)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update

from app.kit import constraints, outbox
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.errors import OutOfSight, RegionUnknown
from app.volunteers.errors import (
    ActivityCodeTaken,
    ActivityIncomplete,
    ActivityNotDraft,
    ActivityNotPublished,
    ActivityTimesReversed,
    CapacityBelowTaken,
    InsuranceMissing,
    OverlappingCommitment,
    TeamOfAnotherOrganization,
)
from app.volunteers.models import Activity, ActivityState, Need, Policy, SignUp, SignUpState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNeed:
    """Whom an activity needs; without times of its own, for the whole of it."""

    role: str
    capacity: int
    skills: Sequence[str] = ()
    qualifications: Sequence[str] = ()
    age_min: int | None = None
    age_max: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


async def draft(session: WriteSession, activity: Activity, needs: Sequence[NewNeed]) -> Activity:
    """Draft an activity with whom it needs."""
    async with constraints.told(session, _refusals()):
        session.add(activity)
    for need in needs:
        await add_need(session, activity, need)
    return activity


async def add_need(session: WriteSession, activity: Activity, new: NewNeed) -> Need:
    """Call for one more role."""
    _refuse_cancelled(activity)
    need = Need(
        activity_id=activity.id,
        role=new.role,
        capacity=new.capacity,
        skills=list(new.skills),
        qualifications=list(new.qualifications),
        age_min=new.age_min,
        age_max=new.age_max,
        starts_at=new.starts_at or activity.starts_at,
        ends_at=new.ends_at or activity.ends_at,
    )
    if need.starts_at < activity.starts_at or need.ends_at > activity.ends_at:
        raise ActivityTimesReversed
    async with constraints.told(session, _refusals()):
        session.add(need)
    return need


async def change(session: WriteSession, activity: Activity, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a draft; what volunteers relied on when they signed up stays."""
    if activity.state is not ActivityState.draft:
        raise ActivityNotDraft(activity=activity.id, state=activity.state)
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(activity, name, value)
        activity.version += 1


async def publish(session: WriteSession, activity: Activity) -> None:
    """Call volunteers: only with all information and risks, and with insurance where it is dangerous."""
    if activity.state is not ActivityState.draft:
        raise ActivityNotDraft(activity=activity.id, state=activity.state)
    told = ("content", "risks", "served_group", "responsible", "contact")
    missing = [name for name in told if not getattr(activity, name)]
    if missing or not await needs(session, activity.id):
        raise ActivityIncomplete(missing=missing or ["needs"])
    if activity.dangerous:
        await _need_insurance(session, activity)
    activity.state, activity.published_at = ActivityState.published, now()
    activity.version += 1
    await session.flush()
    await _tell(session, "volunteers.activity_published", activity)


async def _need_insurance(session: ReadSession, activity: Activity) -> None:
    policy = await session.get(Policy, activity.policy_id) if activity.policy_id else None
    days = (legal_day(activity.starts_at), legal_day(activity.ends_at))
    if policy is None or policy.starts_on > days[0] or policy.ends_on < days[1]:
        raise InsuranceMissing(activity=activity.id)


async def cancel(session: WriteSession, activity: Activity, *, actor: str) -> None:
    """Call an activity off: everybody's time is free again."""
    _refuse_cancelled(activity)
    activity.state = ActivityState.cancelled
    activity.published_at = activity.published_at or now()
    activity.version += 1
    await session.flush()
    live = [SignUpState.asked, SignUpState.confirmed, SignUpState.waiting]
    await session.execute(
        update(SignUp)
        .where(SignUp.activity_id == activity.id, SignUp.state.in_(live))
        .values(state=SignUpState.cancelled, changed_at=now(), changed_by=actor)
    )
    await session.execute(update(Need).where(Need.activity_id == activity.id).values(taken_count=0))
    await _tell(session, "volunteers.activity_cancelled", activity)


async def resize(session: WriteSession, need: Need, capacity: int) -> None:
    """Call for more or fewer; not for fewer than have a place already."""
    async with constraints.told(session, {"activity_needs_taken_check": CapacityBelowTaken()}):
        need.capacity = capacity


async def reschedule(session: WriteSession, need: Need, starts_at: datetime, ends_at: datetime) -> None:
    """Move a role in time; the sign-ups move along, and the database looks for overlaps anew."""
    activity = await get(session, need.activity_id)
    if starts_at < activity.starts_at or ends_at > activity.ends_at:
        raise ActivityTimesReversed
    refusals: dict[str, Refusal] = {
        "activity_needs_times_check": ActivityTimesReversed(),
        "sign_ups_overlap_excl": OverlappingCommitment(),
    }
    async with constraints.told(session, refusals):
        need.starts_at, need.ends_at = starts_at, ends_at


async def get(session: ReadSession, activity_id: UUID, *, lock: bool = False) -> Activity:
    """Return an activity, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    activity = await session.get(Activity, activity_id, with_for_update=for_update, populate_existing=lock)
    if activity is None:
        raise OutOfSight
    return activity


async def published(session: ReadSession, activity_id: UUID) -> Activity:
    """Return an activity that volunteers are called to; drafts exist for staff only."""
    activity = await get(session, activity_id)
    if activity.state is ActivityState.draft:
        raise OutOfSight
    return activity


async def need(session: ReadSession, need_id: UUID, *, lock: bool = False) -> Need:
    """Return a role that an activity calls for; with `lock` its places are this transaction's to give."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(Need, need_id, with_for_update=for_update, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def needs(session: ReadSession, *activity_ids: UUID) -> Sequence[Need]:
    """Return whom some activities need, in the order in which it was said."""
    query = select(Need).where(Need.activity_id.in_(activity_ids)).order_by(Need.id)
    return (await session.scalars(query)).all()


def within(places: frozenset[UUID]) -> Select[Activity]:
    """Return the query for the activities of some organizations, drafts too."""
    return select(Activity).where(Activity.organization_id.in_(places))


def calendar() -> Select[Activity]:
    """Return the query for the activities that volunteers are called to and that are not over."""
    return select(Activity).where(Activity.state == ActivityState.published, Activity.ends_at > now())


def refuse_closed(activity: Activity) -> None:
    """Refuse whatever needs an activity that goes on."""
    if activity.state is not ActivityState.published or activity.ends_at <= now():
        raise ActivityNotPublished(activity=activity.id, state=activity.state)


def _refuse_cancelled(activity: Activity) -> None:
    if activity.state is ActivityState.cancelled:
        raise ActivityNotPublished(activity=activity.id, state=activity.state)


def _refusals() -> dict[str, Refusal]:
    return {
        "activities_organization_id_code_key": ActivityCodeTaken(),
        "activities_times_check": ActivityTimesReversed(),
        "activity_needs_times_check": ActivityTimesReversed(),
        "activities_team_fkey": TeamOfAnotherOrganization(),
        "activities_policy_fkey": InsuranceMissing(),
        "activities_region_code_fkey": RegionUnknown(),
    }


async def _tell(session: WriteSession, topic: str, activity: Activity) -> None:
    payload = {"activity_id": str(activity.id), "code": activity.code}
    await outbox.tell(
        session, topic, organization_id=activity.organization_id, subject=str(activity.id), payload=payload
    )


async def need_of(session: ReadSession, activity: Activity, need_id: UUID) -> Need:
    """Return a role that this activity calls for, or refuse."""
    found = await need(session, need_id)
    if found.activity_id != activity.id:
        raise OutOfSight
    return found
