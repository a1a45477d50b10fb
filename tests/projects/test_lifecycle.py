"""The life of a project: each step has who, when and why, and nobody decides their own proposal."""

import asyncio
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations import grants
from app.organizations.access import Role
from app.projects.models import Project, ProjectState
from tests.factories import organizations as make
from tests.projects.office import Office, office


async def steps(desk: Office, project: dict[str, Any]) -> list[tuple[str | None, str]]:
    told = await desk.get(f"/{project['id']}/steps")
    return [(one["from_state"], one["to_state"]) for one in told.json()["items"]]


async def test_a_project_goes_from_a_draft_to_its_last_day(desk: Office, session: WriteSession) -> None:
    project = await desk.running("2026-03-10")
    path = f"/{project['id']}"
    assert (project["state"], project["executed_from"], project["executed_to"]) == (
        "running",
        "2026-03-10",
        None,
    )
    ended = await desk.made(f"{path}/end", {"on": "2026-09-30", "reason": "竣工"})
    assert (ended["state"], ended["executed_to"]) == ("closing", "2026-09-30")
    again = await desk.made(f"{path}/reopening", {"reason": "护栏返工"})
    assert (again["state"], again["executed_from"], again["executed_to"]) == ("running", "2026-03-10", None)

    assert await steps(desk, project) == [
        (None, "draft"),
        ("draft", "proposed"),
        ("proposed", "approved"),
        ("approved", "running"),
        ("running", "closing"),
        ("closing", "running"),
    ]
    told = (await desk.get(f"{path}/steps")).json()["items"]
    assert told[2]["actor"].startswith("approval:")
    assert (told[4]["reason"], told[4]["valid_from"]) == ("竣工", "2026-09-30")
    topics = select(OutboxEvent.topic).where(OutboxEvent.subject == f"project:{project['id']}")
    assert list(await session.scalars(topics.order_by(OutboxEvent.id))) == [
        *("project.proposed", "project.approved", "project.running", "project.closing", "project.running")
    ]


async def test_a_rejected_or_withdrawn_proposal_is_a_draft_again(desk: Office) -> None:
    project = await desk.project()
    path = f"/{project['id']}"
    assert (await desk.made(f"{path}/proposal", {}))["state"] == "proposed"
    assert (await desk.post(f"{path}/proposal", {})).json()["code"] == "project-not-in-state"
    assert (await desk.decide("reject")).status_code in {200, 201}
    assert (await desk.get(path)).json()["state"] == "draft"

    await desk.made(f"{path}/proposal", {"reason": "已另行选址"})
    assert (await desk.made(f"{path}/withdrawal"))["state"] == "draft"
    assert (await desk.post(f"{path}/withdrawal")).json()["code"] == "project-not-in-state"
    assert [to for _, to in await steps(desk, project)] == ["draft", "proposed", "draft", "proposed", "draft"]


async def test_nobody_approves_what_they_proposed(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    both = await make.staff(session, desk.organization, Role.project_officer)
    await grants.give(session, both, desk.organization, role=Role.reviewer, given_by="test")
    headers = await make.headers(app, session, both)
    project = await desk.project()
    await desk.made(f"/{project['id']}/proposal", {}, by=headers)

    refused = await desk.decide(by=headers)

    assert (refused.status_code, refused.json()["code"]) == (403, "asked-yourself")
    assert (await desk.get(f"/{project['id']}")).json()["state"] == "proposed"


async def test_what_was_approved_stays_and_only_the_owner_changes(desk: Office) -> None:
    project = await desk.approved()
    path = f"/{project['id']}"
    tag = (await desk.get(path)).headers["etag"]

    refused = await desk.patch(path, {"title": "别的项目"}, tag)
    branded = await desk.patch(path, {"brand": "慈安桥"}, tag)

    assert (refused.status_code, refused.json()["code"]) == (409, "project-not-in-state")
    assert branded.json()["brand"] == "慈安桥"
    assert (await desk.patch(path, {"brand": None}, tag)).status_code == 412


async def test_a_stopped_project_stays_stopped(desk: Office) -> None:
    project = await desk.running()
    path = f"/{project['id']}"
    assert (await desk.post(f"{path}/stop", {})).status_code == 422
    stopped = await desk.made(f"{path}/stop", {"reason": "地质灾害隐患", "on": "2026-05-01"})

    assert (stopped["state"], stopped["executed_to"]) == ("stopped", "2026-05-01")
    assert stopped["allowed_actions"] == []
    for step in ("start", "end", "reopening", "stop"):
        assert (await desk.post(f"{path}/{step}", {"reason": "x"})).status_code == 409
    joined = await desk.post(f"{path}/partners", {"name": "某公司", "task": "x"})
    assert joined.json()["code"] == "project-not-in-state"
    never_begun = await desk.approved()
    plain = await desk.made(f"/{never_begun['id']}/stop", {"reason": "取消"})
    assert (plain["executed_from"], plain["executed_to"]) == (None, None)


@pytest.mark.parametrize("step", ["start", "end", "reopening"])
async def test_a_draft_neither_starts_nor_ends(desk: Office, step: str) -> None:
    project = await desk.project()
    refused = await desk.post(f"/{project['id']}/{step}", {"reason": "x"})
    assert refused.json()["code"] == "project-not-in-state"


async def test_days_lie_in_order_and_not_ahead(desk: Office) -> None:
    project = await desk.running("2026-03-10")
    path = f"/{project['id']}"
    early = await desk.post(f"{path}/end", {"on": "2026-03-09"})
    ahead = await desk.post(f"{path}/end", {"on": "2999-01-01"})

    assert early.json()["code"] == "project-dates-reversed"
    assert ahead.json()["code"] == "day-ahead"
    assert (await desk.made(f"{path}/end", {}))["executed_to"] == today().isoformat()


async def test_the_database_keeps_state_days_and_history(session: WriteSession, desk: Office) -> None:
    project = await desk.running()
    row = await session.get_one(Project, project["id"])
    for state in (ProjectState.closed, ProjectState.approved):
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                row.state = state
        await session.refresh(row)
    for statement in (
        "update project_steps set reason = 'x'",
        "delete from project_steps",
        "delete from projects",
        "update projects set code = 'x'",
    ):
        with pytest.raises(DBAPIError) as refused:
            async with session.begin_nested():
                await session.execute(text(statement))
        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege), statement


async def test_of_two_who_end_and_stop_a_project_at_once_one_does(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
    project = await desk.running()
    path = f"/{project['id']}"

    answers = await asyncio.gather(
        *(desk.post(f"{path}/end", {}) for _ in range(3)),
        *(desk.post(f"{path}/stop", {"reason": "停"}) for _ in range(3)),
    )

    done = [one for one in answers if one.status_code == 200]
    # Whoever ends it first leaves nothing to stop: from `closing` it is closed or goes on.
    assert len(done) == 1
    assert {one.status_code for one in answers} == {200, 409}
    assert len(await steps(desk, project)) == 5
