"""Erasures: a volunteer is forgotten, and what they gave stays as hours in totals (PIPL 47)."""

from typing import Any

from sqlalchemy import func, update

from app.kit import outbox, vault
from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.transparency import log
from app.volunteers import sign_ups
from app.volunteers.models import Membership, MemberState, Volunteer
from app.volunteers.recognition import requests
from app.volunteers.registry import stays


async def erase(session: WriteSession, volunteer: Volunteer, *, actor: str) -> None:
    """Destroy the person's key, and with it all that is sealed under it; a second time it changes nothing.

    What they did stays under their id, which now names nobody: totals and published figures do not change.
    """
    if volunteer.erased_at is not None:
        return
    await sign_ups.free(session, volunteer.id, actor=actor)
    await requests.drop(session, volunteer.id, actor=actor)
    await vault.erase(session, volunteer.id)
    volunteer.erased_at = now()
    volunteer.document_index = volunteer.phone_index = volunteer.national_number = None
    volunteer.region_code = None
    volunteer.skills = volunteer.categories = volunteer.languages = volunteer.publish_scopes = []
    volunteer.version += 1
    await session.flush()
    await session.execute(
        update(Membership)
        .where(Membership.volunteer_id == volunteer.id, Membership.state.in_(["asked", "active"]))
        .values(state=MemberState.ended, left_on=_last_day(), changed_by=actor, changed_at=now())
    )
    await stays.end_all(session, volunteer.id, because="erased")
    # The log tells that somebody was erased, and of whom nothing.
    await log.append(session, "erasure", {"of": "volunteer"}, reference=f"erasure:volunteer:{volunteer.id}")
    await outbox.tell(
        session,
        "volunteers.erased",
        organization_id=volunteer.organization_id,
        subject=str(volunteer.id),
        payload={"volunteer_id": str(volunteer.id)},
    )


def _last_day() -> Any:  # noqa: ANN401 - an expression of SQLAlchemy's
    # Whoever was to join later leaves on that day: a membership never ends before it begins.
    return func.greatest(Membership.joined_on, today())
