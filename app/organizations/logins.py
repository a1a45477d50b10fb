"""Logins: how a person signs in, stays signed in and signs out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.organizations import tokens
from app.organizations.errors import RefreshTokenReused, TokenInvalid
from app.organizations.models import Login, RefreshToken, Staff

REFRESH_LIFETIME = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Stay:
    """Whose stay it is, and the refresh token that will prolong it next: shown this once."""

    staff_id: UUID
    login_id: UUID
    refresh_token: str


async def begin(session: WriteSession, staff_id: UUID, *, second_factor: bool = False) -> Stay:
    """Let a person stay whose password was right, and whose second factor was if they showed one."""
    login = Login(staff_id=staff_id, second_factor=second_factor)
    session.add(login)
    await session.flush()
    return Stay(staff_id, login.id, _next(session, login.id))


async def prolong(session: WriteSession, refresh_token: str) -> Stay | Refusal:
    """Spend a refresh token for the next one; one that was spent before ends the whole stay.

    The refusal is returned, not raised: somebody holds a copy, and that the stay has ended must be committed.
    """
    found = await session.execute(
        select(RefreshToken, Login, Staff)
        .join(Login, Login.id == RefreshToken.login_id)
        .join(Staff, Staff.id == Login.staff_id)
        .where(RefreshToken.token_hash == tokens.digest(refresh_token))
        # Two that come with one token at once: the second waits, and then finds it spent.
        .with_for_update(of=(RefreshToken, Login))
    )
    row = found.one_or_none()
    if row is None:
        return TokenInvalid()
    token, login, staff = row
    if login.ended_at is not None or staff.disabled_at is not None or token.expires_at <= now():
        return TokenInvalid()
    if token.spent_at is not None:
        login.ended_at, login.ended_because = now(), "refresh token reused"
        return RefreshTokenReused()
    token.spent_at = now()
    return Stay(staff.id, login.id, _next(session, login.id))


async def end(session: WriteSession, login_id: UUID) -> None:
    """Sign out: the stay's access and refresh tokens stop working at once."""
    await session.execute(
        update(Login)
        .where(Login.id == login_id, Login.ended_at.is_(None))
        .values(ended_at=now(), ended_because="signed out")
    )


async def end_all(session: WriteSession, staff_id: UUID, *, because: str) -> None:
    """End every stay of a person, wherever they signed in."""
    await session.execute(
        update(Login)
        .where(Login.staff_id == staff_id, Login.ended_at.is_(None))
        .values(ended_at=now(), ended_because=because)
    )


def _next(session: WriteSession, login_id: UUID) -> str:
    token = tokens.new_token()
    session.add(
        RefreshToken(token_hash=tokens.digest(token), login_id=login_id, expires_at=now() + REFRESH_LIFETIME)
    )
    return token
