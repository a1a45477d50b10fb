"""Second factors: time-based codes of an authenticator app (RFC 6238), each of which is taken once."""

import hmac
import io
import re
import secrets
from base64 import b32encode
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

import pyotp
from pyotp.totp import TOTP
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from app.kit import constraints, outbox, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations import tokens
from app.organizations.errors import FactorHeld, FactorNotEnrolled, SecondFactorWrong
from app.organizations.models import FactorDemand, RecoveryCode, Role, SecondFactor, Staff

ISSUER = "Zhengxinlu"
STEP_SECONDS = 30
STEPS_AROUND = (0, -1, 1)
"""A phone's clock may be one step off, and typing takes its time."""
RECOVERY_CODES = 10
RECOVERY_CODE_BYTES = 10
_SECRET = "totp"  # noqa: S105 - the field's name in the vault


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app has to know: as its address and as a picture of that, shown once."""

    uri: str = field(repr=False)
    qr_svg: str = field(repr=False)


async def enrol(session: WriteSession, staff: Staff) -> Enrolment:
    """Begin with a fresh secret; it opens and demands nothing until its first code has been confirmed."""
    factor = await _live(session, staff.id)
    if factor is not None and factor.confirmed_at is not None:
        raise FactorHeld
    if factor is None:
        async with constraints.told(session, {"second_factors_live_idx": FactorHeld()}):
            session.add(SecondFactor(staff_id=staff.id))
    secret = pyotp.random_base32()
    await vault.keep(session, staff.id, {_SECRET: secret})
    uri = TOTP(secret).provisioning_uri(name=staff.username, issuer_name=ISSUER)
    # Here and not above: most processes never draw one.
    import segno

    picture = io.BytesIO()
    segno.make(uri, error="m").save(picture, kind="svg", xmldecl=False, scale=4)
    return Enrolment(uri, picture.getvalue().decode())


async def confirm(session: WriteSession, staff: Staff, code: str) -> list[str]:
    """Take the first code of a new app; return ten recovery codes, which are told this once."""
    factor = await _live(session, staff.id)
    if factor is None:
        raise FactorNotEnrolled
    if factor.confirmed_at is not None:
        raise FactorHeld
    if not await _spend_step(session, factor, code):
        raise SecondFactorWrong
    factor.confirmed_at = now()
    codes = [_spelled(secrets.token_bytes(RECOVERY_CODE_BYTES)) for _ in range(RECOVERY_CODES)]
    rows = [{"code_hash": _hash(one), "factor_id": factor.id} for one in codes]
    await session.execute(insert(RecoveryCode), rows)
    await _tell(session, staff, "enrolled", by=f"staff:{staff.id}")
    return codes


async def demanded(session: ReadSession, staff_id: UUID) -> bool:
    """Return whether a person has a second factor, without which they do not sign in."""
    return await confirmed(session, staff_id) is not None


async def confirmed(session: ReadSession, staff_id: UUID) -> SecondFactor | None:
    """Return a person's second factor, if they have one in use."""
    return await session.scalar(
        select(SecondFactor).where(
            SecondFactor.staff_id == staff_id,
            SecondFactor.removed_at.is_(None),
            SecondFactor.confirmed_at.is_not(None),
        )
    )


async def spend(session: WriteSession, staff_id: UUID, code: str) -> bool:
    """Take a code of the app or a recovery code; return whether it was right and had not been taken before.

    The database decides of two who bring the same code at once.
    """
    factor = await confirmed(session, staff_id)
    if factor is None:
        return False
    if await _spend_step(session, factor, code):
        return True
    taken = await session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.code_hash == _hash(code),
            RecoveryCode.factor_id == factor.id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.factor_id)
    )
    return taken is not None


async def recovery_codes_left(session: ReadSession, factor: SecondFactor) -> int:
    """Return how many recovery codes have not been used."""
    unused = select(func.count()).where(RecoveryCode.factor_id == factor.id, RecoveryCode.used_at.is_(None))
    return await session.scalar(unused) or 0


async def demands(session: ReadSession, organization_id: UUID) -> list[Role]:
    """Return the roles whose holders at a member must sign in with a second factor, in the roles' order."""
    found = set(
        await session.scalars(
            select(FactorDemand.role).where(FactorDemand.organization_id == organization_id)
        )
    )
    return [role for role in Role if role in found]


async def demand(
    session: WriteSession, organization_id: UUID, roles: Collection[Role], *, by: str
) -> list[Role]:
    """Let these roles, and no others, demand a second factor at a member, from the next request on."""
    await session.execute(delete(FactorDemand).where(FactorDemand.organization_id == organization_id))
    rows = [{"organization_id": organization_id, "role": role, "made_by": by} for role in sorted(set(roles))]
    if rows:
        # Two people who say it at once both end up with what the later one said.
        put = upsert(FactorDemand).values(rows)
        await session.execute(put.on_conflict_do_nothing())
    await outbox.tell(
        session,
        "second_factor.demanded",
        organization_id=organization_id,
        subject=f"organization:{organization_id}",
        payload={"roles": [row["role"] for row in rows], "by": by},
    )
    return await demands(session, organization_id)


async def remove(session: WriteSession, staff: Staff, *, by: str, because: str) -> None:
    """Take a person's second factor away: they sign in by password alone and may enrol another."""
    factor = await _live(session, staff.id)
    if factor is None:
        raise FactorNotEnrolled
    factor.removed_at, factor.removed_by, factor.removed_because = now(), by, because
    await vault.forget(session, staff.id, [_SECRET])
    await _tell(session, staff, "removed", by=by)


async def _live(session: WriteSession, staff_id: UUID) -> SecondFactor | None:
    return await session.scalar(
        select(SecondFactor)
        .where(SecondFactor.staff_id == staff_id, SecondFactor.removed_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def _spend_step(session: WriteSession, factor: SecondFactor, code: str) -> bool:
    known = await vault.read(session, [factor.staff_id], [_SECRET])
    secret = known.get(factor.staff_id, {}).get(_SECRET)
    if secret is None:
        return False
    app = TOTP(secret, interval=STEP_SECONDS)
    present = int(now().timestamp()) // STEP_SECONDS
    digits = code.replace(" ", "")
    # Every step is looked at, so that how long it takes tells nothing.
    right = [present + by for by in STEPS_AROUND if _same(app.generate_otp(present + by), digits)]
    if not right:
        return False
    spent = await session.scalar(
        update(SecondFactor)
        .where(SecondFactor.id == factor.id, SecondFactor.last_step < right[0])
        .values(last_step=right[0])
        .returning(SecondFactor.id)
    )
    return spent is not None


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode())


def _spelled(raw: bytes) -> str:
    return "-".join(re.findall("....", b32encode(raw).decode()))


def _hash(code: str) -> bytes:
    # Random and long: a plain hash can't be tried out.
    return tokens.digest(re.sub(r"[\s-]", "", code).upper())


async def _tell(session: WriteSession, staff: Staff, what: str, *, by: str) -> None:
    await outbox.tell(
        session,
        f"second_factor.{what}",
        organization_id=staff.organization_id,
        subject=f"staff:{staff.id}",
        payload={"by": by},
    )
