"""Agreements: what a beneficiary consented to, and a guardian's word for a child (PIPL 29, 31)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.kit.clock import now
from app.kit.database import WriteSession
from app.projects.models import Beneficiary, BeneficiaryConsent, BeneficiaryConsentKind


async def record(
    session: WriteSession, beneficiary: Beneficiary, at: UUID, agreed_at: datetime, *, actor: str
) -> None:
    """Write down that somebody agreed to an organization's keeping what is asked of who is to be helped."""
    await _add(session, _consent(beneficiary, at, BeneficiaryConsentKind.records, agreed_at), actor)


async def guard(
    session: WriteSession, beneficiary: Beneficiary, at: UUID, agreed_at: datetime, *, actor: str
) -> None:
    """Write down that a parent or guardian agreed for a child."""
    await _add(session, _consent(beneficiary, at, BeneficiaryConsentKind.guardian, agreed_at), actor)


async def publish(
    session: WriteSession, beneficiary: Beneficiary, at: UUID, scopes: Sequence[str], *, actor: str
) -> None:
    """Set what of a beneficiary may be published, from now on; nothing, if `scopes` is empty."""
    beneficiary.publish_scopes = sorted(set(scopes))
    beneficiary.version += 1
    said = _consent(beneficiary, at, BeneficiaryConsentKind.publish, now())
    said.scopes = beneficiary.publish_scopes
    await _add(session, said, actor)


def _consent(
    beneficiary: Beneficiary, at: UUID, kind: BeneficiaryConsentKind, agreed_at: datetime
) -> BeneficiaryConsent:
    return BeneficiaryConsent(
        beneficiary_id=beneficiary.id,
        organization_id=at,
        kind=kind,
        scopes=[],
        agreed_at=agreed_at,
        actor="",
    )


async def _add(session: WriteSession, said: BeneficiaryConsent, actor: str) -> None:
    said.actor = actor
    session.add(said)
    await session.flush()
