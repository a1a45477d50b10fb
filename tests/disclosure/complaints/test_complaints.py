"""Complaints over HTTP: sent by anybody, followed by code, hidden from whom they are about."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text

from app.disclosure.complaints import clock, complaints, overdue, waiting
from app.disclosure.models import Complaint, ComplaintSubject
from app.disclosure.rules import workdays
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Organization, Staff
from tests.factories import fundraising as make
from tests.factories import organizations as members

BASE = "/v1/disclosure/complaints"
WORDS = "王小明经手的物资去向不明，联系人李大力可以作证"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A county below a city; at each somebody who looks into complaints."""

    app: FastAPI
    client: AsyncClient
    session: WriteSession
    city: Organization
    county: Organization
    officer: Staff
    headers: dict[str, str]
    upper: dict[str, str]

    async def complain(self, **over: Any) -> Response:
        said = {"organization": self.county.code, "subject_kind": "organization", "text": WORDS} | over
        return await self.client.post(BASE, json=said)

    async def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        return await self.client.get(f"{BASE}{path}", params=asked, headers=headers or self.headers)

    async def post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
        return await self.client.post(f"{BASE}{path}", json=body, headers=headers or self.headers)

    async def only(self) -> Complaint:
        query = select(Complaint).execution_options(populate_existing=True)
        return (await self.session.scalars(query)).one()

    async def somebody(self, role: Role, at: Organization, **over: object) -> tuple[Staff, dict[str, str]]:
        person = await members.staff(self.session, at, role, **over)
        return person, await members.headers(self.app, self.session, person)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    city = await members.organization(session)
    county = await members.organization(session, parent=city)
    officer = await members.staff(session, county, Role.disclosure_officer, name="张三丰")
    above = await members.staff(session, city, Role.reviewer, name="赵铁柱")
    return Desk(
        app=app,
        client=client,
        session=session,
        city=city,
        county=county,
        officer=officer,
        headers=await members.headers(app, session, officer),
        upper=await members.headers(app, session, above),
    )


async def test_anybody_complains_without_a_name_and_reads_the_answer_by_code(here: Desk) -> None:
    sent = await here.complain()
    code = sent.json()["lookup_code"]
    one = await here.only()
    due = workdays.after(today(), 15)

    assert sent.status_code == 201
    assert sent.json() | {"lookup_code": ""} == {
        "lookup_code": "",
        "state": "received",
        "received_on": today().isoformat(),
        "due_on": due.isoformat(),
        "mark": "C",
    }
    assert (one.anonymous, one.organization_id, one.handled_by) == (True, here.county.id, here.county.id)

    path = f"/{one.id}"
    given = await here.post(f"{path}/assignment", {"staff_id": str(here.officer.id)})
    answered = await here.post(f"{path}/answer", {"text": "签收单已补充公示。"})
    closed = await here.post(f"{path}/closing", {"outcome": "partly_upheld", "text": "公示迟延属实"})
    again = await here.post(f"{path}/answer", {"text": "再次答复"})
    spelled = "-".join(code.lower()[at : at + 5] for at in range(0, 20, 5))
    read = await here.client.get(f"{BASE}/{spelled}/progress")

    assert (given.json()["state"], answered.json()["state"]) == ("assigned", "answered")
    assert (closed.json()["state"], closed.json()["outcome"]) == ("closed", "partly_upheld")
    assert (again.status_code, again.json()["code"]) == (409, "complaint-closed")
    assert read.headers["cache-control"] == "no-store"
    assert read.json() | {"answered_at": "", "closed_at": ""} == {
        "state": "closed",
        "received_on": today().isoformat(),
        "due_on": due.isoformat(),
        "mark": "C",
        "answered_at": "",
        "answer": "签收单已补充公示。",
        "closed_at": "",
        "outcome": "partly_upheld",
    }
    detail = (await here.get(path)).json()
    assert (detail["text"], detail["contact"], detail["closing"]) == (WORDS, None, "公示迟延属实")
    assert [step["kind"] for step in detail["steps"]] == ["received", "assigned", "answered", "closed"]
    assert detail["allowed_actions"] == []


async def test_a_code_that_nobody_was_given_finds_nothing(here: Desk) -> None:
    answer = await here.client.get(f"{BASE}/00000000000000000000/progress")
    assert (answer.status_code, answer.json()["code"]) == (404, "complaint-not-found")


async def test_whether_it_was_justified_is_said_after_an_answer(here: Desk) -> None:
    await here.complain()
    path = f"/{(await here.only()).id}/closing"

    early = await here.post(path, {"outcome": "not_upheld", "text": "不属实"})
    referred = await here.post(path, {"outcome": "referred", "text": "已移送民政部门"})

    assert (early.status_code, early.json()["code"]) == (409, "complaint-not-answered")
    assert referred.json()["outcome"] == "referred"


async def test_words_and_contact_lie_sealed_and_no_event_tells_them(here: Desk) -> None:
    await here.complain(contact="13812345678")
    one = await here.only()
    await here.post(f"/{one.id}/assignment", {"staff_id": str(here.officer.id)})
    await here.post(f"/{one.id}/answer", {"text": "王小明的事已核查"})
    tables = ("complaints", "complaint_steps", "complaint_recusals", "outbox_events", "vault_values")
    kept = [
        str(row[0])
        for table in tables
        for row in await here.session.execute(text(f"select t::text from {table} t"))
    ]
    topics = await here.session.scalars(select(OutboxEvent.topic).order_by(OutboxEvent.id))

    assert kept
    for canary in ("王小明", "李大力", "13812345678", "去向不明"):
        assert not any(canary in row for row in kept)
    told = [topic for topic in topics if topic.startswith("complaint.")]
    assert told == ["complaint.received", "complaint.assigned", "complaint.answered"]
    assert (await here.get(f"/{one.id}")).json()["contact"] == "13812345678"


async def test_whoever_is_named_sees_nothing_of_it(here: Desk) -> None:
    accused, theirs = await here.somebody(Role.admin, here.county, name="王 小明")
    await here.complain()
    one = await here.only()
    path = f"/{one.id}"

    assert (await here.get("", theirs)).json()["items"] == []
    assert (await here.get(path, theirs)).status_code == 404
    for step, body in (("answer", {"text": "x"}), ("closing", {"outcome": "withdrawn", "text": "x"})):
        assert (await here.post(f"{path}/{step}", body, theirs)).status_code == 404
    tasks = await here.client.get("/v1/me/tasks", headers=theirs)
    assert [task for task in tasks.json()["items"] if task["kind"] == waiting.TASK] == []
    given = await here.post(f"{path}/assignment", {"staff_id": str(accused.id)})
    assert (given.status_code, given.json()["code"]) == (409, "assignee-unfit")
    # Everybody else goes on as if nothing were: how many are kept apart is told, not who.
    mine = await here.get("")
    assert [item["id"] for item in mine.json()["items"]] == [str(one.id)]
    assert (await here.get(path)).json()["recused_count"] == 1
    [event] = await here.session.scalars(select(OutboxEvent).where(OutboxEvent.topic == "complaint.received"))
    told = await waiting.NOTICES["complaint.received"].concerned(here.session, event)
    assert set(told) == {here.officer.id}


async def test_if_nobody_is_left_those_above_look_into_it(here: Desk) -> None:
    await here.complain(text="信息公开负责人张三丰隐瞒不报")
    one = await here.only()

    assert one.handled_by == here.city.id
    assert (await here.get("")).json()["items"] == []
    assert (await here.get(f"/{one.id}")).status_code == 404
    [seen] = (await here.get("", here.upper)).json()["items"]
    assert (seen["organization_id"], seen["handled_by"]) == (str(here.county.id), str(here.city.id))
    answered = await here.post(f"/{one.id}/answer", {"text": "已约谈"}, here.upper)
    assert answered.json()["state"] == "answered"


async def test_a_recusal_takes_it_out_of_a_hand_that_had_it(here: Desk) -> None:
    await here.complain()
    path = f"/{(await here.only()).id}"
    await here.post(f"{path}/assignment", {"staff_id": str(here.officer.id)})

    declared = await here.post(f"{path}/recusals", {"staff_id": str(here.officer.id)})
    unknown = await here.post(f"{path}/recusals", {"staff_id": str(here.county.id)}, here.upper)

    assert declared.status_code == 201
    assert (declared.json()["state"], declared.json()["assigned_to"]) == ("received", None)
    assert declared.json()["handled_by"] == str(here.city.id)
    assert (await here.get(path)).status_code == 404
    assert unknown.status_code == 404
    kinds = [step["kind"] for step in (await here.get(path, here.upper)).json()["steps"]]
    assert kinds == ["received", "assigned", "recused", "passed_up"]


async def test_it_waits_as_a_task_until_it_is_closed(here: Desk) -> None:
    _, theirs = await here.somebody(Role.reviewer, here.county)

    async def waits(headers: dict[str, str]) -> list[str]:
        answer = await here.client.get("/v1/me/tasks", headers=headers)
        return [task["title"] for task in answer.json()["items"] if task["kind"] == waiting.TASK]

    await here.complain()
    one = await here.only()
    title = f"投诉待办理，期限：{one.due_on}"
    assert (await waits(here.headers), await waits(theirs)) == ([title], [title])
    await here.post(f"/{one.id}/assignment", {"staff_id": str(here.officer.id)})
    assert (await waits(here.headers), await waits(theirs)) == ([title], [])
    await here.post(f"/{one.id}/closing", {"outcome": "withdrawn", "text": "投诉人撤回"})
    assert await waits(here.headers) == []


async def test_what_came_by_letter_is_late_when_its_promise_is_over(here: Desk) -> None:
    old = today() - timedelta(days=60)
    said = {"organization_id": str(here.county.id), "channel": "letter", "received_on": old.isoformat()}
    sent = await here.post("/records", said | {"subject_kind": "organization", "text": WORDS})
    await here.complain()
    one = await here.post("/records", said | {"subject_kind": "organization", "text": "x", "channel": "web"})

    assert sent.status_code == 201
    assert one.status_code == 422
    late = (await here.get("", late=True, include="summary")).json()
    on_time = (await here.get("", late=False)).json()
    assert [(item["channel"], item["late"]) for item in late["items"]] == [("letter", True)]
    assert late["summary"]["count"] == 1
    assert [(item["channel"], item["late"]) for item in on_time["items"]] == [("web", False)]


async def test_an_answer_after_the_promised_day_stays_late(here: Desk) -> None:
    old = today() - timedelta(days=60)
    said = {"organization_id": str(here.county.id), "channel": "letter", "received_on": old.isoformat()}
    said |= {"subject_kind": "organization", "text": WORDS}
    sent = [(await here.post("/records", said)).json() for _ in range(3)]
    after, in_time, closed = (await here.session.scalars(select(Complaint).order_by(Complaint.id))).all()

    answered = await here.post(f"/{after.id}/answer", {"text": "已查明"})
    await here.post(f"/{in_time.id}/answer", {"text": "已查明"})
    in_time.answered_at = datetime.combine(old, time(12), LEGAL_ZONE)
    await here.session.flush()
    # Whoever answers in time and says more later kept the promise.
    again = await here.post(f"/{in_time.id}/answer", {"text": "补充答复"})
    await here.post(f"/{closed.id}/closing", {"outcome": "referred", "text": "已转主管部门"})
    late = (await here.get("", late=True)).json()["items"]
    kept = (await here.get("", late=False)).json()["items"]

    assert len(sent) == 3
    assert (answered.json()["late"], again.json()["late"]) == (True, False)
    assert {one["id"] for one in late} == {str(after.id), str(closed.id)}
    assert [one["id"] for one in kept] == [str(in_time.id)]


async def test_whoever_may_answer_is_told_once_that_a_promise_ran_over(here: Desk) -> None:
    waits, answered = [await here.complain() for _ in range(2)]
    assert (waits.status_code, answered.status_code) == (201, 201)
    first, second = (await here.session.scalars(select(Complaint).order_by(Complaint.id))).all()
    await here.post(f"/{second.id}/answer", {"text": "已查明"})
    assert first.due_on

    on_time = await overdue.send(here.session, first.due_on)
    after = [await overdue.send(here.session, first.due_on + timedelta(days=ahead)) for ahead in (1, 2)]

    assert (on_time, after) == ((0, 0), [(1, 1), (0, 0)])
    [event] = await here.session.scalars(select(OutboxEvent).where(OutboxEvent.topic == "complaint.overdue"))
    assert event.payload["complaint_id"] == str(first.id)
    assert here.officer.id in await waiting.NOTICES[event.topic].concerned(here.session, event)
    kinds = [step["kind"] for step in (await here.get(f"/{first.id}")).json()["steps"]]
    assert kinds == ["received", "overdue"]


async def test_of_two_rounds_at_once_one_tells_of_it(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        said = complaints.NewComplaint(
            organization_id=member.id, subject_kind=ComplaintSubject.organization, text=WORDS
        )
        one, _ = await complaints.receive(session, said, actor="public")
        assert one.due_on
        day = one.due_on + timedelta(days=1)

    counts = await asyncio.gather(*(overdue.make_due(committed, day) for _ in range(4)))

    assert sum(counts) == 1
    async with committed.reading() as session:
        topics = await session.scalars(select(OutboxEvent.topic).where(OutboxEvent.topic.like("%.overdue")))
        assert topics.all() == ["complaint.overdue"]


async def test_a_complaint_names_what_this_organization_has(here: Desk) -> None:
    campaign = await make.campaign(here.session, here.county.id, code="COUNTY-2026")
    await make.campaign(here.session, here.city.id, code="CITY-2026")

    known = await here.complain(subject_kind="campaign", subject_code=campaign.code)
    others = await here.complain(subject_kind="campaign", subject_code="CITY-2026")
    nothing = await here.complain(subject_kind="project", subject_code="NONE")
    nameless = await here.complain(subject_kind="campaign")

    assert known.status_code == 201
    assert [one.json()["code"] for one in (others, nothing)] == ["complaint-subject-unknown"] * 2
    assert nameless.status_code == 422


async def test_the_door_slows_down_whoever_floods_it(here: Desk) -> None:
    answers = [await here.complain(organization="NOBODY") for _ in range(11)]
    assert [one.status_code for one in answers] == [404] * 10 + [429]
    assert answers[-1].json()["code"] == "too-many"


async def test_no_promise_is_kept_where_none_was_made(here: Desk) -> None:
    here.session.info[clock.CLOCK] = clock.Promise(None)
    try:
        sent = await here.complain()
    finally:
        del here.session.info[clock.CLOCK]
    assert sent.json()["due_on"] is None
    assert clock.Promise(5).due(date(2026, 9, 30)) == date(2026, 10, 13)


async def test_what_is_forgotten_leaves_that_it_was(here: Desk) -> None:
    code = (await here.complain(contact="13812345678")).json()["lookup_code"]
    one = await here.only()
    await here.post(f"/{one.id}/answer", {"text": "已核查"})
    await complaints.forget(here.session, one, actor="system")

    detail = (await here.get(f"/{one.id}")).json()
    read = (await here.client.get(f"{BASE}/{code}/progress")).json()
    late = await here.post(f"/{one.id}/answer", {"text": "再答复"})

    assert (detail["text"], detail["contact"], detail["answer"]) == (None, None, None)
    assert (read["state"], read["answer"]) == ("answered", None)
    assert (late.status_code, late.json()["code"]) == (409, "complaint-forgotten")


async def test_reading_one_is_written_down(here: Desk) -> None:
    await here.complain()
    one = await here.only()
    await here.get(f"/{one.id}")
    await grants.give(here.session, here.officer, here.county, role=Role.admin, given_by="test")
    asked = {"organization_id": str(here.county.id), "kind": "complaint"}
    seen = await here.client.get(
        f"/v1/organizations/{here.county.id}/accesses", params={"kind": asked["kind"]}, headers=here.headers
    )
    assert [item["subject"] for item in seen.json()["items"]] == [str(one.id)]
