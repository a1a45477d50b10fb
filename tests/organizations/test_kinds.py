"""A feature brings a kind of request with its own steps in a line or two, and asks if it was granted."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.approvals import Kind, Tier
from app.organizations.models import Approval
from tests.organizations.approving import Ends, Office, office

STEPS = (Tier(5_000_00, (Role.cashier,)), Tier(None, (Role.reviewer, Role.cashier)))


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    opened = await office(app, client, session)
    session.info[approvals.KINDS] = Ends().kinds() | {"refund": Kind("Refund", "退款", ended, steps=STEPS)}
    return opened


async def ended(session: WriteSession, approval: Approval) -> None:
    """What a feature would carry out."""


async def test_its_own_steps_count_until_a_member_sets_others(desk: Office) -> None:
    small = await desk.ask(5_000_00, kind="refund")
    large = await desk.ask(5_000_01, kind="refund")
    assert (small.step_count, large.step_count) == (1, 2)
    assert (await desk.approve("reviewer", small)).status_code == 403
    assert (await desk.approve("cashier", small)).json()["state"] == "approved"

    path = f"/organizations/{desk.organization.id}/approval-policies/refund"
    told = await desk.get("admin", path)
    assert [one["roles"] for one in told.json()["tiers"]] == [["cashier"], ["reviewer", "cashier"]]
    body = {"tiers": [{"up_to": None, "roles": ["admin"]}]}
    assert (
        await desk.send("admin", "PUT", path, body, **{"If-Match": told.headers["etag"]})
    ).status_code == 200
    assert (await desk.ask(1, kind="refund")).step_count == 1
    other = await desk.get("admin", f"/organizations/{desk.organization.id}/approval-policies/purchase")
    assert [one["roles"] for one in other.json()["tiers"]] == [["reviewer"], ["reviewer", "admin"]]


async def test_granted_is_what_was_approved_last_and_for_this_amount(
    desk: Office, session: WriteSession
) -> None:
    asked = await desk.ask(100, kind="refund")
    subject = {"kind": "refund", "subject_id": asked.subject_id}
    before = await approvals.granted(session, **subject, amount_minor=100)
    await desk.approve("cashier", asked)

    assert before is False
    assert await approvals.granted(session, **subject, amount_minor=100)
    assert not await approvals.granted(session, **subject, amount_minor=101)
    again = await desk.ask(100, kind="refund", subject_id=asked.subject_id)
    assert not await approvals.granted(session, **subject, amount_minor=100)
    await desk.reject("cashier", again)
    assert not await approvals.granted(session, **subject, amount_minor=100)
