"""Members of the federation, the people who work there, and their tokens and keys."""

from uuid import UUID

from fastapi import FastAPI

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations import grants, keys, logins, organizations, passwords
from app.organizations.access import Role
from app.organizations.models import ApiKey, KeyKind, Organization, Scope, Staff, Tier
from app.organizations.organizations import Particulars

PASSWORD = "correct horse battery staple"
_REGIONS = {Tier.province: "610000", Tier.city: "610100", Tier.county: "610118"}
_hashes: dict[str, str] = {}


async def organization(
    session: WriteSession, *, tier: Tier | None = None, parent: Organization | None = None, **over: object
) -> Organization:
    """A member; one below `parent` is of the next tier unless told otherwise."""
    if tier is None:
        tier = {None: Tier.province, Tier.province: Tier.city}.get(parent and parent.tier, Tier.county)
    code = f"O{new_code(8)}"
    values = {"code": code, "name": f"慈善会 {code}", "tier": tier, "region_code": _REGIONS[tier]} | over
    return await organizations.create(session, Particulars(**values), parent=parent)


async def staff(
    session: WriteSession, organization: Organization, role: Role | None = None, **over: object
) -> Staff:
    """A person who can sign in with PASSWORD, and who holds `role` at this member."""
    values = {"username": f"u{new_code(10).lower()}", "name": "某员工"} | over
    person = Staff(organization_id=organization.id, password_hash=await _hash(), **values)
    session.add(person)
    await session.flush()
    if role is not None:
        await grants.give(session, person, organization, role=role, given_by="test")
    return person


async def headers(app: FastAPI, session: WriteSession, person: Staff) -> dict[str, str]:
    """What a person who has signed in sends along."""
    stay = await logins.begin(session, person.id)
    await session.flush()
    return bearer(app.state.issuer.issue(person.id, stay.login_id))


async def sign_in(app: FastAPI, session: WriteSession, role: Role, at: Organization) -> dict[str, str]:
    """What a new person with `role` at a member sends along."""
    return await headers(app, session, await staff(session, at, role))


async def key(
    session: WriteSession, at: Organization, *scopes: Scope, kind: KeyKind | None = None
) -> tuple[ApiKey, dict[str, str]]:
    """An API key and what its machine sends along; with scope `audit` alone an auditor's."""
    kind = kind or (KeyKind.auditor if scopes == (Scope.audit,) else KeyKind.service)
    made, spelling = await keys.make(session, at, keys.Terms(kind, scopes), name="test", made_by="test")
    return made, bearer(spelling)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def tree(
    session: WriteSession, **over: object
) -> tuple[Organization, Organization, Organization, Organization]:
    """A province, a city in it, a county in that, and a city beside it."""
    province = await organization(session, **over)
    city = await organization(session, parent=province, **over)
    county = await organization(session, parent=city, **over)
    return province, city, county, await organization(session, parent=province, **over)


def ids(*members: Organization) -> list[UUID]:
    return [member.id for member in members]


async def _hash() -> str:
    # argon2 is slow on purpose: one hash serves all tests.
    if PASSWORD not in _hashes:
        _hashes[PASSWORD] = await passwords.hashed(PASSWORD, username="-")
    return _hashes[PASSWORD]
