"""Check-ins: when somebody came and went, told by a code, by the place or by a leader."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints, outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight
from app.volunteers import records
from app.volunteers.errors import (
    CheckedInAlready,
    CheckedOutAlready,
    CheckOutForgotten,
    MinutesImpossible,
    NotCheckedIn,
    OutOfPlace,
    OutOfTime,
    SignUpNotConfirmed,
)
from app.volunteers.models import Activity, CheckIn, CheckMethod, SignUp, SignUpState

EARLY = timedelta(hours=2)
"""How long before the task one can check in."""

FORGOTTEN_AFTER = timedelta(hours=2)
"""How long after the task an open check-in counts as forgotten."""

_FLAGGED_AT_ONCE = 500
_EARTH_METRES = 6_371_000


async def come(
    session: WriteSession, sign_up: SignUp, *, method: CheckMethod, actor: str, at: datetime | None = None
) -> CheckIn:
    """Check in whoever has a place, around the time of the task; once, whoever is quicker."""
    moment = at or now()
    if sign_up.state is not SignUpState.confirmed:
        raise SignUpNotConfirmed(state=sign_up.state)
    if not sign_up.starts_at - EARLY <= moment < sign_up.ends_at:
        raise OutOfTime(starts_at=sign_up.starts_at.isoformat(), ends_at=sign_up.ends_at.isoformat())
    check_in = CheckIn(sign_up_id=sign_up.id, checked_in_at=moment, in_method=method, in_by=actor)
    async with constraints.told(session, {"check_ins_sign_up_id_key": CheckedInAlready()}):
        session.add(check_in)
    return check_in


async def go(
    session: WriteSession,
    activity: Activity,
    sign_up: SignUp,
    *,
    method: CheckMethod,
    actor: str,
    excluded_minutes: int = 0,
) -> CheckIn:
    """Check out, and report the minutes between; travel and breaks are told apart and not counted."""
    check_in = await of_sign_up(session, sign_up.id, lock=True)
    if check_in.flagged_at is not None:
        raise CheckOutForgotten(flagged_at=check_in.flagged_at.isoformat())
    await _close(session, activity, sign_up, check_in, now(), (method, actor, excluded_minutes))
    return check_in


async def settle(
    session: WriteSession,
    activity: Activity,
    check_in: CheckIn,
    *,
    at: datetime,
    told: tuple[str, str, int],
) -> CheckIn:
    """Say when somebody went who forgot to check out; told are the reason, by whom, and excluded minutes."""
    sign_up = await session.get_one(SignUp, check_in.sign_up_id)
    reason, actor, excluded_minutes = told
    await _close(session, activity, sign_up, check_in, at, (CheckMethod.staff, actor, excluded_minutes))
    await reasons.keep(session, _about(check_in, sign_up.volunteer_id), reason)
    return check_in


async def why(session: ReadSession, check_ins: Sequence[CheckIn]) -> Mapping[UUID, str]:
    """Return how it is known when those went who forgot to check out, by check-in."""
    ids = [one.sign_up_id for one in check_ins]
    found = await session.execute(select(SignUp.id, SignUp.volunteer_id).where(SignUp.id.in_(ids)))
    people = {row[0]: row[1] for row in found}
    return await reasons.read(session, [_about(one, people[one.sign_up_id]) for one in check_ins])


def _about(check_in: CheckIn, volunteer_id: UUID) -> About:
    return About("check_in", check_in.id, volunteer_id)


async def _close(
    session: WriteSession,
    activity: Activity,
    sign_up: SignUp,
    check_in: CheckIn,
    at: datetime,
    told: tuple[CheckMethod, str, int],
) -> None:
    if check_in.checked_out_at is not None:
        raise CheckedOutAlready
    minutes = served(check_in.checked_in_at, at, told[2])
    check_in.checked_out_at = at
    check_in.out_method, check_in.out_by, check_in.excluded_minutes = told
    await session.flush()
    await records.report_check_in(session, activity, sign_up, minutes, check_in, actor=told[1])


def served(came_at: datetime, went_at: datetime, excluded_minutes: int) -> int:
    """Return the whole minutes somebody gave between coming and going, or refuse what cannot be."""
    minutes = int((went_at - came_at).total_seconds() // 60) - excluded_minutes
    if not 1 <= minutes <= records.DAY_MINUTES:
        raise MinutesImpossible(minutes=minutes)
    return minutes


def refuse_far(activity: Activity, latitude: int, longitude: int) -> None:
    """Refuse whoever is farther from the activity's place than its radius; where they are is not kept."""
    spot = (activity.latitude_microdegrees, activity.longitude_microdegrees, activity.radius_metres)
    if spot[0] is None or spot[1] is None or spot[2] is None:
        raise OutOfPlace
    away = metres((spot[0], spot[1]), (latitude, longitude))
    if away > spot[2]:
        raise OutOfPlace(radius_metres=spot[2])


def metres(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how far two points lie apart on the globe (haversine), each in millionths of a degree."""
    (lat1, lon1), (lat2, lon2) = ([math.radians(part / 1e6) for part in point] for point in (one, other))
    chord = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_METRES * math.asin(math.sqrt(min(1.0, chord)))


async def flag(session: WriteSession, *, at: datetime | None = None) -> int:
    """Flag who forgot to check out, for a coordinator to look at; return how many. Nothing is counted."""
    found = await session.execute(
        select(CheckIn, SignUp.activity_id)
        .join(SignUp, SignUp.id == CheckIn.sign_up_id)
        .where(
            CheckIn.checked_out_at.is_(None),
            CheckIn.flagged_at.is_(None),
            SignUp.ends_at < (at or now()) - FORGOTTEN_AFTER,
        )
        .order_by(CheckIn.id)
        .limit(_FLAGGED_AT_ONCE)
        .with_for_update(of=CheckIn, skip_locked=True)
    )
    rows = found.all()
    for check_in, activity_id in rows:
        check_in.flagged_at = now()
        activity = await session.get_one(Activity, activity_id)
        await outbox.tell(
            session,
            "volunteers.check_out_forgotten",
            organization_id=activity.organization_id,
            subject=str(check_in.id),
            payload={"check_in_id": str(check_in.id), "activity_id": str(activity_id)},
        )
    return len(rows)


async def of_sign_up(session: ReadSession, sign_up_id: UUID, *, lock: bool = False) -> CheckIn:
    """Return the check-in of a sign-up, or refuse."""
    query = select(CheckIn).where(CheckIn.sign_up_id == sign_up_id)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotCheckedIn
    return found


async def get(session: ReadSession, check_in_id: UUID) -> CheckIn:
    """Return a check-in that nobody else changes until the transaction ends, or refuse."""
    found = await session.get(CheckIn, check_in_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise OutOfSight
    return found
