"""Consents: what a volunteer agreed to have published, and a guardian's word for a child (PIPL 25, 31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.volunteers.models import Consent, ConsentKind, Volunteer
from app.volunteers.registry import identities
from app.volunteers.registry.errors import (
    GuardianConsentMissing,
)

CHILD_UNDER = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Who agreed for a child, and when."""

    name: str
    phone: str
    relation: str
    agreed_at: datetime


def need_guardian(born_on: date, guardian: Guardian | None) -> None:
    """Refuse to take down a child's data unless a parent or guardian has agreed to it."""
    if identities.age(born_on, today()) < CHILD_UNDER and guardian is None:
        raise GuardianConsentMissing(under=CHILD_UNDER)


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
