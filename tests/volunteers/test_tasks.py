"""What of volunteering waits for a coordinator, and for nobody else."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.access import Role
from app.volunteers.models import CheckIn, CheckMethod, SignUp
from tests.factories import organizations as make
from tests.volunteers.calls import activity, served, sign_up
from tests.volunteers.office import Office
from tests.volunteers.test_records import report


async def waiting(desk: Office, headers: dict[str, str] | None = None) -> list[tuple[str, str]]:
    answer = await desk.client.get("/v1/me/tasks", headers=headers or desk.headers)
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["title"]) for one in answer.json()["items"]]


@pytest.fixture
async def others(app: FastAPI, session: WriteSession, desk: Office) -> list[dict[str, str]]:
    """An accountant and a project officer of the same member, and a coordinator of another one."""
    other = await make.organization(session)
    return [
        await make.sign_in(app, session, Role.accountant, desk.organization),
        await make.sign_in(app, session, Role.project_officer, desk.organization),
        await make.sign_in(app, session, Role.volunteer_coordinator, other),
    ]


async def test_who_asks_to_come_or_to_join_waits_for_an_answer(
    desk: Office, others: list[dict[str, str]]
) -> None:
    who = await desk.volunteer()
    call = await activity(desk, {"role": "x", "capacity": 1}, needs_approval=True)
    assert (await sign_up(desk, call, who)).json()["state"] == "asked"
    own, team = await desk.sign_in(who["phone"]), await desk.team()
    asked = (await own.post("/me/memberships", {"team_id": team["id"]})).json()

    assert await waiting(desk) == [
        ("sign_up", "报名待审核：社区老人陪护"),
        ("membership", "入队申请待审核：爱心服务队"),
    ]
    assert [await waiting(desk, headers) for headers in others] == [[], [], []]
    await desk.post(f"/members/{asked['id']}/answer", {"accepted": True})
    assert [kind for kind, _ in await waiting(desk)] == ["sign_up"]


async def test_records_and_objections_wait_to_be_confirmed_and_answered(
    desk: Office, others: list[dict[str, str]]
) -> None:
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    reported = (await desk.post("/records", report(desk, who))).json()
    confirmed = await served(desk, who, 60)
    body = {"wanted_minutes": 75, "words": "我晚走了一刻钟"}
    assert (await own.post(f"/me/records/{confirmed['id']}/objections", body)).status_code == 201

    assert await waiting(desk) == [
        ("time_record", "服务记录待确认：社区老人陪护"),
        ("record_objection", "服务记录异议待答复：社区老人陪护"),
    ]
    assert [await waiting(desk, headers) for headers in others] == [[], [], []]
    await desk.post("/records/confirmations", {"record_ids": [reported["id"]]})
    assert [kind for kind, _ in await waiting(desk)] == ["record_objection"]


async def test_a_forgotten_check_out_waits_once_it_was_flagged(
    desk: Office, session: WriteSession, others: list[dict[str, str]]
) -> None:
    who = await desk.volunteer()
    call = await activity(desk)
    signed = (await sign_up(desk, call, who)).json()
    came = CheckIn(
        sign_up_id=(await session.scalars(select(SignUp.id).where(SignUp.id == signed["id"]))).one(),
        checked_in_at=now() - timedelta(days=1),
        in_method=CheckMethod.staff,
        in_by="test",
    )
    session.add(came)
    await session.flush()
    before = await waiting(desk)
    came.flagged_at = now()
    await session.flush()

    assert before == []
    assert await waiting(desk) == [("check_out_forgotten", "未签退待处理：社区老人陪护")]
    assert [await waiting(desk, headers) for headers in others] == [[], [], []]
