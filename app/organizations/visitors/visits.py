"""Visits: from what a front end proved to a short token, and back from the token to the visitor."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.kit import vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations import tokens
from app.organizations.access import Caller, CallerKind
from app.organizations.errors import TokenInvalid
from app.organizations.models import ApiKey, IdentityKind, Visit
from app.organizations.visitors import codes, identities
from app.organizations.visitors.errors import NotThePlatform

KIND = "visitor"
LIFETIME = timedelta(hours=12)
"""How long tokens of one visit may be exchanged for the next one; then a proof is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a front end shows of a person: the code sent to a telephone, its platform's user, or both."""

    code_id: UUID | None = None
    code: str = ""
    platform_user: str | None = None


async def begin(session: WriteSession, front_end: Caller, proof: Proof) -> Visit | None:
    """Let the person visit who was proven, through this front end; None if the code is not right.

    Nothing in it tells whether anybody knew them before. A telephone is never taken on a front end's
    word; a platform's user is, on the word of the platform's own key.
    """
    if proof.platform_user is not None and front_end.platform_id is None:
        raise NotThePlatform
    proven: list[tuple[IdentityKind, bytes]] = []
    if proof.code_id is not None:
        phone = await codes.spend(session, front_end.id, proof.code_id, proof.code)
        if phone is None:
            return None
        proven.append((IdentityKind.phone, phone))
    if proof.platform_user is not None and front_end.platform_id is not None:
        secrets = vault.of(session)
        index = identities.platform_index(secrets, front_end.platform_id, proof.platform_user)
        proven.append((IdentityKind.platform, index))
    visit = Visit(
        visitor_id=await identities.known(session, proven),
        key_id=front_end.id,
        expires_at=now() + LIFETIME,
    )
    session.add(visit)
    await session.flush()
    return visit


async def prolong(session: ReadSession, front_end: Caller, claim: tokens.Claim) -> Visit:
    """Return the visit of a token that is still good, if it began through this front end."""
    visit = await _going_on(session, claim)
    if visit.key_id != front_end.id:
        raise TokenInvalid
    return visit


async def of_claim(session: ReadSession, claim: tokens.Claim) -> Caller:
    """Return the visitor an access token names, while the visit and the front end's key last."""
    visit = await _going_on(session, claim)
    return Caller(
        id=visit.visitor_id,
        kind=CallerKind.visitor,
        label=f"visitor:{visit.visitor_id}",
        name="",
        reaches=(),
        login_id=visit.id,
    )


async def _going_on(session: ReadSession, claim: tokens.Claim) -> Visit:
    visit = await session.scalar(
        select(Visit)
        .join(ApiKey, ApiKey.id == Visit.key_id)
        .where(
            Visit.id == claim.login_id,
            Visit.visitor_id == claim.staff_id,
            Visit.ended_at.is_(None),
            Visit.expires_at > now(),
            ApiKey.revoked_at.is_(None),
        )
    )
    if claim.kind != KIND or visit is None:
        raise TokenInvalid
    return visit


async def end(session: WriteSession, visit_id: UUID) -> None:
    """End a visit: its tokens stop working at once."""
    await session.execute(
        update(Visit).where(Visit.id == visit_id, Visit.ended_at.is_(None)).values(ended_at=now())
    )
