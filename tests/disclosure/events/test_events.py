"""Events over HTTP: drafted and published by staff, signed up to and in by anybody."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text

from app.disclosure.events import events, seats
from app.disclosure.events.errors import EventFull, SeatGivenBack
from app.disclosure.models import Attendance, AttendanceState, EventKind, PublicEvent
from app.kit.attachments import stores
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as members

BASE = "/v1/disclosure"
SIGN_UP = {"name": "王小明", "contact": "13812345678"}


def moment(hours: float) -> str:
    return (now() + timedelta(hours=hours)).isoformat()


@dataclass(frozen=True, kw_only=True)
class Office:
    client: AsyncClient
    session: WriteSession
    member: Organization
    headers: dict[str, str]

    async def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        given = self.headers if headers is None else headers
        return await self.client.get(f"{BASE}{path}", params=asked, headers=given)

    async def post(
        self, path: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        given = self.headers if headers is None else headers
        return await self.client.post(f"{BASE}{path}", json=body, headers=given)

    async def draft(self, **over: Any) -> str:
        said = {
            "organization_id": str(self.member.id),
            "code": "SX-2026-FORUM",
            "kind": "conference",
            "title": "全省慈善工作经验交流会",
            "description": "交流县区协会的做法。",
            "place": "西安市",
            "seats": 2,
            "starts_at": moment(1),
            "ends_at": moment(9),
        } | over
        made = await self.post("/events", said)
        assert made.status_code == 201, made.text
        return f"/events/{made.json()['id']}"

    async def published(self, **over: Any) -> str:
        path = await self.draft(**over)
        assert (await self.post(f"{path}/publication")).status_code == 200
        return path

    async def sign_up(self, path: str, **over: Any) -> Response:
        return await self.post(f"{path}/sign-ups", SIGN_UP | over, {})


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    member = await members.organization(session)
    headers = await members.sign_in(app, session, Role.disclosure_officer, member)
    return Office(client=client, session=session, member=member, headers=headers)


async def test_the_public_knows_of_an_event_when_it_is_published(here: Office) -> None:
    path = await here.draft()
    hidden = await here.get(path, {})
    listed = await here.get("/events", {})
    own = await here.get(f"/organizations/{here.member.id}/events", state="draft")

    assert hidden.status_code == 404
    assert listed.json()["items"] == []
    assert [item["code"] for item in own.json()["items"]] == ["SX-2026-FORUM"]
    assert (await here.sign_up(path)).status_code == 404

    opened = await here.post(f"{path}/publication")
    twice = await here.post(f"{path}/publication")
    read = await here.get(path, {})

    assert opened.json()["allowed_actions"] == ["change", "cancel", "add_materials"]
    assert (twice.status_code, twice.json()["code"]) == (409, "event-not-draft")
    assert (read.json()["state"], read.json()["seats_left"]) == ("published", 2)
    [item] = (await here.get("/events", {}, kind="conference")).json()["items"]
    assert (item["title"], item["place"]) == ("全省慈善工作经验交流会", "西安市")
    assert (await here.get("/events", {}, kind="lecture")).json()["items"] == []
    assert (await here.get("/events", {}, starts_at_from=moment(2))).json()["items"] == []
    assert len((await here.get("/events", {}, starts_at_to=moment(2))).json()["items"]) == 1


async def test_a_code_is_an_organizations_own_once(here: Office) -> None:
    await here.draft()
    again = await here.post(
        "/events",
        {
            "organization_id": str(here.member.id),
            "code": "SX-2026-FORUM",
            "kind": "training",
            "title": "x",
            "description": "x",
            "place": "x",
            "seats": 1,
            "starts_at": moment(1),
            "ends_at": moment(2),
        },
    )
    assert (again.status_code, again.json()["code"]) == (409, "event-code-taken")


async def test_the_last_seat_is_given_once_and_a_ticket_gives_it_back(here: Office) -> None:
    path = await here.published()
    first, second, third = [await here.sign_up(path, name=f"来宾{n}") for n in range(3)]
    ticket = {"ticket": first.json()["ticket"].lower()}

    assert [one.status_code for one in (first, second, third)] == [201, 201, 409]
    assert third.json()["code"] == "event-full"
    given_back = await here.post(f"{path}/sign-ups/cancellation", ticket, {})
    twice = await here.post(f"{path}/sign-ups/cancellation", ticket, {})
    unknown = await here.post(f"{path}/sign-ups/cancellation", {"ticket": "0" * 20}, {})

    assert given_back.json()["state"] == "cancelled"
    assert (twice.json()["code"], unknown.json()["code"]) == ("seat-given-back", "ticket-unknown")
    assert (await here.sign_up(path)).status_code == 201
    names = [item["name"] for item in (await here.get(f"{path}/attendances")).json()["items"]]
    # Nothing is kept of who gave the seat back.
    assert names == [None, "来宾1", "王小明"]
    assert (await here.get(path, {})).json()["seats_left"] == 0


async def test_a_hundred_ask_at_once_for_ten_seats(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        event = PublicEvent(
            organization_id=member.id,
            code="ART",
            kind=EventKind.art_show,
            title="慈善书画展",
            description="x",
            place="西安",
            starts_at=now() + timedelta(days=1),
            ends_at=now() + timedelta(days=2),
            seats=10,
        )
        await events.draft(session, event)
        await events.publish(session, event)

    async def ask(number: int) -> str:
        try:
            async with committed.writing() as session:
                mine = await events.get(session, event.id)
                await seats.take(session, mine, name=f"来宾{number}", contact="x", actor="public")
        except EventFull:
            return "full"
        return "taken"

    outcomes = Counter(await asyncio.gather(*map(ask, range(100))))

    async with committed.reading() as session:
        after = await session.get_one(PublicEvent, event.id)
        kept = list(await session.scalars(select(Attendance.state)))
    assert outcomes == {"taken": 10, "full": 90}
    assert (after.taken_count, kept) == (10, [AttendanceState.signed_up] * 10)


async def test_one_ticket_given_back_at_once_frees_one_seat(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        event = PublicEvent(
            organization_id=member.id,
            code="ART",
            kind=EventKind.performance,
            title="x",
            description="x",
            place="x",
            starts_at=now() + timedelta(days=1),
            ends_at=now() + timedelta(days=2),
            seats=5,
        )
        await events.draft(session, event)
        await events.publish(session, event)
        tickets = [
            (await seats.take(session, event, name="x", contact="x", actor="public"))[1] for _ in range(3)
        ]

    async def give_back(_: int) -> str:
        try:
            async with committed.writing() as session:
                mine = await events.get(session, event.id)
                await seats.give_back(session, mine, await seats.by_ticket(session, mine, tickets[0]))
        except SeatGivenBack:
            return "too late"
        return "given back"

    outcomes = Counter(await asyncio.gather(*map(give_back, range(8))))

    async with committed.reading() as session:
        assert (await session.get_one(PublicEvent, event.id)).taken_count == 2
    assert outcomes == {"given back": 1, "too late": 7}


async def test_signing_in_takes_the_ticket_and_the_code_at_the_place(here: Office) -> None:
    path, other = await here.published(), await here.published(code="OTHER")
    later = await here.published(code="LATER", starts_at=moment(3))
    ticket = (await here.sign_up(path)).json()["ticket"]
    code = (await here.post(f"{path}/sign-in-codes")).json()["code"]
    elsewhere = (await here.post(f"{other}/sign-in-codes")).json()["code"]
    early_ticket = (await here.sign_up(later)).json()["ticket"]
    early_code = (await here.post(f"{later}/sign-in-codes")).json()["code"]

    async def sign_in(at: str, ticket: str, code: str) -> Response:
        return await here.post(f"{at}/sign-ins", {"ticket": ticket, "code": code}, {})

    refused = [
        await sign_in(path, ticket, elsewhere),
        await sign_in(path, ticket, "x.y.z"),
        await sign_in(path, "0" * 20, code),
        await sign_in(later, early_ticket, early_code),
    ]
    there = await sign_in(path, ticket, code)
    again = await sign_in(path, ticket, code)
    back = await here.post(f"{path}/sign-ups/cancellation", {"ticket": ticket}, {})

    assert [one.json()["code"] for one in refused] == [
        *("sign-in-code-invalid", "sign-in-code-invalid"),
        *("ticket-unknown", "sign-in-early"),
    ]
    assert (there.status_code, there.json()["state"]) == (200, "signed_in")
    assert [one.json()["code"] for one in (again, back)] == ["signed-in-already"] * 2


async def test_staff_write_down_sign_in_and_take_back(here: Office) -> None:
    path = await here.published(sign_up_open=False)
    closed = await here.sign_up(path)
    one = await here.post(f"{path}/attendances", SIGN_UP)
    other = await here.post(f"{path}/attendances", SIGN_UP | {"name": "李大力"})
    full = await here.post(f"{path}/attendances", SIGN_UP)
    came = await here.post(f"{path}/attendances/{one.json()['id']}/sign-in")
    gone = await here.post(f"{path}/attendances/{other.json()['id']}/cancellation")

    assert (closed.status_code, closed.json()["code"]) == (409, "event-not-open")
    assert full.json()["code"] == "event-full"
    assert (came.json()["state"], gone.json()["state"]) == ("signed_in", "cancelled")
    listed = (await here.get(f"{path}/attendances", state="signed_in")).json()["items"]
    assert [(item["name"], item["contact"]) for item in listed] == [("王小明", "13812345678")]


async def test_who_comes_lies_sealed_and_looking_is_written_down(here: Office) -> None:
    path = await here.published()
    await here.sign_up(path)
    await here.get(f"{path}/attendances")

    rows = [
        str(row[0])
        for table in ("event_attendances", "public_events", "outbox_events", "vault_values")
        for row in await here.session.execute(text(f"select t::text from {table} t"))
    ]
    looks = await here.session.execute(text("select kind, subject from accesses"))

    assert not any("王小明" in row or "13812345678" in row for row in rows)
    assert [(row.kind, f"/events/{row.subject}") for row in looks] == [("attendee", path)]
    assert "王小明" not in (await here.get(path, {})).text


async def test_a_speaker_is_named_while_they_agree(here: Office) -> None:
    path = await here.published()
    part = {"title": "专题讲座", "starts_at": moment(2), "ends_at": moment(3)}
    session_id = (await here.post(f"{path}/sessions", part)).json()["sessions"][0]["id"]
    speakers = f"{path}/sessions/{session_id}/speakers"
    await here.post(speakers, {"name": "秦教授", "title": "某大学", "publish_consent": True})
    both = await here.post(speakers, {"name": "不愿具名者"})
    named, silent = both.json()["speakers"]

    public = (await here.get(path, {})).json()["speakers"]
    assert [one["name"] for one in public] == ["秦教授", None]
    assert (named["name"], silent["name"]) == ("秦教授", "不愿具名者")

    gone = await here.post(f"{path}/speakers/{named['id']}/consent-withdrawal")
    twice = await here.post(f"{path}/speakers/{silent['id']}/consent-withdrawal")

    assert gone.status_code == 200
    assert (twice.status_code, twice.json()["code"]) == (409, "speaker-silent")
    after = await here.get(path, {})
    assert [(one["name"], one["title"]) for one in after.json()["speakers"]] == [(None, None)] * 2
    assert "秦教授" not in after.text


async def test_a_session_lies_within_its_event(here: Office) -> None:
    path = await here.published()
    late = await here.post(f"{path}/sessions", {"title": "x", "starts_at": moment(8), "ends_at": moment(10)})
    turned = await here.post(f"{path}/sessions", {"title": "x", "starts_at": moment(4), "ends_at": moment(3)})
    assert [one.json()["code"] for one in (late, turned)] == ["event-times-reversed"] * 2


async def test_materials_are_files_for_everybody(here: Office, app: FastAPI, tmp_path: Any) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}")
    path = await here.published()
    ids: dict[str, str] = {}
    for access in ("public", "internal"):
        uploaded = await here.client.post(
            "/v1/attachments",
            data={"organization_id": str(here.member.id), "kind": "material", "access": access},
            files={"file": ("讲义.pdf", b"%PDF-1.4\n%%EOF\n")},
            headers=here.headers,
        )
        ids[access] = uploaded.json()["id"]

    internal = await here.post(f"{path}/materials", {"attachment_ids": [ids["internal"]]})
    added = await here.post(f"{path}/materials", {"attachment_ids": [ids["public"]]})
    [material] = (await here.get(path, {})).json()["materials"]
    got = await here.client.get(material["address"])

    assert (internal.status_code, internal.json()["code"]) == (422, "material-not-public")
    assert added.status_code == 201
    assert (material["file_name"], got.status_code) == ("讲义.pdf", 200)


async def test_a_change_names_its_version_and_never_takes_seats_away(here: Office) -> None:
    path = await here.published()
    for _ in range(2):
        await here.sign_up(path)
    tag = (await here.get(f"{path}/details")).headers["etag"]

    async def change(body: dict[str, Any], tag: str | None) -> Response:
        headers = here.headers | ({"If-Match": tag} if tag else {})
        return await here.client.patch(f"{BASE}{path}", json=body, headers=headers)

    assert (await change({"place": "咸阳市"}, None)).status_code == 428
    fewer = await change({"seats": 1}, tag)
    assert (fewer.status_code, fewer.json()["code"]) == (409, "seats-taken")
    moved = await change({"place": "咸阳市", "seats": 3}, tag)
    assert (moved.json()["place"], moved.json()["seats_left"]) == ("咸阳市", 1)
    assert (await change({"place": "宝鸡市"}, tag)).status_code == 412


async def test_what_is_called_off_is_told_and_takes_nobody(here: Office) -> None:
    path = await here.published()
    await here.post(f"{path}/cancellation")
    assert (await here.get(path, {})).json()["state"] == "cancelled"
    assert (await here.sign_up(path)).json()["code"] == "event-not-open"
    assert (await here.post(f"{path}/cancellation")).json()["code"] == "event-not-draft"


async def test_an_initiative_is_a_free_list(here: Office) -> None:
    event = (await here.published()).rpartition("/")[2]
    said = {"code": "CULTURE-8", "title": "慈善文化八大工程", "description": "以文件为准"}
    made = await here.post("/initiatives", said | {"organization_id": str(here.member.id)})
    path = f"/initiatives/{made.json()['id']}"
    await here.post(f"{path}/items", {"title": "慈善书画", "description": "征集展出", "event_id": event})
    await here.post(f"{path}/items", {"title": "理论研究", "description": "课题"})
    foreign = await here.post(
        f"{path}/items", {"title": "x", "description": "x", "event_id": str(here.member.id)}
    )
    again = await here.post("/initiatives", said | {"organization_id": str(here.member.id)})

    read = (await here.get(path, {})).json()
    assert [(one["title"], one["event_id"]) for one in read["parts"]] == [
        ("慈善书画", event),
        ("理论研究", None),
    ]
    assert foreign.status_code == 404
    assert again.json()["code"] == "event-code-taken"
    [listed] = (await here.get("/initiatives", {}, organization_id=str(here.member.id))).json()["items"]
    assert listed["title"] == "慈善文化八大工程"
