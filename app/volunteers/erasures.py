"""Erasures: a volunteer is forgotten, and what they gave stays as hours in totals (PIPL 47)."""

from typing import Any

from sqlalchemy import func, select, update

from app.kit import outbox, vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.models import VaultValue
from app.transparency import log
from app.volunteers import sign_ups, volunteers
from app.volunteers.models import Consent, Enrolment, Membership, MemberState, Volunteer
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


async def export(session: ReadSession, volunteer: Volunteer) -> dict[str, Any]:
    """Return everything that is kept about a volunteer, for themselves (PIPL 45)."""
    volunteers.refuse_erased(volunteer)
    fields = await session.scalars(select(VaultValue.field).where(VaultValue.person_id == volunteer.id))
    known = (await vault.read(session, [volunteer.id], list(fields))).get(volunteer.id, {})
    consents = await session.scalars(
        select(Consent).where(Consent.volunteer_id == volunteer.id).order_by(Consent.id)
    )
    places = await session.scalars(select(Enrolment).where(Enrolment.volunteer_id == volunteer.id))
    memberships = await session.scalars(
        select(Membership).where(Membership.volunteer_id == volunteer.id).order_by(Membership.id)
    )
    return {
        "person": known,
        "codes": {name: getattr(volunteer, name) for name in _CODES},
        "consents": [
            {"kind": one.kind, "scopes": one.scopes, "agreed_at": one.agreed_at} for one in consents
        ],
        "organizations": [
            {"organization_id": one.organization_id, "enrolled_on": one.enrolled_on} for one in places
        ],
        "memberships": [
            {"team_id": one.team_id, "role": one.role, "joined_on": one.joined_on, "left_on": one.left_on}
            for one in memberships
        ],
    }


_CODES = (
    *("number", "national_number", "registered_on", "document_kind", "region_code", "skills"),
    *("categories", "languages", "publish_scopes", "checked_at"),
)
