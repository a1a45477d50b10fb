"""Platforms: who tells us of gifts from outside, and the secrets by which we believe it."""

import base64
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from app.kit import constraints, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.errors import OutOfSight, SlugTaken
from app.organizations.models import Organization, Platform, PlatformSecret

SECRET_MARK = "whsec_"  # noqa: S105 - how Standard Webhooks begins every secret
SECRET_BYTES = 32
ROTATION_OVERLAP = timedelta(hours=24)


async def create(
    session: WriteSession, organization: Organization, *, slug: str, name: str
) -> tuple[Platform, str]:
    """Make a platform known, as `organization`'s merchant there; its first secret is told once."""
    taken = SlugTaken(slug=slug)
    refusals = {"dimensions_kind_organization_id_code_key": taken, "platforms_slug_key": taken}
    async with constraints.told(session, refusals):
        dimension = await dimensions.declare(session, DimensionKind.platform, slug)
        platform = Platform(id=dimension.id, slug=slug, name=name, organization_id=organization.id)
        session.add(platform)
    return platform, await _add_secret(session, platform)


async def get(session: ReadSession, platform_id: UUID) -> Platform:
    """Return a platform."""
    platform = await session.get(Platform, platform_id)
    if platform is None:
        raise OutOfSight
    return platform


async def by_slug(session: ReadSession, slug: str) -> Platform:
    """Return the platform with this slug."""
    platform = await session.scalar(select(Platform).where(Platform.slug == slug))
    if platform is None:
        raise OutOfSight
    return platform


async def rotate_secret(
    session: WriteSession, platform: Platform, *, overlap: timedelta = ROTATION_OVERLAP
) -> str:
    """Return a new secret; those before it stay live for `overlap`, until the platform has changed over."""
    end = now() + overlap
    await session.execute(
        update(PlatformSecret)
        .where(
            PlatformSecret.platform_id == platform.id,
            or_(PlatformSecret.expires_at.is_(None), PlatformSecret.expires_at > end),
        )
        .values(expires_at=end)
    )
    return await _add_secret(session, platform)


async def live_secrets(session: ReadSession, platform: Platform) -> list[bytes]:
    """Return the secrets a platform may sign with now, the newest first; none if it is disabled."""
    if platform.disabled_at is not None:
        return []
    found = await session.scalars(
        select(PlatformSecret)
        .where(
            PlatformSecret.platform_id == platform.id,
            or_(PlatformSecret.expires_at.is_(None), PlatformSecret.expires_at > now()),
        )
        .order_by(PlatformSecret.id.desc())
    )
    key = (await vault.keys(session, [platform.id]))[platform.id]
    ciphers = vault.of(session)
    return [ciphers.open(key, platform.id, _field(secret.id), secret.sealed) for secret in found]


def disable(platform: Platform) -> None:
    """Stop listening to a platform. A second time it changes nothing."""
    if platform.disabled_at is None:
        platform.disabled_at = now()


def enable(platform: Platform) -> None:
    """Listen to a platform again."""
    platform.disabled_at = None


async def _add_secret(session: WriteSession, platform: Platform) -> str:
    await vault.keep(session, platform.id, {})
    key = (await vault.keys(session, [platform.id]))[platform.id]
    raw = secrets.token_bytes(SECRET_BYTES)
    secret = PlatformSecret(platform_id=platform.id, sealed=b"")
    # The seal names the row it belongs to, so the row's id comes first.
    secret.sealed = vault.of(session).seal(key, platform.id, _field(secret.id), raw)
    session.add(secret)
    await session.flush()
    return SECRET_MARK + base64.b64encode(raw).decode()


def _field(secret_id: UUID) -> str:
    return f"secret:{secret_id}"
