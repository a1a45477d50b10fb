"""Forms without scripts: sent once however often they are pressed, and given back with what is amiss."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select, text

from app.disclosure.complaints import complaints
from app.disclosure.events import events, seats
from app.disclosure.models import Attendance, AttendanceState, Complaint, PublicEvent
from app.disclosure.routers.complaints import COMPLAINTS
from app.disclosure.routers.events.seats import SIGN_UPS
from app.kit import vault
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.http.rates import Rates
from app.kit.models import IdempotencyKey
from app.organizations.models import Organization
from tests.factories import organizations
from tests.site import voices
from tests.site.pages import Element, Sheet

WHO = {"name": "来宾甲", "contact": "13800000000"}


@pytest.fixture
async def member(session: WriteSession) -> Organization:
    return await organizations.organization(session, name="县慈善会")


@pytest.fixture
async def event(session: WriteSession, member: Organization) -> PublicEvent:
    return await voices.event(session, member)


async def token(client: AsyncClient, path: str) -> str:
    """The token of a form that was opened anew; each reader has their own, and nobody between keeps it."""
    answer = await client.get(path)
    assert answer.headers["cache-control"] in {"private, no-cache", "no-store"}, path
    [hidden] = [one for one in Sheet(answer.text).all("input") if one.attributes.get("name") == "token"]
    return hidden.attributes["value"] or ""


def marked(answer: Response) -> Mapping[str, str]:
    """What is amiss, by the field beside which it stands, as a screen reader tells it."""
    sheet = Sheet(answer.text)
    by_id = {one.attributes.get("id"): one for one in sheet.elements}

    def told(control: Element) -> str:
        ids = (control.attributes.get("aria-describedby") or "").split()
        return "".join(by_id[one].text for one in ids if one.endswith("-wrong"))

    wrong = [one for one in sheet.elements if one.attributes.get("aria-invalid") == "true"]
    assert ["autofocus" in one.attributes for one in wrong].count(True) == min(len(wrong), 1)
    links = [
        one.attributes["href"] for one in sheet.all("a") if (one.attributes["href"] or "").startswith("#")
    ]
    assert {f"#{one.attributes['id']}" for one in wrong} <= set(links)
    return {one.attributes["name"] or "": told(one) for one in wrong}


async def test_a_complaint_pressed_twice_is_one(
    client: AsyncClient, session: WriteSession, member: Organization
) -> None:
    said = {"organization": member.code, "subject_kind": "organization", "text": "账目不清"}
    said["token"] = await token(client, "/complaints")

    first, again = [await client.post("/complaints", data=said) for _ in range(2)]
    more = await client.post("/complaints", data=said | {"text": "还有一事"})
    bare = [await client.post("/complaints", data=said | {"token": word}) for word in ("", "x" * 20, "")]

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert more.headers["location"] != first.headers["location"]
    # Without a token of a form two people may well say the same: each is heard, and reads their own answer.
    assert len({one.headers["location"] for one in (first, more, *bare)}) == 5
    assert await session.scalar(select(func.count()).select_from(Complaint)) == 5


async def test_the_answer_that_is_kept_is_sealed_and_erased_with_the_words(
    client: AsyncClient, session: WriteSession, member: Organization
) -> None:
    said = {"organization": member.code, "text": "账目不清", "token": await token(client, "/complaints")}
    sent = await client.post("/complaints", data=said)
    code = sent.headers["location"].split("/")[2].split("?")[0]

    kept = (await session.scalars(select(IdempotencyKey))).one()

    assert code.encode() not in kept.sealed
    it = (await session.scalars(select(Complaint))).one()
    assert kept.person_id == it.person_id
    await complaints.forget(session, it, actor="test")
    left = select(func.count()).select_from(IdempotencyKey)
    assert await session.scalar(left) == 0


async def test_what_is_amiss_stands_beside_its_field_in_the_readers_language(
    app: FastAPI, client: AsyncClient, session: WriteSession, member: Organization
) -> None:
    good = {"organization": member.code, "subject_kind": "organization", "text": "账目<不清>", "contact": "x"}
    for wrong, field, zh, en in (
        ({"text": "  \r\n "}, "text", "请填写此项", "Please fill this in"),
        ({"text": "字" * 2001}, "text", "最多 2,000 个字符", "At most 2,000 characters"),
        ({"contact": "\x01"}, "contact", "不能含有控制字符", "control characters"),
        ({"organization": ""}, "organization", "请选择一项", "Please choose one"),
        ({"organization": "NOBODY"}, "organization", "请选择一项", "Please choose one"),
        ({"subject_kind": "nonsense"}, "subject_kind", "请选择一项", "Please choose one"),
        ({"subject_kind": "campaign"}, "subject_code", "均须注明编号", "named by a code"),
        ({"subject_kind": "campaign", "subject_code": "A-B"}, "subject_code", "没有此代码", "nothing public"),
    ):
        for language, words in (("zh", zh), ("en", en)):
            app.state.rates = Rates()
            answer = await client.post(
                "/complaints", data=good | wrong, headers={"accept-language": language}
            )
            assert answer.status_code in {404, 422}, wrong
            told = marked(answer)
            assert words in told.pop(field), (wrong, language)
            assert told == {}, wrong
            sheet = Sheet(answer.text)
            assert sheet.one("textarea").text.strip() == (good | wrong)["text"].strip()
            [title] = [one for one in sheet.all("title") if not one.attributes]
            assert title.text.startswith({"zh": "有误：", "en": "Amiss: "}[language])
            assert answer.headers["cache-control"] == "no-store"
    assert (await session.scalars(select(Complaint))).all() == []


async def test_who_sends_too_often_waits_and_keeps_what_was_typed(
    client: AsyncClient, member: Organization, event: PublicEvent
) -> None:
    for path, said, limit in (
        ("/complaints", {"organization": member.code, "text": "账目不清"}, COMPLAINTS),
        (f"/events/{event.id}/sign-ups", WHO, SIGN_UPS),
    ):
        for _ in range(limit.count):
            assert (await client.post(path, data=said)).status_code == 303
        refused = await client.post(path, data=said)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert list(said.values())[-1] in refused.text
        assert 'role="alert"' in refused.text


async def test_somebody_signs_up_and_gives_the_seat_back(
    client: AsyncClient, session: WriteSession, event: PublicEvent
) -> None:
    page = f"/events/{event.id}/sign-ups"
    assert f'href="{page}"' in (await client.get(f"/events/{event.id}")).text
    assert "可报名" in (await client.get("/events")).text
    said = WHO | {"token": await token(client, page)}

    first, again = [await client.post(page, data=said) for _ in range(2)]

    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    seat = (await session.scalars(select(Attendance))).one()
    people = await seats.people(session, [seat])
    assert people[seat.person_id] == {seats.NAME: "来宾甲", seats.CONTACT: "13800000000"}
    rows = await session.execute(text("select row_to_json(a)::text from event_attendances a"))
    assert not any(word in row for row in rows.scalars() for word in WHO.values())
    shown = await client.get(first.headers["location"])
    assert "报名成功" in shown.text
    assert not any(word in shown.text for word in WHO.values()), "who it is, the page need not say"
    assert (shown.headers["cache-control"], shown.headers["x-robots-tag"]) == ("no-store", "noindex")

    ticket = first.headers["location"].rpartition("/")[2].split("?")[0]
    grouped = "-".join(ticket[at : at + 5] for at in range(0, 20, 5)).lower()
    found = await client.get(page, params={"ticket": grouped})
    assert found.headers["location"] == f"{page}/{ticket}"
    gone, twice = [await client.post(f"{page}/{ticket}") for _ in range(2)]
    assert (gone.status_code, twice.status_code) == (303, 303)
    assert "报名已取消" in (await client.get(gone.headers["location"])).text
    await session.refresh(seat)
    await session.refresh(event)
    assert (seat.state, event.taken_count) == (AttendanceState.cancelled, 0)
    assert await vault.read(session, [seat.person_id], [seats.NAME]) == {}
    # The form that was sent before says nothing any more of who took back their word.
    assert (await session.scalars(select(IdempotencyKey))).all() == []


async def test_a_sign_up_is_refused_as_the_api_refuses_it(
    client: AsyncClient, session: WriteSession, event: PublicEvent
) -> None:
    page = f"/events/{event.id}/sign-ups"
    for wrong, field in (
        ({"name": " "}, "name"),
        ({"contact": ""}, "contact"),
        ({"name": "字" * 201}, "name"),
    ):
        refused = await client.post(page, data=WHO | wrong)
        assert (refused.status_code, list(marked(refused))) == (422, [field])
        assert (WHO | wrong)["contact"] in refused.text
    for unknown in (await client.get(f"{page}/00000"), await client.get(page, params={"ticket": "—·—"})):
        assert (unknown.status_code, list(marked(unknown))) == (404, ["ticket"])
    assert list(marked(await client.post(f"{page}/00000"))) == ["ticket"]
    assert (await client.get(f"/events/{uuid4()}/sign-ups")).status_code == 404

    event.seats = 1
    await seats.take(session, event, **WHO, actor="public")
    full = await client.post(page, data=WHO)
    assert (full.status_code, "名额已满" in full.text) == (409, True)
    assert '<form class="ask" action="' + page + '" method="post"' not in full.text
    event.seats, event.sign_up_open = 80, False
    await session.flush()
    closed = await client.post(page, data=WHO)
    assert (closed.status_code, "未开放报名" in closed.text) == (409, True)
    assert "活动报名" not in Sheet((await client.get(f"/events/{event.id}")).text).text
    event.sign_up_open = True
    event.starts_at, event.ends_at = now() - timedelta(days=2), now() - timedelta(days=1)
    await session.flush()
    assert (await client.post(page, data=WHO)).status_code == 409
    assert "可报名" not in (await client.get("/events")).text


async def test_who_was_there_can_not_give_the_seat_back_and_reads_so(
    client: AsyncClient, session: WriteSession, event: PublicEvent
) -> None:
    seat, ticket = await seats.take(session, event, **WHO, actor="public")
    event.starts_at = now() - timedelta(minutes=1)
    await seats.sign_in(session, event, seat, actor="public")
    page = f"/events/{event.id}/sign-ups/{ticket}"
    sent = await client.post(page)
    shown = await client.get(sent.headers["location"])
    assert "已签到" in shown.text
    assert "取消我的报名" not in shown.text
    await events.cancel(session, event)
    assert "本次活动已取消" in (await client.get(page)).text


async def test_a_button_pressed_many_times_at_once_takes_one_seat(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        event = await voices.event(session, await organizations.organization(session))
    page = f"/events/{event.id}/sign-ups"
    said = WHO | {"token": await token(committed_client, page)}

    answers = await asyncio.gather(*(committed_client.post(page, data=said) for _ in range(6)))

    # Nobody is told to come again: each press leads to the one seat, and to its ticket.
    assert {one.status_code for one in answers} == {303}
    assert len({one.headers["location"] for one in answers}) == 1
    async with committed.reading() as session:
        assert (await session.get_one(PublicEvent, event.id)).taken_count == 1
        assert await session.scalar(select(func.count()).select_from(Attendance)) == 1
