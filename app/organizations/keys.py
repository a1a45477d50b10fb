"""Keys: API keys for auditors, services and partner platforms; shown once, kept as a hash."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, update

from app.kit import constraints
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations import tokens
from app.organizations.errors import OutOfSight, ScopeNotForKind, TermOutOfBounds
from app.organizations.models import ApiKey, KeyKind, Organization, Platform, Scope

LIFETIME_DEFAULT = timedelta(days=365)
LIFETIME_MAX = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Terms:
    """For whose machine a key is made, for which doors and years, and until when; a year if none is said."""

    kind: KeyKind
    scopes: Sequence[Scope]
    expires_at: datetime | None = None
    years: tuple[int, int] | None = None


async def make(
    session: WriteSession,
    mandate: Organization | Platform,
    terms: Terms,
    *,
    name: str,
    made_by: str,
) -> tuple[ApiKey, str]:
    """Make a key for one member (an auditor reads its subtree) or one platform; its spelling is told once."""
    lifetime = terms.expires_at - now() if terms.expires_at is not None else LIFETIME_DEFAULT
    if not timedelta(0) < lifetime <= LIFETIME_MAX:
        raise TermOutOfBounds(days_max=LIFETIME_MAX.days)
    prefix = secrets.token_hex(6)
    spelling = f"{tokens.KEY_MARK}{prefix}_{tokens.new_token()}"
    of_platform = isinstance(mandate, Platform)
    key = ApiKey(
        prefix=prefix,
        secret_hash=tokens.digest(spelling),
        kind=terms.kind,
        name=name,
        scopes=sorted(set(terms.scopes)),
        expires_at=now() + lifetime,
        made_by=made_by,
        organization_id=None if of_platform else mandate.id,
        platform_id=mandate.id if of_platform else None,
        first_year=terms.years[0] if terms.years else None,
        last_year=terms.years[1] if terms.years else None,
    )
    unfit = ("partner", "scopes", "kind_scopes", "years")
    refusals = {f"api_keys_{constraint}_check": ScopeNotForKind(kind=terms.kind) for constraint in unfit}
    async with constraints.told(session, refusals):
        session.add(key)
    return key, spelling


async def get(session: ReadSession, organization_id: UUID, key_id: UUID) -> ApiKey:
    """Return a key with a mandate of this member."""
    key = await session.get(ApiKey, key_id)
    if key is None or key.organization_id != organization_id:
        raise OutOfSight
    return key


def revoke(key: ApiKey, *, by: str) -> None:
    """Let a key stop working at once. A second time it changes nothing."""
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = now(), by


async def note_use(session: WriteSession, key: ApiKey) -> None:
    """Remember that a key was used today: keys that nobody uses are found and revoked."""
    day = today()
    await session.execute(
        update(ApiKey)
        .where(ApiKey.id == key.id, or_(ApiKey.last_used_on.is_(None), ApiKey.last_used_on < day))
        .values(last_used_on=day)
    )
