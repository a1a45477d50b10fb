"""Callers: from what somebody showed to who they are and what they may do, in one statement."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, and_, false, literal, select, true, union_all

from app.kit.clock import now, today
from app.kit.database import ReadSession
from app.organizations import tokens
from app.organizations.access import Caller, CallerKind, Reach
from app.organizations.errors import TokenInvalid
from app.organizations.models import (
    SEPARATE,
    ApiKey,
    Delegation,
    FactorDemand,
    Grant,
    Login,
    Organization,
    Role,
    Scope,
    Staff,
)


async def of_claim(session: ReadSession, claim: tokens.Claim) -> Caller:
    """Return the person an access token names, unless they were disabled or have signed out since."""
    rows = (await session.execute(_staff(claim))).all()
    if not rows:
        raise TokenInvalid
    first = rows[0]
    return Caller(
        id=first.id,
        kind=CallerKind.staff,
        label=f"staff:{first.id}",
        name=first.name,
        reaches=_reaches(rows),
        login_id=claim.login_id,
        second_factor=first.second_factor,
        must_enrol=not first.second_factor and any(row.demanded for row in rows),
    )


async def of_key(session: ReadSession, token: str) -> tuple[Caller, ApiKey]:
    """Return the machine an API key belongs to, unless it was revoked or has expired."""
    prefix = token.removeprefix(tokens.KEY_MARK).partition("_")[0]
    rows = (await session.execute(_key(prefix, tokens.digest(token)))).all()
    if not rows:
        raise TokenInvalid
    [key, *_] = rows[0]
    if key.platform_id is not None:
        reaches = tuple(Reach(key.platform_id, Scope(scope)) for scope in key.scopes)
    else:
        reaches = tuple(Reach(row.at, Scope(scope), below=row.below) for row in rows for scope in key.scopes)
    caller = Caller(
        id=key.id,
        kind=CallerKind(key.kind.value),
        label=f"key:{key.prefix}",
        name=key.name,
        reaches=reaches,
        platform_id=key.platform_id,
        years=(key.first_year, key.last_year) if key.first_year and key.last_year else None,
    )
    return caller, key


def _staff(claim: tokens.Claim) -> Select[UUID, str, bool, Any, Any, Any, Any, bool]:
    held = (
        select(Grant.organization_id, Grant.role)
        .where(Grant.staff_id == claim.staff_id, Grant.revoked_at.is_(None))
        .cte("held")
    )
    reach = _downwards(select(held.c.organization_id.label("at"), held.c.role, false().label("below")))
    day = today()
    lent = (
        select(Delegation.organization_id, held.c.role, false(), true())
        .join(held, and_(held.c.organization_id == Delegation.delegate_id, held.c.role == Role.accountant))
        .where(Delegation.revoked_at.is_(None), Delegation.valid_from <= day, Delegation.valid_to >= day)
    )
    places = union_all(
        select(reach.c.at, reach.c.role, reach.c.below, false().label("lent")), lent
    ).subquery()
    return (
        select(
            Staff.id,
            Staff.name,
            Login.second_factor,
            places.c.at,
            places.c.role,
            places.c.below,
            places.c.lent,
            FactorDemand.role.is_not(None).label("demanded"),
        )
        .join(Login, Login.staff_id == Staff.id)
        .outerjoin(places, true())
        # Where a role is held, not where it only looks: whoever stands above keeps their own rules.
        .outerjoin(
            FactorDemand,
            and_(
                FactorDemand.organization_id == places.c.at,
                FactorDemand.role == places.c.role,
                places.c.below.is_(False),
            ),
        )
        .where(
            Staff.id == claim.staff_id,
            Staff.disabled_at.is_(None),
            Login.id == claim.login_id,
            Login.ended_at.is_(None),
        )
    )


def _key(prefix: str, secret_hash: bytes) -> Select[ApiKey, Any, Any]:
    reach = _downwards(
        select(
            ApiKey.organization_id.label("at"), literal("key").label("role"), false().label("below")
        ).where(ApiKey.prefix == prefix, ApiKey.organization_id.is_not(None))
    )
    return (
        select(ApiKey, reach.c.at, reach.c.below)
        .outerjoin(reach, true())
        .where(
            ApiKey.prefix == prefix,
            # Compared by hash: how long that takes tells nothing about the secret.
            ApiKey.secret_hash == secret_hash,
            ApiKey.revoked_at.is_(None),
            ApiKey.expires_at > now(),
        )
    )


def _downwards(held: Select[Any, Any, Any]) -> CTE:
    """Return the places held and every one below them."""
    # A plain UNION: what is reached by two ways is told once.
    reach = held.cte("reach", recursive=True)
    return reach.union(
        select(Organization.id, reach.c.role, true()).where(Organization.parent_id == reach.c.at)
    )


def _reaches(rows: Sequence[Any]) -> tuple[Reach, ...]:
    # Nobody comes to a second duty by the back door of a delegation.
    separate = {row.at for row in rows if not (row.below or row.lent) and row.role in SEPARATE}
    return tuple(
        Reach(row.at, row.role, below=row.below)
        for row in rows
        if row.at is not None and not (row.lent and row.at in separate)
    )
