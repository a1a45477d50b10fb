"""Passwords: chosen by the person, kept as an argon2 hash, and tried only so often."""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pwdlib import PasswordHash
from sqlalchemy import case, func, or_, select, update

from app.kit.clock import now
from app.kit.database import ReadSession, Transactions, WriteSession
from app.organizations import logins, second_factors, tokens
from app.organizations.errors import (
    LinkSpent,
    PasswordTooWeak,
    SecondFactorMissing,
    SecondFactorWrong,
    SignInFailed,
)
from app.organizations.models import PasswordReset, Staff
from app.organizations.models.staff import USERNAME

FAILURES_MAX = 5
LOCK_OUT = timedelta(minutes=15)
LINK_LIFETIME = timedelta(hours=24)
MAILED_AGAIN = timedelta(minutes=15)
BY_MAIL = "mail"
LENGTH_MIN = 10
LENGTH_MAX = 200

_hasher = PasswordHash.recommended()
# The hash of no password that anybody knows: a name that does not exist costs as long as one that does.
# Written down and not made, as making one takes a tenth of a second at every start of every command.
_NOBODY = f"$argon2id$v=19$m=65536,t=3,p=4${'A' * 22}${'A' * 43}"


@dataclass(frozen=True, slots=True)
class Verified:
    """A person whose password was right, and whether they showed a second factor as well."""

    staff: Staff
    second_factor: bool


async def verify(database: Transactions, username: str, password: str, code: str | None = None) -> Verified:
    """Return the person with this username and password; refuse everybody else in one same way.

    Who has a second factor shows a code of it too. Only who knows the password learns that one is missing.
    Every attempt counts as a failure until it has proved right, in a transaction that ends before the slow
    hashing begins: any number of attempts at once is worth no more than five, and none holds a connection.
    """
    async with database.writing() as session:
        staff = await _attempt(session, username.lower())
    kept = staff.password_hash if staff else None
    right = await asyncio.to_thread(_hasher.verify, password, kept or _NOBODY)
    if staff is None or kept is None or not right:
        raise SignInFailed
    async with database.writing() as session:
        demanded = await second_factors.demanded(session, staff.id)
        if demanded and code is None:
            shown = None
            await _uncount(session, staff.id)
        else:
            shown = demanded and await second_factors.spend(session, staff.id, code or "")
            if shown or not demanded:
                await session.execute(
                    update(Staff).where(Staff.id == staff.id).values(failed_count=0, locked_until=None)
                )
    # Raised only now: what was counted and what was spent must be committed.
    if shown is None:
        raise SecondFactorMissing
    if demanded and not shown:
        raise SecondFactorWrong
    return Verified(staff, second_factor=shown)


async def _uncount(session: WriteSession, staff_id: UUID) -> None:
    # A right password without its code is half of a sign-in and no failure; those before it stay counted.
    count = func.greatest(Staff.failed_count - 1, 0)
    await session.execute(
        update(Staff)
        .where(Staff.id == staff_id)
        .values(
            failed_count=count,
            locked_until=case((count < FAILURES_MAX, None), else_=Staff.locked_until),
        )
    )


async def _attempt(session: WriteSession, username: str) -> Staff | None:
    """Count an attempt, and return whose it is unless they are locked out, disabled or nobody."""
    if not re.fullmatch(USERNAME, username):
        return None
    moment = now()
    fresh = Staff.locked_until.is_not(None)  # a lock-out that is over: the count begins anew
    count = case((fresh, 1), else_=Staff.failed_count + 1)
    return await session.scalar(
        update(Staff)
        .where(
            Staff.username == username,
            Staff.disabled_at.is_(None),
            or_(Staff.locked_until.is_(None), Staff.locked_until <= moment),
        )
        .values(failed_count=count, locked_until=case((count >= FAILURES_MAX, moment + LOCK_OUT), else_=None))
        .returning(Staff)
    )


async def hashed(password: str, *, username: str) -> str:
    """Return the hash of a new password; refuse one too short, too long, or with the username in it."""
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX or username.lower() in password.lower():
        raise PasswordTooWeak
    return await asyncio.to_thread(_hasher.hash, password)


async def choose(session: WriteSession, staff: Staff, password: str) -> None:
    """Give a person a new password of their own; every stay that the old one opened ends."""
    staff.password_hash = await hashed(password, username=staff.username)
    staff.must_change_password = False
    staff.failed_count, staff.locked_until = 0, None
    await logins.end_all(session, staff.id, because="password changed")


async def make_link(session: WriteSession, staff: Staff, *, made_by: str) -> str:
    """Return the token of a link by which a person chooses a password, once, within 24 hours.

    Links handed out before stop working: only the last one that an admin made counts.
    """
    await session.execute(
        update(PasswordReset)
        .where(PasswordReset.staff_id == staff.id, PasswordReset.used_at.is_(None))
        .values(used_at=now())
    )
    token = tokens.new_token()
    session.add(
        PasswordReset(
            token_hash=tokens.digest(token),
            staff_id=staff.id,
            made_by=made_by,
            expires_at=now() + LINK_LIFETIME,
        )
    )
    return token


async def follow_link(session: WriteSession, token: str, password: str) -> None:
    """Spend a link to choose a password."""
    found = await session.execute(
        select(PasswordReset, Staff)
        .join(Staff, Staff.id == PasswordReset.staff_id)
        .where(
            PasswordReset.token_hash == tokens.digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now(),
            Staff.disabled_at.is_(None),
        )
        .with_for_update(of=(PasswordReset, Staff))
    )
    row = found.one_or_none()
    if row is None:
        raise LinkSpent
    reset, staff = row
    reset.used_at = now()
    await choose(session, staff, password)


async def mailed_lately(session: ReadSession, staff: Staff) -> bool:
    """Return whether a link was mailed to a person within the last minutes: one letter is enough."""
    lately = now() + LINK_LIFETIME - MAILED_AGAIN
    found = await session.scalar(
        select(PasswordReset.staff_id)
        .where(
            PasswordReset.staff_id == staff.id,
            PasswordReset.made_by == BY_MAIL,
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > lately,
        )
        .limit(1)
    )
    return found is not None


async def take_back(session: WriteSession, token: str) -> None:
    """Let a link that reached nobody stop working."""
    await session.execute(
        update(PasswordReset).where(PasswordReset.token_hash == tokens.digest(token)).values(used_at=now())
    )


async def change(database: Transactions, username: str, old: str, new: str, code: str | None = None) -> None:
    """Replace a password by a new one, for whoever knows the old one and has the second factor if any."""
    staff_id: UUID = (await verify(database, username, old, code)).staff.id
    async with database.writing() as session:
        staff = await session.get_one(Staff, staff_id, with_for_update=True)
        await choose(session, staff, new)
