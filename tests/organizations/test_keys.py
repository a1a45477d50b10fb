"""API keys: shown once, kept as a hash, for one mandate, for a time."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text

from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.organizations import keys, platforms
from app.organizations.access import Permission, Role
from app.organizations.errors import ScopeNotForKind, TermOutOfBounds
from app.organizations.models import KeyKind, Scope
from app.organizations.permissions import SCOPE_PERMISSIONS
from tests.factories import organizations as make


async def test_an_auditors_key_reads_the_subtree_and_writes_nothing(
    client: AsyncClient, session: WriteSession
) -> None:
    province, city, county, beside = await make.tree(session)
    _, headers = await make.key(session, city, Scope.audit)

    listed = await client.get("/v1/organizations", headers=headers)
    assert {one["id"] for one in listed.json()["items"]} == {str(city.id), str(county.id)}
    for hidden in (province, beside):
        assert (await client.get(f"/v1/organizations/{hidden.id}", headers=headers)).status_code == 404
    below = {"parent_id": str(city.id), "code": "X1", "name": "甲", "tier": "county", "region_code": "610118"}
    assert (await client.post("/v1/organizations", json=below, headers=headers)).status_code == 403
    me = (await client.get("/v1/me", headers=headers)).json()
    assert (me["kind"], me["organizations"][0]["roles"]) == ("auditor", ["audit"])


async def test_the_audit_scope_sees_no_person() -> None:
    personal = {Permission.donors_read, Permission.people_read, Permission.beneficiaries_read}
    personal |= {Permission.volunteers_read, Permission.deliveries_read}
    assert SCOPE_PERMISSIONS[Scope.audit].isdisjoint(personal)
    assert all(permission.reading for permission in SCOPE_PERMISSIONS[Scope.audit])


async def test_no_scope_lets_a_machine_make_people_grants_or_keys() -> None:
    ours = {Permission.people_change, Permission.grants_change, Permission.keys_change}
    assert all(allowed.isdisjoint(ours) for allowed in SCOPE_PERMISSIONS.values())


async def test_a_key_is_made_listed_used_and_revoked(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    member = await make.organization(session)
    admin = await make.sign_in(app, session, Role.admin, member)
    address = f"/v1/organizations/{member.id}/keys"
    body = {"kind": "service", "name": "小程序", "scopes": ["fundraising", "projects"]}

    made = await client.post(address, json=body, headers=admin)

    assert made.status_code == 201
    spelling, key = made.json()["spelling"], made.json()["key"]
    assert spelling.startswith(f"zxl_{key['prefix']}_")
    kept = str((await session.execute(text("select * from api_keys"))).all())
    assert spelling.rpartition("_")[2] not in kept
    listed = await client.get(address, headers=admin)
    assert spelling not in listed.text
    assert [one["prefix"] for one in listed.json()["items"]] == [key["prefix"]]

    assert (await client.get("/v1/me", headers=make.bearer(spelling))).status_code == 200
    used = (await client.get(address, headers=admin)).json()["items"][0]["last_used_on"]
    assert used == today().isoformat()

    revoked = await client.delete(f"{address}/{key['id']}", headers=admin)
    assert revoked.json()["revoked_by"].startswith("staff:")
    assert (await client.get("/v1/me", headers=make.bearer(spelling))).status_code == 401
    assert (await client.get(address, params={"revoked": "false"}, headers=admin)).json()["items"] == []


async def test_a_misspelt_key_is_refused(client: AsyncClient, session: WriteSession) -> None:
    _, headers = await make.key(session, await make.organization(session), Scope.audit)
    misspelt = {"Authorization": headers["Authorization"][:-1] + "~"}
    assert (await client.get("/v1/me", headers=headers)).status_code == 200
    assert (await client.get("/v1/me", headers=misspelt)).status_code == 401


@pytest.mark.parametrize("lifetime", [timedelta(seconds=-1), timedelta(days=1200)])
async def test_a_key_lasts_up_to_three_years(session: WriteSession, lifetime: timedelta) -> None:
    member = await make.organization(session)
    terms = keys.Terms(KeyKind.service, [Scope.projects], now() + lifetime)
    with pytest.raises(TermOutOfBounds):
        await keys.make(session, member, terms, name="x", made_by="test")


async def test_an_expired_key_is_refused(client: AsyncClient, session: WriteSession) -> None:
    member = await make.organization(session)
    ends_at = now() + timedelta(seconds=3)
    terms = keys.Terms(KeyKind.service, [Scope.projects], ends_at)
    _, spelling = await keys.make(session, member, terms, name="x", made_by="test")
    assert (await client.get("/v1/me", headers=make.bearer(spelling))).status_code == 200
    await asyncio.sleep(max(0.0, (ends_at - now()).total_seconds()) + 0.01)
    assert (await client.get("/v1/me", headers=make.bearer(spelling))).status_code == 401


@pytest.mark.parametrize(
    ("kind", "scopes"),
    [
        (KeyKind.auditor, [Scope.audit, Scope.fundraising]),
        (KeyKind.auditor, [Scope.projects]),
        (KeyKind.service, [Scope.audit]),
        (KeyKind.service, [Scope.projects, Scope.partner]),
        (KeyKind.service, []),
        (KeyKind.partner, [Scope.partner]),
    ],
)
async def test_scopes_fit_the_kind_of_key(session: WriteSession, kind: KeyKind, scopes: list[Scope]) -> None:
    member = await make.organization(session)
    with pytest.raises(ScopeNotForKind):
        await keys.make(session, member, keys.Terms(kind, scopes), name="x", made_by="test")


async def test_a_partners_key_is_held_at_its_platform(client: AsyncClient, session: WriteSession) -> None:
    member = await make.organization(session)
    platform, _ = await platforms.create(session, member, slug="sandbox", name="沙箱")
    _, spelling = await keys.make(
        session, platform, keys.Terms(KeyKind.partner, [Scope.partner]), name="x", made_by="test"
    )
    me = (await client.get("/v1/me", headers=make.bearer(spelling))).json()
    assert (me["kind"], me["platform_id"], me["organizations"]) == ("partner", str(platform.id), [])
    listed = await client.get("/v1/organizations", headers=make.bearer(spelling))
    assert (listed.status_code, listed.json()["code"]) == (403, "not-allowed")
