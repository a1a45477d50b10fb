"""Requests: a volunteer asks for a certificate, staff see it as a task, issue it in time or say why not."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.volunteers import records
from app.volunteers.models import Category, RecordSource, RequestedCertificate, TimeRecord
from app.volunteers.recognition import requests
from app.volunteers.recognition.contents import Issuer
from app.volunteers.recognition.errors import RequestAnswered, RequestOpen
from tests.factories import organizations as make
from tests.factories import volunteers as people
from tests.volunteers.calls import served
from tests.volunteers.office import Office
from tests.volunteers.test_certificates import ISSUER


async def ask(own: Office, **over: Any) -> Any:
    return await own.post("/me/certificate-requests", {"organization_id": str(own.organization.id)} | over)


async def waiting(desk: Office) -> list[dict[str, Any]]:
    answer = await desk.client.get("/v1/me/tasks", headers=desk.headers)
    return [one for one in answer.json()["items"] if one["kind"] == requests.TASK]


async def test_what_was_asked_for_is_a_task_until_it_is_issued(desk: Office) -> None:
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    nothing = await ask(own)
    await served(desk, who, 60)
    await served(desk, who, 30, served_on="2026-05-02")

    asked = await ask(own, served_on_from="2026-05-01")
    twice = await ask(own)
    [task] = await waiting(desk)
    [listed] = (await desk.get("/certificate-requests", state="open")).json()["items"]
    issued = await desk.post(f"/certificate-requests/{asked.json()['id']}/certificate", ISSUER)
    again = await desk.post(f"/certificate-requests/{asked.json()['id']}/certificate", ISSUER)
    [mine] = (await own.get("/me/certificate-requests")).json()["items"]

    assert (nothing.status_code, nothing.json()["code"]) == (422, "nothing-to-certify")
    assert asked.status_code == 201, asked.text
    assert asked.json()["due_on"] == (today() + timedelta(days=requests.DAYS)).isoformat()
    assert (twice.status_code, twice.json()["code"]) == (409, "request-open")
    assert task["subject_id"] == listed["id"] == asked.json()["id"]
    assert who["number"] in task["title"]
    assert who["name"] not in task["title"]
    # Of the time that was asked for alone.
    assert (issued.status_code, issued.json()["minutes"]) == (201, 30)
    assert (again.status_code, again.json()["code"]) == (409, "request-answered")
    assert (mine["state"], mine["certificate_id"]) == ("issued", issued.json()["id"])
    assert await waiting(desk) == []
    assert (await own.get(f"/me/certificates/{mine['certificate_id']}/paper")).status_code == 200


async def test_a_refusal_has_its_reason_and_one_may_ask_again(desk: Office) -> None:
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    await served(desk, who)
    first = (await ask(own)).json()

    silent = await desk.post(f"/certificate-requests/{first['id']}/refusal", {})
    refused = await desk.post(f"/certificate-requests/{first['id']}/refusal", {"reason": "记录更正中"})
    second = await ask(own)
    taken_back = await own.post(f"/me/certificate-requests/{second.json()['id']}/withdrawal")
    late = await desk.post(f"/certificate-requests/{second.json()['id']}/refusal", {"reason": "x"})
    listed = (await own.get("/me/certificate-requests")).json()["items"]

    assert silent.status_code == 422
    assert (refused.json()["state"], refused.json()["refused_reason"]) == ("refused", "记录更正中")
    assert (second.status_code, taken_back.json()["state"]) == (201, "withdrawn")
    assert late.json()["code"] == "request-answered"
    assert [(one["state"], one["refused_reason"]) for one in listed] == [
        ("withdrawn", None),
        ("refused", "记录更正中"),
    ]


async def test_what_is_late_shows_as_late(desk: Office, session: WriteSession) -> None:
    who = await desk.volunteer()
    session.add(
        RequestedCertificate(
            organization_id=desk.organization.id,
            volunteer_id=UUID(who["id"]),
            due_on=today() - timedelta(days=1),
        )
    )
    other = await desk.volunteer()
    own = await desk.sign_in(other["phone"])
    await served(desk, other)
    made = (await ask(own)).json()

    listed = (await desk.get("/certificate-requests")).json()["items"]
    due = (await desk.get("/certificate-requests", due_on_to=today().isoformat())).json()["items"]

    assert [(one["volunteer_id"], one["overdue"]) for one in listed] == [
        (who["id"], True),
        (other["id"], False),
    ]
    assert [one["volunteer_id"] for one in due] == [who["id"]]
    assert made["overdue"] is False


async def test_only_the_organization_asked_answers_and_only_the_asker_takes_it_back(
    app: FastAPI, desk: Office, session: WriteSession
) -> None:
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    stranger = await desk.sign_in((await desk.volunteer())["phone"])
    await served(desk, who)
    made = (await ask(own)).json()
    other = await make.organization(session)
    elsewhere = Office(
        client=desk.client,
        headers=await make.sign_in(app, session, Role.volunteer_coordinator, other),
        organization=other,
        codes=desk.codes,
    )

    theirs = await elsewhere.post(f"/certificate-requests/{made['id']}/certificate", ISSUER)
    foreign = await stranger.post(f"/me/certificate-requests/{made['id']}/withdrawal")

    assert (theirs.status_code, foreign.status_code) == (404, 404)
    assert await waiting(elsewhere) == []
    assert (await elsewhere.get("/certificate-requests")).json()["items"] == []
    await own.post("/me/erasure")
    [left] = (await desk.get("/certificate-requests")).json()["items"]
    assert left["state"] == "withdrawn"


async def test_a_request_is_made_once_and_answered_once_however_many_try(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        who = await people.volunteer(session, place)
        record = TimeRecord(
            organization_id=place.id,
            volunteer_id=who.id,
            category=Category.elderly,
            title="陪护",
            served_on=date(2026, 3, 5),
            minutes=60,
            source=RecordSource.hand,
            reported_by="test",
        )
        await records.confirm(session, [await records.report(session, record)], actor="test")

    async def asks(_: int) -> RequestedCertificate:
        async with committed.writing() as session:
            volunteer = await people.volunteers.get(session, who.id)
            return await requests.ask(session, volunteer, place.id, (None, None))

    made = await asyncio.gather(*map(asks, range(8)), return_exceptions=True)
    [request] = [one for one in made if isinstance(one, RequestedCertificate)]

    async def answers(number: int) -> bool:
        async with committed.writing() as session:
            volunteer = await people.volunteers.get(session, who.id)
            mine = await requests.get(session, request.id, lock=True)
            if number % 2:
                await requests.refuse(session, mine, reason="x", actor="test")
            else:
                issuer = Issuer(responsible="x", clerk="x", contact="x")
                await requests.issue(session, (place, volunteer), mine, issuer, actor="test")
            return True

    answered = await asyncio.gather(*map(answers, range(8)), return_exceptions=True)

    assert sum(isinstance(one, RequestOpen) for one in made) == 7
    assert sum(one is True for one in answered) == 1
    assert sum(isinstance(one, RequestAnswered) for one in answered) == 7
