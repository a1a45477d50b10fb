"""Codes: six digits sent to a telephone, good once, for ten minutes and five tries."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from app.kit import vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import TooMany
from app.organizations.models import VisitorCode
from app.organizations.visitors import phones
from app.organizations.visitors.messages import Message

LIFETIME = timedelta(minutes=10)
TRIES_MAX = 5
WINDOW = timedelta(hours=1)
PER_PHONE_MAX = 5
"""How many codes one telephone gets within `WINDOW`, through whichever front ends."""


async def make(session: WriteSession, key_id: UUID, phone: str) -> tuple[VisitorCode, Message]:
    """Make a code for a telephone, to be sent after the commit.

    Whether anybody is known by this telephone is not even looked up: there is nothing to be told.
    """
    number = phones.telephone(phone)
    index = phones.index(session, number)
    await _refuse_flood(session, index)
    digits = f"{secrets.randbelow(10**6):06d}"
    code = VisitorCode(key_id=key_id, phone_index=index, code_mac=b"", expires_at=now() + LIFETIME)
    code.code_mac = _mac(session, code.id, digits)
    session.add(code)
    await session.flush()
    return code, Message(number, f"您的登录验证码是 {digits}，10分钟内有效，请勿告诉他人。")


async def _refuse_flood(session: WriteSession, index: bytes) -> None:
    # Those who ask for one telephone at once are counted one after the other.
    place = int.from_bytes(index[:8], signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(place)))
    since = now() - WINDOW
    made = (
        await session.scalars(
            select(VisitorCode.created_at)
            .where(VisitorCode.phone_index == index, VisitorCode.created_at > since)
            .order_by(VisitorCode.created_at)
        )
    ).all()
    if len(made) >= PER_PHONE_MAX:
        again = made[-PER_PHONE_MAX] + WINDOW
        raise TooMany(retry_after_seconds=max(1, round((again - now()).total_seconds())))


def _mac(session: ReadSession, code_id: UUID, digits: str) -> bytes:
    return vault.of(session).mac(b"visitor-code" + code_id.bytes + digits.encode())


async def spend(session: WriteSession, key_id: UUID, code_id: UUID, digits: str) -> bytes | None:
    """Return the index of the telephone that a code was sent to, or None; a wrong one costs a try.

    The front end that had it sent must be the one that shows it. None is returned and not raised: that a
    try was spent must be committed.
    """
    code = await session.scalar(
        select(VisitorCode)
        .where(
            VisitorCode.id == code_id,
            VisitorCode.key_id == key_id,
            VisitorCode.used_at.is_(None),
            VisitorCode.expires_at > now(),
            VisitorCode.try_count < TRIES_MAX,
        )
        .with_for_update()
    )
    if code is None:
        return None
    code.try_count += 1
    right = secrets.compare_digest(code.code_mac, _mac(session, code.id, digits))
    code.used_at = now() if right else None
    await session.flush()
    return code.phone_index if right else None


async def forget(session: WriteSession, before: datetime) -> None:
    """Delete the codes that were made before a moment: who asked for one is nobody's business later."""
    await session.execute(delete(VisitorCode).where(VisitorCode.created_at < before))
