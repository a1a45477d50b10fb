"""Stays: how a volunteer signs in by a code on their telephone, stays signed in and signs out."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.kit import vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.ids import read_code
from app.organizations import tokens
from app.organizations.access import Caller, CallerKind
from app.organizations.errors import RefreshTokenReused, TokenInvalid
from app.organizations.models import IdentityKind
from app.organizations.visitors import identities, phones
from app.organizations.visitors.messages import Message
from app.volunteers.models import SignInCode, Volunteer, VolunteerRefreshToken, VolunteerStay
from app.volunteers.registry.errors import (
    CodeWrong,
    NotAVolunteer,
    SeveralVolunteers,
)

KIND = "volunteer"
CODE_LIFETIME = timedelta(minutes=10)
REFRESH_LIFETIME = timedelta(days=14)
TRIES_MAX = 5
PEOPLE_PER_PHONE_MAX = 5
"""Children have their parents' telephone; more people than a family do not share one."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Whose stay it is, and the refresh token that will prolong it next: shown this once."""

    volunteer_id: UUID
    stay_id: UUID
    refresh_token: str


async def codes(session: WriteSession, phone: str) -> list[Message]:
    """Make a code for everybody with this telephone; whoever asks learns nothing, the telephone all."""
    index = vault.of(session).index("phone", phones.telephone(phone))
    found = await session.scalars(
        select(Volunteer)
        .where(Volunteer.phone_index == index, Volunteer.erased_at.is_(None))
        .order_by(Volunteer.id)
        .limit(PEOPLE_PER_PHONE_MAX)
    )
    return [await _code(session, volunteer) for volunteer in found.all()]


async def welcome(session: WriteSession, volunteer: Volunteer) -> Message:
    """Make the first code of somebody who has just registered."""
    return await _code(session, volunteer)


async def _code(session: WriteSession, volunteer: Volunteer) -> Message:
    digits = f"{secrets.randbelow(10**6):06d}"
    code = SignInCode(
        volunteer_id=volunteer.id,
        code_mac=_mac(session, volunteer.id, digits),
        expires_at=now() + CODE_LIFETIME,
    )
    # Only the latest is good.
    await session.execute(
        update(SignInCode)
        .where(SignInCode.volunteer_id == volunteer.id, SignInCode.used_at.is_(None))
        .values(used_at=now())
    )
    session.add(code)
    await session.flush()
    known = await vault.read(session, [volunteer.id], ["phone"])
    text = f"志愿者编号 {volunteer.number}，验证码 {digits}，10分钟内有效。"
    return Message(known[volunteer.id]["phone"], text)


def _mac(session: ReadSession, volunteer_id: UUID, digits: str) -> bytes:
    return vault.of(session).mac(b"sign-in" + volunteer_id.bytes + digits.encode())


async def begin(session: WriteSession, number: str, digits: str) -> Stay | Refusal:
    """Let a volunteer stay who tells the code that was sent to them; a wrong one costs one of five tries.

    The refusal is returned, not raised: that a try was spent must be committed.
    """
    found = await session.execute(
        select(SignInCode, Volunteer)
        .join(Volunteer, Volunteer.id == SignInCode.volunteer_id)
        .where(
            Volunteer.number == read_code(number),
            Volunteer.erased_at.is_(None),
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now(),
            SignInCode.try_count < TRIES_MAX,
        )
        .with_for_update(of=SignInCode)
    )
    row = found.first()
    if row is None:
        return CodeWrong()
    code, volunteer = row
    code.try_count += 1
    if not secrets.compare_digest(code.code_mac, _mac(session, volunteer.id, digits)):
        return CodeWrong()
    code.used_at = now()
    stay = VolunteerStay(volunteer_id=volunteer.id)
    session.add(stay)
    await session.flush()
    return Stay(volunteer.id, stay.id, _next(session, stay.id))


async def prolong(session: WriteSession, refresh_token: str) -> Stay | Refusal:
    """Spend a refresh token for the next one; one that was spent before ends the whole stay."""
    found = await session.execute(
        select(VolunteerRefreshToken, VolunteerStay)
        .join(VolunteerStay, VolunteerStay.id == VolunteerRefreshToken.stay_id)
        .where(VolunteerRefreshToken.token_hash == tokens.digest(refresh_token))
        .with_for_update()
    )
    row = found.one_or_none()
    if row is None or row[1].ended_at is not None or row[0].expires_at <= now():
        return TokenInvalid()
    token, stay = row
    if token.spent_at is not None:
        stay.ended_at, stay.ended_because = now(), "refresh token reused"
        return RefreshTokenReused()
    token.spent_at = now()
    return Stay(stay.volunteer_id, stay.id, _next(session, stay.id))


async def end_all(session: WriteSession, volunteer_id: UUID, *, because: str) -> None:
    """End every stay of a volunteer."""
    await session.execute(
        update(VolunteerStay)
        .where(VolunteerStay.volunteer_id == volunteer_id, VolunteerStay.ended_at.is_(None))
        .values(ended_at=now(), ended_because=because)
    )


async def of_claim(session: ReadSession, claim: tokens.Claim) -> Caller:
    """Return the volunteer an access token names, unless they were erased or have signed out since."""
    volunteer = await session.scalar(
        select(Volunteer)
        .join(VolunteerStay, VolunteerStay.volunteer_id == Volunteer.id)
        .where(
            VolunteerStay.id == claim.login_id,
            VolunteerStay.ended_at.is_(None),
            Volunteer.id == claim.staff_id,
            Volunteer.erased_at.is_(None),
        )
    )
    if volunteer is None:
        raise TokenInvalid
    return caller(volunteer, claim.login_id)


async def of_visitor(session: ReadSession, visitor_id: UUID) -> UUID:
    """Return the volunteer with the telephone that a visitor proved, if it is one volunteer's alone."""
    proven = await identities.of(session, visitor_id, IdentityKind.phone)
    found = await session.scalars(
        select(Volunteer.id).where(Volunteer.phone_index.in_(proven), Volunteer.erased_at.is_(None)).limit(2)
    )
    mine = found.all()
    if not mine:
        raise NotAVolunteer
    if len(mine) > 1:
        raise SeveralVolunteers
    return mine[0]


def caller(volunteer: Volunteer, stay_id: UUID | None = None) -> Caller:
    """Return a volunteer as whoever asks: by their number, with no role anywhere."""
    return Caller(
        id=volunteer.id,
        kind=CallerKind.volunteer,
        label=f"volunteer:{volunteer.id}",
        name=volunteer.number,
        reaches=(),
        login_id=stay_id,
    )


def _next(session: WriteSession, stay_id: UUID) -> str:
    token = tokens.new_token()
    session.add(
        VolunteerRefreshToken(
            token_hash=tokens.digest(token), stay_id=stay_id, expires_at=now() + REFRESH_LIFETIME
        )
    )
    return token
