"""Monthly giving: every step is kept, every charge is booked, and what should not have been is flagged."""

import asyncio
import itertools
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.fundraising.models import GivingPlan, GivingPlanChange
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.webhooks import replays
from tests.conftest import Shared
from tests.factories import organizations as members
from tests.webhooks.platforms import Partner, partner

PLANS = "/v1/fundraising/plans"
PLAN = "P-0001"


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session)


@pytest.fixture
async def clerk(app: FastAPI, session: WriteSession, here: Partner) -> dict[str, str]:
    return await members.sign_in(app, session, Role.accountant, here.organization)


def step(at: Partner, kind: str, moment: str, **data: Any) -> dict[str, Any]:
    body = {"plan_id": PLAN, "campaign": at.campaign.code, "at": f"{moment}T10:00:00+08:00"} | data
    return {"type": f"plan.{kind}", "timestamp": "2026-05-01T08:00:00+08:00", "data": body}


def charge(at: Partner, day: str, **data: Any) -> dict[str, Any]:
    return at.event(plan_id=PLAN, donated_at=f"{day}T11:00:00+08:00", amount=3000, **data)


def life(at: Partner) -> list[dict[str, Any]]:
    """A plan that was begun, raised, paused, resumed and cancelled."""
    return [
        step(at, "activated", "2026-01-05", amount=3000, day=10),
        step(at, "changed", "2026-02-20", amount=5000),
        step(at, "paused", "2026-03-01"),
        step(at, "resumed", "2026-04-01"),
        step(at, "cancelled", "2026-06-15"),
    ]


async def outcome(client: AsyncClient, at: Partner, event: dict[str, Any]) -> str:
    answer = await at.post(client, event)
    assert answer.status_code == 200, answer.text
    return answer.json()["outcome"]


async def plan_of(client: AsyncClient, clerk: dict[str, str]) -> dict[str, Any]:
    [plan] = (await client.get(PLANS, headers=clerk)).json()["items"]
    return (await client.get(f"{PLANS}/{plan['id']}", headers=clerk)).json()


async def test_a_plan_tells_month_by_month_what_was_expected_received_and_missed(
    client: AsyncClient, here: Partner, clerk: dict[str, str]
) -> None:
    for event in life(here):
        assert await outcome(client, here, event) == "posted"
    for day in ("2026-01-10", "2026-02-10", "2026-04-10"):
        assert await outcome(client, here, charge(here, day)) == "posted"

    plan = await plan_of(client, clerk)

    assert (plan["state"], plan["amount"]["amount"], plan["charge_day"]) == ("cancelled", 5000, 10)
    assert [one["kind"] for one in plan["history"]] == [
        one["type"].removeprefix("plan.") for one in life(here)
    ]
    told = {
        one["month"]: (one["expected"]["amount"], one["received"]["amount"], one["missed"])
        for one in plan["months"]
    }
    assert {month: told[month] for month in sorted(told)[:7]} == {
        "2026-01-01": (3000, 3000, False),
        "2026-02-01": (3000, 3000, False),
        "2026-03-01": (0, 0, False),
        "2026-04-01": (5000, 3000, False),
        "2026-05-01": (5000, 0, True),
        "2026-06-01": (5000, 0, True),
        "2026-07-01": (0, 0, False),
    }


async def test_a_charge_after_the_end_is_booked_and_flagged(
    client: AsyncClient, here: Partner, clerk: dict[str, str]
) -> None:
    for event in life(here):
        await outcome(client, here, event)
    late, paused = charge(here, "2026-07-10"), charge(here, "2026-03-10")
    in_time = charge(here, "2026-04-10")
    for event in (late, paused, in_time):
        assert await outcome(client, here, event) == "posted"

    flagged = (await client.get(f"{PLANS}/unexpected-charges", headers=clerk)).json()["items"]
    plan = await plan_of(client, clerk)

    expected = [paused["data"]["donation_id"], late["data"]["donation_id"]]
    assert sorted(one["their_id"] for one in flagged) == sorted(expected)
    assert {one["month"]: one["unexpected_count"] for one in plan["months"] if one["unexpected_count"]} == {
        "2026-03-01": 1,
        "2026-07-01": 1,
    }


async def test_steps_in_any_order_end_alike(client: AsyncClient, session: WriteSession) -> None:
    # All orders of the steps behind the first: what comes before the activation waits for it.
    for order in itertools.islice(itertools.permutations(range(5)), 0, 120, 17):
        at = await partner(session)
        steps = life(at)
        for place in order:
            await outcome(client, at, steps[place])
        await replays.sweep(Shared(session))
        query = select(GivingPlan).where(GivingPlan.platform_id == at.platform.id)
        plan = (await session.scalars(query)).one()
        steps_kept = select(func.count()).where(GivingPlanChange.plan_id == plan.id)
        assert (plan.state, plan.amount, plan.charge_day) == ("cancelled", 5000, 10), order
        assert await session.scalar(steps_kept) == 5


async def test_a_step_told_again_is_a_duplicate_and_one_for_another_campaign_a_conflict(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    first = step(here, "activated", "2026-01-05", amount=3000, day=31)
    assert await outcome(client, here, first) == "posted"
    assert await outcome(client, here, first) == "duplicate"
    assert await outcome(client, here, step(here, "paused", "2026-01-06", plan_id="P-unheard")) == "pending"
    other = await partner(session)
    wrong = await here.post(client, step(here, "paused", "2026-02-05", campaign=other.campaign.code))
    bare = await here.post(client, step(here, "activated", "2026-02-05", plan_id="P-0002"))

    assert (wrong.status_code, wrong.json()["code"]) == (409, "plan-differs")
    assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (400, "/data/amount")


async def test_staff_record_what_the_giver_says(
    client: AsyncClient, here: Partner, clerk: dict[str, str]
) -> None:
    async def post(path: str, body: dict[str, Any]) -> Response:
        headers = clerk | {"Idempotency-Key": new_code()}
        return await client.post(f"{PLANS}{path}", json=body, headers=headers)

    new = {
        "campaign": here.campaign.code,
        "platform": here.platform.slug,
        "their_id": PLAN,
        "amount": {"amount": 3000, "currency": "CNY"},
        "charge_day": 5,
        "activated_at": "2026-01-05T10:00:00+08:00",
    }
    made = await post("", new)
    again = await post("", new)
    path = f"/{made.json()['id']}/changes"
    resumed = await post(path, {"kind": "resumed"})
    paused = await post(path, {"kind": "paused"})
    twice = await post(path, {"kind": "paused"})
    nothing = await post(path, {"kind": "changed"})
    ended = await post(path, {"kind": "cancelled"})
    after = await post(path, {"kind": "resumed"})

    assert made.status_code == 201, made.text
    assert (again.status_code, again.json()["code"]) == (409, "plan-known")
    assert (resumed.status_code, resumed.json()["code"]) == (409, "plan-not-paused")
    assert (paused.status_code, paused.json()["state"]) == (200, "paused")
    assert (twice.status_code, twice.json()["code"]) == (409, "plan-not-active")
    assert nothing.status_code == 422
    assert ended.json()["state"] == "cancelled"
    assert (after.status_code, after.json()["code"]) == (409, "plan-cancelled")
    assert [one["kind"] for one in ended.json()["history"]] == ["activated", "paused", "cancelled"]


async def test_a_plan_told_many_times_at_once_is_one_plan(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    told = [step(here, "activated", "2026-01-05", amount=3000, day=10)] * 6
    told += [step(here, "cancelled", "2026-02-05")] * 6

    await asyncio.gather(*(here.post(committed_client, event) for event in told))
    await replays.sweep(committed)

    async with committed.reading() as session:
        plan = (await session.scalars(select(GivingPlan))).one()
        kept = (
            await session.scalars(select(GivingPlanChange.kind).order_by(GivingPlanChange.occurred_at))
        ).all()
    assert plan.state == "cancelled"
    assert kept == ["activated", "cancelled"]
