"""Sign-ups: who comes to an activity, who waits for a place, and who promised their time elsewhere."""

from uuid import UUID

from sqlalchemy import Select, select

from app.kit import constraints, outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.errors import OutOfSight
from app.volunteers import activities, gates, notices, volunteers
from app.volunteers.errors import (
    AlreadySignedUp,
    OverlappingCommitment,
    SignUpNotAsked,
    SignUpOver,
)
from app.volunteers.models import Activity, Need, NoticeKind, SignUp, SignUpState, Volunteer

_LIVE = frozenset({SignUpState.asked, SignUpState.confirmed, SignUpState.waiting})


async def sign_up(
    session: WriteSession, activity: Activity, need: Need, volunteer: Volunteer, *, actor: str
) -> SignUp:
    """Sign a volunteer up: a place while there is one, otherwise the next place in the waiting list.

    Places are given under the lock of the need's row; that nobody is promised twice at one time is for the
    exclusion constraint to say. Where an activity asks for approval, asking takes no place yet.
    """
    activities.refuse_closed(activity)
    await gates.pass_through(session, activity, need, volunteer)
    need = await activities.need(session, need.id, lock=True)
    state = SignUpState.asked if activity.needs_approval else _next_state(need)
    need.asked_count += 1
    need.taken_count += state is SignUpState.confirmed
    made = SignUp(
        need_id=need.id,
        activity_id=activity.id,
        volunteer_id=volunteer.id,
        starts_at=need.starts_at,
        ends_at=need.ends_at,
        place=need.asked_count,
        state=state,
        changed_at=now(),
        changed_by=actor,
    )
    try:
        async with constraints.told(session, _refusals()):
            session.add(made)
    except OverlappingCommitment:
        # Whoever is here already overlaps with themselves: which key speaks first is the database's choice.
        if await session.scalar(_live(need.id, volunteer.id)):
            raise AlreadySignedUp from None
        raise
    # Who takes part is known to the organization from now on.
    await volunteers.serve_with(session, volunteer, activity.organization_id, actor=actor)
    return made


def _live(need_id: UUID, volunteer_id: UUID) -> Select[UUID]:
    return select(SignUp.id).where(
        SignUp.need_id == need_id, SignUp.volunteer_id == volunteer_id, SignUp.state.in_(_LIVE)
    )


async def answer(
    session: WriteSession, activity: Activity, sign_up: SignUp, *, accepted: bool, actor: str
) -> None:
    """Give who has asked a place, or one in the waiting list; or decline."""
    if sign_up.state is not SignUpState.asked:
        raise SignUpNotAsked(state=sign_up.state)
    activities.refuse_closed(activity)
    need = await activities.need(session, sign_up.need_id, lock=True)
    state = _next_state(need) if accepted else SignUpState.declined
    async with constraints.told(session, _refusals()):
        need.taken_count += state is SignUpState.confirmed
        _turn(sign_up, state, actor)
    await notices.tell_of_sign_up(session, sign_up, notices.ANSWERED[state], activity.organization_id)


async def cancel(session: WriteSession, sign_up: SignUp, *, actor: str) -> SignUp | None:
    """Take a sign-up back; the next in the waiting list who is free gets the place, and is returned."""
    if sign_up.state not in _LIVE:
        raise SignUpOver(state=sign_up.state)
    if sign_up.ends_at <= now():
        raise SignUpOver(state=sign_up.state)
    need = await activities.need(session, sign_up.need_id, lock=True)
    # What it was may have changed before the lock was ours.
    await session.refresh(sign_up)
    if sign_up.state not in _LIVE:
        raise SignUpOver(state=sign_up.state)
    freed = sign_up.state is SignUpState.confirmed
    need.taken_count -= freed
    _turn(sign_up, SignUpState.cancelled, actor)
    await session.flush()
    return await _promote(session, need) if freed else None


async def _promote(session: WriteSession, need: Need) -> SignUp | None:
    waiting = await session.scalars(
        select(SignUp)
        .where(SignUp.need_id == need.id, SignUp.state == SignUpState.waiting)
        .order_by(SignUp.place)
    )
    for one in waiting.all():
        try:
            async with constraints.told(session, _refusals()):
                need.taken_count += 1
                _turn(one, SignUpState.confirmed, "waiting list")
        except OverlappingCommitment:
            # Meanwhile promised elsewhere: they keep waiting, and the place is the next one's.
            await session.refresh(need)
            await session.refresh(one)
            continue
        await _tell_promoted(session, one)
        return one
    return None


async def _tell_promoted(session: WriteSession, sign_up: SignUp) -> None:
    """Tell who waited that they have a place, and everybody else that somebody has."""
    activity = await activities.get(session, sign_up.activity_id)
    kind = NoticeKind.sign_up_promoted
    await notices.tell_of_sign_up(session, sign_up, kind, activity.organization_id)
    await outbox.tell(
        session,
        "volunteers.promoted",
        organization_id=activity.organization_id,
        subject=str(sign_up.id),
        payload={
            "sign_up_id": str(sign_up.id),
            "activity_id": str(sign_up.activity_id),
            "volunteer_id": str(sign_up.volunteer_id),
        },
    )


async def fill(session: WriteSession, need: Need) -> None:
    """Give the places that a larger capacity opened to who waits."""
    while need.taken_count < need.capacity and await _promote(session, need):
        pass


def _next_state(need: Need) -> SignUpState:
    return SignUpState.confirmed if need.taken_count < need.capacity else SignUpState.waiting


def _turn(sign_up: SignUp, state: SignUpState, actor: str) -> None:
    sign_up.state, sign_up.changed_at, sign_up.changed_by = state, now(), actor


def _refusals() -> dict[str, Refusal]:
    return {
        "sign_ups_overlap_excl": OverlappingCommitment(),
        "sign_ups_live_idx": AlreadySignedUp(),
    }


async def get(session: ReadSession, sign_up_id: UUID, *, lock: bool = False) -> SignUp:
    """Return a sign-up, or refuse; with `lock` nobody else changes it until the transaction ends."""
    found = await session.get(SignUp, sign_up_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


def of_activity(activity_id: UUID) -> Select[SignUp]:
    """Return the query for the sign-ups of an activity."""
    return select(SignUp).where(SignUp.activity_id == activity_id)


def of_volunteer(volunteer_id: UUID) -> Select[SignUp]:
    """Return the query for the sign-ups of a volunteer."""
    return select(SignUp).where(SignUp.volunteer_id == volunteer_id)


async def own(session: ReadSession, volunteer_id: UUID, sign_up_id: UUID, *, lock: bool = False) -> SignUp:
    """Return a sign-up of this volunteer; anybody else's does not exist for them."""
    found = await get(session, sign_up_id, lock=lock)
    if found.volunteer_id != volunteer_id:
        raise OutOfSight
    return found


async def free(session: WriteSession, volunteer_id: UUID, *, actor: str) -> None:
    """Take back everything that an erased volunteer had promised for the time to come."""
    coming = await session.scalars(
        of_volunteer(volunteer_id)
        .where(SignUp.state.in_(_LIVE), SignUp.ends_at > now())
        .order_by(SignUp.need_id)
    )
    for one in coming.all():
        await cancel(session, one, actor=actor)
