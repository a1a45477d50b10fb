"""Deputies: who decides for the absent, on which days, and where even they may not."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent
from app.organizations import people
from app.organizations.access import Role
from app.organizations.models import Deputyship
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, Office, office


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    opened = await office(app, client, session)
    await opened.hire("officer", Role.project_officer)
    return opened


async def name(desk: Office, deputy: str, *, by: str = "reviewer", **over: Any) -> Response:
    body = {
        "deputy_id": str(desk.people[deputy].id),
        "valid_from": today().isoformat(),
        "valid_to": (today() + timedelta(days=7)).isoformat(),
        "reason": "年休假",
    } | over
    return await desk.send(by, "POST", f"/organizations/{desk.organization.id}/deputies", body)


async def test_a_deputy_decides_in_the_absents_right(desk: Office) -> None:
    asked = await desk.ask()
    before = await desk.approve("officer", asked)

    named = await name(desk, "officer")
    seen = (await desk.get("officer", f"/approvals/{asked.id}")).json()
    waiting = (await desk.get("officer", "/approvals", waiting_for_me=True)).json()
    answer = await desk.approve("officer", asked)

    assert before.json()["code"] == "not-your-step"
    assert named.status_code == 201, named.text
    assert named.json()["made_by"] == desk.label("reviewer")
    assert seen["allowed_actions"] == ["approve", "reject"]
    assert [one["id"] for one in waiting["items"]] == [str(asked.id)]
    assert answer.status_code == 200
    [step] = answer.json()["steps"]
    assert (step["decided_by"], step["held_by"]) == (desk.label("officer"), desk.label("reviewer"))


@pytest.mark.parametrize("days", [(-9, -1), (1, 9)])
async def test_only_on_its_days(desk: Office, session: WriteSession, days: tuple[int, int]) -> None:
    asked = await desk.ask()
    first, last = (today() + timedelta(days=one) for one in days)
    session.add(
        Deputyship(
            organization_id=desk.organization.id,
            principal_id=desk.people["reviewer"].id,
            deputy_id=desk.people["officer"].id,
            valid_from=first,
            valid_to=last,
            reason="年休假",
            made_by="test",
        )
    )
    await session.flush()

    answer = await desk.approve("officer", asked)

    assert answer.json()["code"] == "not-your-step"
    assert (await desk.get("officer", "/approvals", waiting_for_me=True)).json()["items"] == []


async def test_the_end_of_a_deputyship_is_at_once_and_on_record(desk: Office, session: WriteSession) -> None:
    made = (await name(desk, "officer")).json()
    path = f"/organizations/{desk.organization.id}/deputies"
    asked = await desk.ask()

    by_a_third = await desk.send("cashier", "DELETE", f"{path}/{made['id']}")
    ended = await desk.send("reviewer", "DELETE", f"{path}/{made['id']}")
    again = await desk.send("admin", "DELETE", f"{path}/{made['id']}")

    assert by_a_third.status_code == 403
    assert ended.json()["revoked_by"] == again.json()["revoked_by"] == desk.label("reviewer")
    assert (await desk.approve("officer", asked)).json()["code"] == "not-your-step"
    listed = (await desk.get("cashier", path, revoked=True)).json()["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert (await desk.get("cashier", path, revoked=False)).json()["items"] == []
    assert (await desk.get("cashier", path, deputy_id=made["deputy_id"])).json()["items"] == listed
    assert (await desk.get("cashier", path, principal_id=made["deputy_id"])).json()["items"] == []
    told = await session.scalars(
        select(OutboxEvent.topic)
        .where(OutboxEvent.subject == f"deputyship:{made['id']}")
        .order_by(OutboxEvent.id)
    )
    assert list(told) == ["deputy.named", "deputy.revoked"]


async def test_the_askers_deputy_does_not_decide_for_the_asker(desk: Office) -> None:
    asked = await desk.ask(by="reviewer")
    await name(desk, "officer")

    answer = await desk.approve("officer", asked)

    assert (answer.status_code, answer.json()["code"]) == (403, "asked-yourself")
    assert (await desk.get("officer", f"/approvals/{asked.id}")).json()["allowed_actions"] == []


async def test_one_persons_right_counts_once(desk: Office, session: WriteSession) -> None:
    """The deputy of two people, and a person beside their own deputy, decide one step and no second."""
    for absent in ("admin", "reviewer"):
        await name(desk, "officer", by=absent)
    asked = await desk.ask(LARGE)
    assert (await desk.approve("officer", asked)).status_code == 200
    second = await desk.approve("officer", asked)
    assert (second.status_code, second.json()["code"]) == (403, "decided-before")
    assert (await desk.get("officer", "/approvals", waiting_for_me=True)).json()["items"] == []

    await make.grants.give(
        session, desk.people["reviewer"], desk.organization, role=Role.admin, given_by="test"
    )
    both = await desk.ask(LARGE)
    await desk.approve("officer", both)
    own = await desk.approve("reviewer", both)
    assert (own.status_code, own.json()["code"]) == (403, "decided-before")


async def test_nobody_comes_to_a_second_duty_as_a_deputy(desk: Office, session: WriteSession) -> None:
    refused = await name(desk, "cashier")
    with_reason = await name(desk, "cashier", exception_reason="本会仅三名职员，经理事会同意")
    assert (refused.status_code, refused.json()["code"]) == (409, "duties-not-separate")
    assert with_reason.status_code == 201
    assert (await desk.approve("cashier", await desk.ask())).status_code == 200

    # Who is given the second duty later is no deputy for the first any more.
    await name(desk, "officer")
    await make.grants.give(
        session, desk.people["officer"], desk.organization, role=Role.cashier, given_by="test"
    )
    late = await desk.approve("officer", await desk.ask())
    assert late.json()["code"] == "not-your-step"


async def test_who_may_be_named_by_whom(desk: Office, session: WriteSession) -> None:
    await desk.hire("viewer", Role.viewer)
    await desk.hire("stranger", Role.reviewer, await make.organization(session))
    reviewer_id = str(desk.people["reviewer"].id)
    past = {"valid_from": "2026-01-01", "valid_to": "2026-01-02"}

    for unfit in ("viewer", "stranger", "reviewer"):
        assert (await name(desk, unfit)).json()["code"] == "deputy-unfit", unfit
    assert (await name(desk, "officer", **past)).json()["code"] == "term-out-of-bounds"
    for_another = await name(desk, "officer", by="cashier", principal_id=reviewer_id)
    by_admin = await name(desk, "officer", by="admin", principal_id=reviewer_id)
    from_outside = await name(desk, "officer", by="stranger")

    assert (for_another.status_code, for_another.json()["permission"]) == (403, "grants_change")
    assert (by_admin.status_code, by_admin.json()["principal_id"]) == (201, reviewer_id)
    assert from_outside.status_code == 404


async def test_who_has_left_leaves_no_right_behind(desk: Office, session: WriteSession) -> None:
    await name(desk, "officer")
    await people.disable(session, desk.people["reviewer"], by="test")

    answer = await desk.approve("officer", await desk.ask())

    assert answer.json()["code"] == "not-your-step"
