"""Roles at a member: given, kept apart, lent to another member, taken back."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations import callers, delegations, grants, logins
from app.organizations.access import Caller, Permission, Role
from app.organizations.errors import (
    DelegateInvalid,
    DutiesNotSeparate,
    PersonDisabled,
    RoleHeld,
    TermOutOfBounds,
)
from app.organizations.models import Delegation, Grant, Organization, Staff
from app.organizations.tokens import Claim
from tests.factories import organizations as make

SEPARATE = [Role.accountant, Role.reviewer, Role.cashier]


async def caller(session: WriteSession, person: Staff) -> Caller:
    stay = await logins.begin(session, person.id)
    return await callers.of_claim(session, Claim(person.id, stay.login_id))


async def give(
    session: WriteSession, person: Staff, at: Organization, role: Role, why: str | None = None
) -> Grant:
    return await grants.give(session, person, at, role=role, given_by="test", exception_reason=why)


async def test_who_a_caller_is_takes_one_statement(session: WriteSession) -> None:
    province, city, county, beside = await make.tree(session)
    person = await make.staff(session, province, Role.viewer)
    await give(session, person, city, Role.accountant)
    claim = Claim(person.id, (await logins.begin(session, person.id)).login_id)
    await session.flush()
    statements: list[str] = []
    listen = (session.bind.sync_connection, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    event.listen(*listen)
    known = await callers.of_claim(session, claim)
    event.remove(*listen)

    assert len(statements) == 1
    everywhere = {province.id, city.id, county.id, beside.id}
    assert known.holds(Permission.organizations_read) == everywhere
    assert known.holds(Permission.books_read) == {city.id, county.id}
    assert known.holds(Permission.vouchers_record) == {city.id}
    assert known.own() == {province.id: {Role.viewer}, city.id: {Role.accountant}}


@pytest.mark.parametrize(("first", "second"), [(a, b) for a in SEPARATE for b in SEPARATE if a != b])
async def test_one_person_is_not_two_of_accountant_reviewer_cashier(
    session: WriteSession, first: Role, second: Role
) -> None:
    member, other = await make.organization(session), await make.organization(session)
    person = await make.staff(session, member, first)
    with pytest.raises(DutiesNotSeparate):
        await give(session, person, member, second)
    await give(session, person, other, second)
    await give(session, person, member, Role.viewer)

    exception = await give(session, person, member, second, "县会仅两名专职人员，理事会决议")
    assert (exception.given_by, exception.exception_reason) == ("test", "县会仅两名专职人员，理事会决议")


async def test_duties_stay_separate_when_two_admins_give_at_once(committed: Database) -> None:
    async with committed.writing() as session:
        member = await make.organization(session)
        person = await make.staff(session, member)

    async def appoint(role: Role) -> bool:
        try:
            async with committed.writing() as session:
                await give(session, person, member, role)
                await asyncio.sleep(0.05)
        except DutiesNotSeparate:
            return False
        return True

    assert sorted(await asyncio.gather(*map(appoint, SEPARATE))) == [False, False, True]


async def test_a_role_is_held_once_and_revoked_at_once(session: WriteSession) -> None:
    member = await make.organization(session)
    person = await make.staff(session, member)
    grant = await give(session, person, member, Role.cashier)
    with pytest.raises(RoleHeld):
        await give(session, person, member, Role.cashier, "again")
    assert (await caller(session, person)).holds(Permission.payments_execute) == {member.id}

    grants.revoke(grant, by="test")
    assert (await caller(session, person)).reaches == ()
    await give(session, person, member, Role.accountant)


async def test_what_was_granted_stays_on_record(session: WriteSession) -> None:
    member = await make.organization(session)
    await make.staff(session, member, Role.viewer)
    for attempt in ("delete from grants", "update grants set role = 'admin'", "delete from api_keys"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with session.begin_nested():
                await session.execute(text(attempt))


async def test_the_disabled_get_no_role(session: WriteSession) -> None:
    member = await make.organization(session)
    person = await make.staff(session, member)
    person.disabled_at, person.disabled_by = person.created_at, "test"
    with pytest.raises(PersonDisabled):
        await give(session, person, member, Role.viewer)


async def lend(
    session: WriteSession, owner: Organization, to: UUID, first: date | None = None, last: date | None = None
) -> Delegation:
    term = (first or today(), last or today())
    return await delegations.make(session, owner, to, term=term, reason="代账", made_by="test")


async def test_a_delegate_s_accountants_write_and_nobody_else(session: WriteSession) -> None:
    _, city, county, beside = await make.tree(session)
    below = await make.organization(session, parent=beside)
    delegation = await lend(session, beside, city.id)
    accountant = await make.staff(session, city, Role.accountant)
    others = [await make.staff(session, city, role) for role in Role if role is not Role.accountant]
    others.append(await make.staff(session, county, Role.accountant))

    lent = await caller(session, accountant)
    assert lent.holds(Permission.vouchers_record) == {city.id, beside.id}
    assert below.id not in lent.holds(Permission.books_read)
    for person in others:
        assert not (await caller(session, person)).sees(beside.id)

    delegations.revoke(delegation, by="test")
    assert (await caller(session, accountant)).holds(Permission.vouchers_record) == {city.id}


@pytest.mark.parametrize(
    ("first", "last", "holds"), [(-5, -1, False), (1, 5, False), (-1, 0, True), (0, 1, True)]
)
async def test_a_delegation_has_its_days(session: WriteSession, first: int, last: int, holds: bool) -> None:
    _, city, _, beside = await make.tree(session)
    await lend(session, beside, city.id, today() + timedelta(days=first), today() + timedelta(days=last))
    accountant = await make.staff(session, city, Role.accountant)
    assert (await caller(session, accountant)).sees(beside.id) is holds


async def test_a_delegation_does_not_join_separate_duties(session: WriteSession) -> None:
    _, city, _, beside = await make.tree(session)
    await lend(session, beside, city.id)
    person = await make.staff(session, city, Role.accountant)
    await give(session, person, beside, Role.reviewer)
    held = await caller(session, person)
    assert held.holds(Permission.vouchers_review) == {beside.id}
    assert held.holds(Permission.vouchers_record) == {city.id}


async def test_a_delegation_has_bounds(session: WriteSession) -> None:
    _, city, _, beside = await make.tree(session)
    with pytest.raises(TermOutOfBounds):
        await lend(session, beside, city.id, last=today() - timedelta(days=1))
    with pytest.raises(TermOutOfBounds):
        await lend(session, beside, city.id, last=today() + timedelta(days=1200))
    with pytest.raises(DelegateInvalid):
        await lend(session, beside, beside.id)
    with pytest.raises(DelegateInvalid):
        await lend(session, beside, (await make.staff(session, city)).id)


async def test_roles_and_delegations_over_http(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    _, city, _, beside = await make.tree(session)
    admin = await make.sign_in(app, session, Role.admin, beside)
    person = await make.staff(session, beside)
    address = f"/v1/organizations/{beside.id}"

    body = {"staff_id": str(person.id), "role": "accountant"}
    given = await client.post(f"{address}/grants", json=body, headers=admin | {"Idempotency-Key": "g1"})
    again = await client.post(f"{address}/grants", json=body, headers=admin | {"Idempotency-Key": "g1"})
    assert (given.status_code, again.status_code) == (201, 201)
    assert again.json() == given.json()
    refused = await client.post(f"{address}/grants", json=body | {"role": "cashier"}, headers=admin)
    assert (refused.status_code, refused.json()["code"]) == (409, "duties-not-separate")
    listed = await client.get(f"{address}/grants", params={"staff_id": str(person.id)}, headers=admin)
    assert [one["role"] for one in listed.json()["items"]] == ["accountant"]
    ended = await client.delete(f"{address}/grants/{given.json()['id']}", headers=admin)
    assert ended.json()["revoked_at"] is not None

    body = {
        "delegate_id": str(city.id),
        "valid_from": today().isoformat(),
        "valid_to": today().isoformat(),
        "reason": "代账",
    }
    made = await client.post(f"{address}/delegations", json=body, headers=admin)
    assert made.status_code == 201
    seen = await client.get(
        f"/v1/organizations/{city.id}/delegations", headers=await make.sign_in(app, session, Role.admin, city)
    )
    assert [one["id"] for one in seen.json()["items"]] == [made.json()["id"]]
    ended = await client.delete(f"{address}/delegations/{made.json()['id']}", headers=admin)
    assert ended.json()["revoked_by"].startswith("staff:")


async def test_another_members_grant_is_out_of_sight(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    _, city, _, beside = await make.tree(session)
    admin = await make.sign_in(app, session, Role.admin, city)
    person = await make.staff(session, beside)
    grant = await give(session, person, beside, Role.viewer)
    answer = await client.delete(f"/v1/organizations/{city.id}/grants/{grant.id}", headers=admin)
    assert answer.status_code == 404
