"""Platforms: who tells us of gifts from outside, and the secrets by which we believe it."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from app.kit import constraints, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.errors import OutOfSight, SerialTaken, SlugTaken
from app.organizations.models import (
    Organization,
    Platform,
    PlatformKind,
    PlatformSecret,
    SecretPurpose,
)

SECRET_MARK = "whsec_"  # noqa: S105 - how Standard Webhooks begins every secret
SECRET_BYTES = 32
ROTATION_OVERLAP = timedelta(hours=24)


@fact(kw_only=True)
class Terms:
    """How a payment platform knows us: the application and the merchant that it names in its messages."""

    kind: PlatformKind
    app_id: str
    merchant_no: str


@fact(kw_only=True)
class Keyring:
    """What it takes to believe and to read a payment platform's messages: public keys by serial, and keys."""

    terms: Terms
    verifying: tuple[tuple[str | None, bytes], ...] = field(repr=False)
    decrypting: tuple[bytes, ...] = field(repr=False)


async def create(
    session: WriteSession, organization: Organization, *, slug: str, name: str
) -> tuple[Platform, str]:
    """Make a platform known, as `organization`'s merchant there; its first secret is told once."""
    platform = await _declare(session, organization, slug=slug, name=name, terms=None)
    return platform, await _add_secret(session, platform)


async def enrol(
    session: WriteSession, organization: Organization, terms: Terms, *, slug: str, name: str
) -> Platform:
    """Make a payment platform known that signs with a key of its own; its keys are added one by one."""
    return await _declare(session, organization, slug=slug, name=name, terms=terms)


async def _declare(
    session: WriteSession, organization: Organization, *, slug: str, name: str, terms: Terms | None
) -> Platform:
    taken = SlugTaken(slug=slug)
    refusals = {"dimensions_kind_organization_id_code_key": taken, "platforms_slug_key": taken}
    async with constraints.told(session, refusals):
        dimension = await dimensions.declare(session, DimensionKind.platform, slug)
        platform = Platform(id=dimension.id, slug=slug, name=name, organization_id=organization.id)
        if terms is not None:
            platform.kind, platform.app_id = terms.kind, terms.app_id
            platform.merchant_no = terms.merchant_no
        session.add(platform)
    return platform


async def get(session: ReadSession, platform_id: UUID) -> Platform:
    """Return a platform."""
    platform = await session.get(Platform, platform_id)
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
            PlatformSecret.purpose == SecretPurpose.signs,
            or_(PlatformSecret.expires_at.is_(None), PlatformSecret.expires_at > end),
        )
        .values(expires_at=end)
    )
    return await _add_secret(session, platform)


async def live_secrets(session: ReadSession, platform: Platform) -> list[bytes]:
    """Return the secrets a platform may sign with now, the newest first; none if it is disabled."""
    if platform.disabled_at is not None:
        return []
    found = await _keys(session, platform, [SecretPurpose.signs], ever=False)
    return [raw for _, raw in found]


async def keyring(session: ReadSession, platform: Platform, *, ever: bool = False) -> Keyring | None:
    """Return what a payment platform's messages are verified and read with; None if it signs as we do.

    With `ever` also what is no longer live: a message that was kept is read with the key of its day.
    """
    if platform.app_id is None or platform.merchant_no is None:
        return None
    found = await _keys(session, platform, [SecretPurpose.verifies, SecretPurpose.decrypts], ever=ever)
    verifies = SecretPurpose.verifies
    return Keyring(
        terms=Terms(kind=platform.kind, app_id=platform.app_id, merchant_no=platform.merchant_no),
        verifying=tuple((key.serial, raw) for key, raw in found if key.purpose is verifies),
        decrypting=tuple(raw for key, raw in found if key.purpose is not verifies),
    )


async def asking_key(session: ReadSession, platform: Platform) -> tuple[str | None, bytes] | None:
    """Return the serial and the private key by which we ask a platform for payments; None without one."""
    found = await _keys(session, platform, [SecretPurpose.asks], ever=False)
    return (found[0][0].serial, found[0][1]) if found else None


async def add_key(
    session: WriteSession,
    platform: Platform,
    purpose: SecretPurpose,
    raw: bytes,
    *,
    serial: str | None = None,
) -> PlatformSecret:
    """Keep a key that the platform told us, beside those that are live: a platform changes over in its time.

    Raises SerialTaken if it has a key under this serial.
    """
    async with constraints.told(session, {"platform_secrets_serial_idx": SerialTaken(serial=serial)}):
        return await _keep(session, platform, raw, purpose=purpose, serial=serial)


async def retire_key(session: WriteSession, platform: Platform, key_id: UUID) -> PlatformSecret:
    """Let a key that the platform told us be of no more use, at once. A second time it changes nothing."""
    key = await session.get(PlatformSecret, key_id, with_for_update=True)
    if key is None or key.platform_id != platform.id or key.purpose is SecretPurpose.signs:
        raise OutOfSight
    if key.expires_at is None:
        key.expires_at = now()
    return key


async def _keys(
    session: ReadSession, platform: Platform, purposes: Sequence[SecretPurpose], *, ever: bool
) -> list[tuple[PlatformSecret, bytes]]:
    query = select(PlatformSecret).where(
        PlatformSecret.platform_id == platform.id, PlatformSecret.purpose.in_(purposes)
    )
    if not ever:
        query = query.where(or_(PlatformSecret.expires_at.is_(None), PlatformSecret.expires_at > now()))
    found = (await session.scalars(query.order_by(PlatformSecret.id.desc()))).all()
    if not found:
        return []
    key = (await vault.keys(session, [platform.id]))[platform.id]
    ciphers = vault.of(session)
    return [(one, ciphers.open(key, platform.id, _field(one.id), one.sealed)) for one in found]


def disable(platform: Platform) -> None:
    """Stop listening to a platform. A second time it changes nothing."""
    if platform.disabled_at is None:
        platform.disabled_at = now()


def enable(platform: Platform) -> None:
    """Listen to a platform again."""
    platform.disabled_at = None


async def _add_secret(session: WriteSession, platform: Platform) -> str:
    raw = secrets.token_bytes(SECRET_BYTES)
    await _keep(session, platform, raw, purpose=SecretPurpose.signs)
    return SECRET_MARK + base64.b64encode(raw).decode()


async def _keep(
    session: WriteSession,
    platform: Platform,
    raw: bytes,
    *,
    purpose: SecretPurpose,
    serial: str | None = None,
) -> PlatformSecret:
    await vault.keep(session, platform.id, {})
    key = (await vault.keys(session, [platform.id]))[platform.id]
    secret = PlatformSecret(platform_id=platform.id, sealed=b"", purpose=purpose, serial=serial)
    # The seal names the row it belongs to, so the row's id comes first.
    secret.sealed = vault.of(session).seal(key, platform.id, _field(secret.id), raw)
    session.add(secret)
    await session.flush()
    return secret


def _field(secret_id: UUID) -> str:
    return f"secret:{secret_id}"
