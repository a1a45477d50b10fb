"""Consents: what a volunteer agreed to have published, and a guardian's word for a child (PIPL 25, 31)."""

from collections.abc import Sequence
from datetime import datetime

from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.persons.guardians import Guardian
from app.volunteers.models import Consent, ConsentKind, Volunteer


async def record(
    session: WriteSession,
    volunteer: Volunteer,
    scopes: Sequence[str],
    guardian: Guardian | None,
    *,
    actor: str,
) -> None:
    """Write down what was agreed to at registration."""
    if guardian is not None:
        session.add(_consent(volunteer, ConsentKind.guardian, [], guardian.agreed_at, actor))
    if scopes:
        await publish(session, volunteer, scopes, actor=actor)
    await session.flush()


async def publish(session: WriteSession, volunteer: Volunteer, scopes: Sequence[str], *, actor: str) -> None:
    """Set what of a volunteer may be published, from now on; nothing, if `scopes` is empty."""
    volunteer.publish_scopes = sorted(set(scopes))
    volunteer.version += 1
    session.add(_consent(volunteer, ConsentKind.publish, volunteer.publish_scopes, now(), actor))
    await session.flush()


def _consent(
    volunteer: Volunteer, kind: ConsentKind, scopes: Sequence[str], at: datetime, actor: str
) -> Consent:
    return Consent(volunteer_id=volunteer.id, kind=kind, scopes=list(scopes), agreed_at=at, actor=actor)
