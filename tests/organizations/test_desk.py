"""Tasks and notifications: what waits for a person, and what they were told, once."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, update

from app.kit import outbox
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.kit.models import OutboxReader
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.desk import mailing, notifications, tasks
from app.organizations.models import Approval, Notification, Organization, Verdict
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, SMALL, Ends, Office, caller, office


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)


async def waiting(desk: Office, name: str, **asked: Any) -> list[str]:
    answer = await desk.get(name, "/me/tasks", **asked)
    assert answer.status_code == 200, answer.text
    return [one["subject_id"] for one in answer.json()["items"]]


async def test_what_waits_for_me_is_what_i_may_decide(desk: Office) -> None:
    small, large, own = await desk.ask(SMALL), await desk.ask(LARGE), await desk.ask(by="reviewer")

    assert await waiting(desk, "reviewer") == [str(small.id), str(large.id)]
    assert await waiting(desk, "other_reviewer") == [str(one.id) for one in (small, large, own)]
    assert await waiting(desk, "accountant") == await waiting(desk, "admin") == []
    await desk.approve("reviewer", large)
    assert await waiting(desk, "admin") == [str(large.id)]
    [task] = (await desk.get("admin", "/me/tasks")).json()["items"]
    assert (task["kind"], task["title"], task["amount"]["amount"]) == ("approval", "办公用品", LARGE)


async def test_other_features_add_theirs_to_one_list_in_pages(desk: Office, session: WriteSession) -> None:
    async def places(session: WriteSession, caller: object) -> tasks.Query:
        return tasks.row(
            organization_id=Organization.id,
            subject_id=Organization.id,
            title=Organization.name,
            since_at=Organization.created_at,
        ).where(Organization.id == desk.organization.id)

    async def nothing(session: WriteSession, caller: object) -> None:
        return None

    session.info[tasks.SOURCES] = {"place": places, "void": nothing}
    asked = [await desk.ask() for _ in range(4)]

    first = (await desk.get("reviewer", "/me/tasks", limit=2)).json()
    second = (await desk.get("reviewer", "/me/tasks", limit=2, cursor=first["next_cursor"])).json()
    third = (await desk.get("reviewer", "/me/tasks", limit=2, cursor=second["next_cursor"])).json()

    found = first["items"] + second["items"] + third["items"]
    assert [one["kind"] for one in found] == ["place"] + ["approval"] * 4
    assert {one["subject_id"] for one in found[1:]} == {str(one.id) for one in asked}
    assert third["next_cursor"] is None
    assert (await desk.get("reviewer", "/me/tasks", cursor="WyJ4Il0")).status_code == 422


@dataclass
class Told:
    """A member in a database that commits: events are read when their transaction is over."""

    database: Database
    organization: Organization
    people: dict[str, Any]

    async def asks(self, by: str, amount: int = SMALL) -> Approval:
        async with self.database.writing() as session:
            Ends().hand_to(session)
            matter = approvals.Matter(
                kind="purchase",
                organization_id=self.organization.id,
                subject_id=new_id(),
                title="办公用品",
                amount_minor=amount,
            )
            return await approvals.ask(session, matter, asked_by=f"staff:{self.people[by].id}")

    async def decides(self, by: str, approval: Approval, verdict: Verdict) -> None:
        async with self.database.writing() as session:
            Ends().hand_to(session)
            who = await caller(session, self.people[by])
            await approvals.decide(session, approval.id, who, verdict, reason="一致")

    async def topics(self, name: str) -> list[str]:
        async with self.database.reading() as session:
            query = notifications.of(self.people[name].id).order_by(Notification.occurred_at)
            return [one.topic for one in await session.scalars(query)]


@pytest.fixture
async def told(committed: Database) -> Told:
    async with committed.writing() as session:
        organization = await make.organization(session)
        people = {
            name: await make.staff(session, organization, role)
            for name, role in (
                ("accountant", Role.accountant),
                ("reviewer", Role.reviewer),
                ("other", Role.reviewer),
                ("admin", Role.admin),
            )
        }
    return Told(committed, organization, people)


async def test_those_concerned_are_told_each_once(told: Told) -> None:
    asked = await told.asks("reviewer", LARGE)
    await told.decides("other", asked, Verdict.approve)
    await told.decides("admin", asked, Verdict.reject)

    assert await mailing.tell_people(told.database) == 3
    assert await mailing.tell_people(told.database) == 0

    assert await told.topics("other") == ["approval.asked"]
    assert await told.topics("admin") == ["approval.advanced"]
    assert await told.topics("reviewer") == ["approval.rejected"]
    assert await told.topics("accountant") == []


async def test_going_through_the_events_again_tells_nobody_twice(told: Told) -> None:
    await told.asks("accountant")
    assert await mailing.tell_people(told.database) == 2
    async with told.database.writing() as session:
        await session.execute(update(OutboxReader).values(cursor=None))

    assert await mailing.tell_people(told.database) == 0
    await told.asks("accountant")
    assert await mailing.tell_people(told.database) == 2
    async with told.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == 4


async def test_a_reader_passes_over_what_others_are_told(told: Told) -> None:
    for number in range(3):
        async with told.database.writing() as session:
            await outbox.tell(session, "weather", organization_id=None, subject=f"{number}", payload={})
    async with told.database.writing() as session:
        assert await outbox.take(session, "some", 2, topics=["gift"]) == []
        # It has looked at all of them, and does not look at them again.
        assert await outbox.take(session, "some", 9) == []
        assert [one.subject for one in await outbox.take(session, "another", 2)] == ["0", "1"]
        assert [one.subject for one in await outbox.take(session, "another", 2)] == ["2"]


async def test_what_was_read_is_marked_by_its_reader_alone(
    told: Told, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    for _ in range(3):
        await told.asks("accountant")
    await mailing.tell_people(told.database)
    async with told.database.writing() as session:
        mine = await make.headers(committed_app, session, told.people["reviewer"])
        theirs = await make.headers(committed_app, session, told.people["other"])

    async def unread(headers: dict[str, str]) -> list[dict[str, Any]]:
        answer = await committed_client.get("/v1/me/notifications?unread=true", headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def mark(headers: dict[str, str], up_to: str) -> int:
        path = "/v1/me/notifications/reading"
        return (await committed_client.post(path, json={"up_to": up_to}, headers=headers)).status_code

    [last, middle, first] = await unread(mine | {"Accept-Language": "zh"})
    assert (last["title"], last["topic"]) == ("有一项申请待您审批", "approval.asked")
    assert await mark(theirs, middle["id"]) == 404
    assert await mark(mine, middle["id"]) == await mark(mine, first["id"]) == 204
    [left] = await unread(mine)
    assert (left["id"], left["title"]) == (last["id"], "A request waits for your decision")
    assert len(await unread(theirs)) == 3
    read = await committed_client.get("/v1/me/notifications?unread=false", headers=mine)
    assert all(one["read_at"] <= now().isoformat() for one in read.json()["items"])
