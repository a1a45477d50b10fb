"""Policies: which steps a kind of request takes, set per member and never for what was asked before."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.kit.errors import VersionStale
from app.organizations.approvals import policies
from app.organizations.approvals.kinds import STEPS, Tier
from app.organizations.approvals.policies import steps
from app.organizations.models import Role
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, SMALL, Office, office

YUAN = {"currency": "CNY"}
TIERS = [
    {"up_to": {"amount": 100, **YUAN}, "roles": ["cashier"]},
    {"up_to": {"amount": SMALL, **YUAN}, "roles": ["reviewer", "reviewer"]},
    {"up_to": None, "roles": ["reviewer", "admin", "cashier"]},
]


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)


async def put(desk: Office, tiers: object, version: int, by: str = "admin", kind: str = "purchase") -> object:
    path = f"/organizations/{desk.organization.id}/approval-policies/{kind}"
    return await desk.send(by, "PUT", path, {"tiers": tiers}, **{"If-Match": f'"{version}"'})


async def roles(desk: Office, amount: int | None, kind: str = "purchase") -> list[str]:
    asked = await desk.ask(amount, kind=kind)
    shown = (await desk.get("admin", f"/approvals/{asked.id}")).json()
    return [step["role"] for step in shown["steps"]]


async def test_without_a_policy_the_amount_decides_as_it_usually_does(desk: Office) -> None:
    assert await roles(desk, SMALL) == await roles(desk, None) == ["reviewer"]
    assert await roles(desk, LARGE) == ["reviewer", "admin"]
    shown = (await desk.get("cashier", f"/organizations/{desk.organization.id}/approval-policies")).json()
    assert [(one["kind"], one["version"]) for one in shown["policies"]] == [("payment", 0), ("purchase", 0)]


async def test_a_policy_is_set_per_kind_and_for_what_comes_after(desk: Office) -> None:
    before = await desk.ask(LARGE)

    answer = await put(desk, TIERS, 0)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["version"], answer.json()["tiers"]) == (1, TIERS)
    assert await roles(desk, 100) == await roles(desk, None) == ["cashier"]
    assert await roles(desk, 101) == ["reviewer", "reviewer"]
    assert await roles(desk, LARGE) == ["reviewer", "admin", "cashier"]
    assert await roles(desk, LARGE, "payment") == ["reviewer", "admin"]
    old = (await desk.get("admin", f"/approvals/{before.id}")).json()
    assert [step["role"] for step in old["steps"]] == ["reviewer", "admin"]
    read = await desk.get("reviewer", f"/organizations/{desk.organization.id}/approval-policies/purchase")
    assert (read.headers["ETag"], read.json()) == ('"1"', answer.json())


async def test_two_steps_of_one_role_take_two_people(desk: Office) -> None:
    await put(desk, TIERS, 0)
    asked = await desk.ask(SMALL)

    assert (await desk.approve("reviewer", asked)).status_code == 200
    assert (await desk.approve("reviewer", asked)).json()["code"] == "decided-before"
    assert (await desk.approve("other_reviewer", asked)).json()["state"] == "approved"


async def test_nobody_overwrites_what_they_have_not_seen(desk: Office, session: WriteSession) -> None:
    assert (await put(desk, TIERS, 0)).status_code == 200
    assert (await put(desk, TIERS, 0)).status_code == 412
    path = f"/organizations/{desk.organization.id}/approval-policies/purchase"
    assert (await desk.send("admin", "PUT", path, {"tiers": TIERS})).status_code == 428
    assert (await put(desk, TIERS[2:], 1)).json()["version"] == 2
    # Two who have both seen version 2 meet at the key of version 3.
    tiers = [Tier(None, (Role.admin,))]
    await policies.replace(session, desk.organization.id, "purchase", tiers, version=2, by="test")
    with pytest.raises(VersionStale):
        await policies.replace(session, desk.organization.id, "purchase", tiers, version=2, by="test")


@pytest.mark.parametrize(
    "bounds", [[], [100], [None, None], [100, 100, None], [200, 100, None], [None, 100], [100, None, None]]
)
async def test_tiers_rise_and_leave_no_amount_out(desk: Office, bounds: list[int | None]) -> None:
    tiers = [{"up_to": bound and {"amount": bound, **YUAN}, "roles": ["reviewer"]} for bound in bounds]
    answer = await put(desk, tiers, 0)
    assert answer.status_code == 422
    assert answer.json()["code"] == ("tiers-unordered" if bounds else "malformed")


async def test_who_may_set_which_policy(desk: Office, session: WriteSession) -> None:
    assert (await put(desk, TIERS, 0, by="reviewer")).status_code == 403
    assert (await put(desk, TIERS, 0, kind="conspiracy")).json()["code"] == "approval-kind-unknown"
    below = await make.organization(session, parent=desk.organization)
    path = f"/organizations/{below.id}/approval-policies/purchase"
    foreign = await desk.send("admin", "PUT", path, {"tiers": TIERS}, **{"If-Match": '"0"'})
    assert foreign.status_code == 403
    assert (await desk.get("admin", path)).json()["version"] == 0


def test_the_bound_belongs_to_its_tier() -> None:
    assert steps(STEPS, SMALL) == (Role.reviewer,)
    assert steps(STEPS, LARGE) == (Role.reviewer, Role.admin)
