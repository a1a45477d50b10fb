"""Notices: a volunteer reads what was decided about their sign-ups and requests, and marks it as read."""

import asyncio
from typing import Any

from sqlalchemy import select

from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.volunteers import activities, sign_ups
from app.volunteers.activities import NewNeed
from app.volunteers.models import NoticeKind, SignUp, SignUpState, VolunteerNotice
from tests.factories import organizations as make
from tests.factories import volunteers as people
from tests.volunteers.calls import activity, served, sign_up
from tests.volunteers.office import Office
from tests.volunteers.test_certificate_requests import ask
from tests.volunteers.test_certificates import ISSUER
from tests.volunteers.test_sign_ups import published


async def told(own: Office, **asked: Any) -> list[dict[str, Any]]:
    answer = await own.get("/me/notices", **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_whoever_asked_for_a_certificate_is_told_how_it_was_answered(
    desk: Office, session: WriteSession
) -> None:
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    await served(desk, who)
    first = (await ask(own)).json()
    assert await told(own) == []

    await desk.post(f"/certificate-requests/{first['id']}/refusal", {"reason": "记录更正中"})
    second = (await ask(own)).json()
    await desk.post(f"/certificate-requests/{second['id']}/certificate", ISSUER)
    third = (await served(desk, who), await ask(own))[1].json()
    await own.post(f"/me/certificate-requests/{third['id']}/withdrawal")

    # What they did themselves they are not told.
    listed = await told(own)
    assert [(one["kind"], one["certificate_request_id"], one["sign_up_id"]) for one in listed] == [
        ("certificate_issued", second["id"], None),
        ("certificate_refused", first["id"], None),
    ]
    assert {one["organization_id"] for one in listed} == {str(desk.organization.id)}
    topics = await session.scalars(select(OutboxEvent.topic).where(OutboxEvent.topic.like("%request%")))
    asked_and_answered = ["open", "refused", "open", "issued", "open", "withdrawn"]
    assert [topic.rpartition("_")[2] for topic in topics] == asked_and_answered


async def test_whoever_waited_is_told_of_the_place_by_which_way_it_came(
    desk: Office, session: WriteSession
) -> None:
    call = await activity(desk, {"role": "x", "capacity": 1})
    who = [await desk.volunteer() for _ in range(3)]
    made = [(await sign_up(desk, call, one)).json() for one in who]
    first, second, third = [await desk.sign_in(one["phone"]) for one in who]

    await desk.post(f"/sign-ups/{made[0]['id']}/cancellation")
    assert [(one["kind"], one["sign_up_id"]) for one in await told(second)] == [
        ("sign_up_promoted", made[1]["id"])
    ]
    assert await told(third) == []
    await desk.post(f"/needs/{call['needs'][0]['id']}/capacity", {"capacity": 2})

    assert [one["sign_up_id"] for one in await told(third)] == [made[2]["id"]]
    assert await told(first) == []
    events = (
        await session.scalars(
            select(OutboxEvent).where(OutboxEvent.topic == "volunteers.promoted").order_by(OutboxEvent.id)
        )
    ).all()
    assert [(one.subject, one.organization_id) for one in events] == [
        (one["id"], desk.organization.id) for one in made[1:]
    ]
    assert [one.payload for one in events] == [
        {"sign_up_id": one["id"], "activity_id": call["id"], "volunteer_id": person["id"]}
        for one, person in zip(made[1:], who[1:], strict=True)
    ]


async def test_whoever_asked_for_a_place_is_told_the_answer(desk: Office) -> None:
    call = await activity(desk, {"role": "x", "capacity": 1}, needs_approval=True)
    who = [await desk.volunteer() for _ in range(3)]
    for one, accepted in zip(who, (False, True, True), strict=True):
        made = (await sign_up(desk, call, one)).json()
        await desk.post(f"/sign-ups/{made['id']}/answer", {"accepted": accepted})
    kinds = [[one["kind"] for one in await told(await desk.sign_in(person["phone"]))] for person in who]
    assert kinds == [["sign_up_declined"], ["sign_up_accepted"], ["sign_up_waiting"]]


async def test_notices_are_read_in_the_readers_language_and_marked_one_by_one(desk: Office) -> None:
    who, other = await desk.volunteer(), await desk.volunteer()
    own, stranger = await desk.sign_in(who["phone"]), await desk.sign_in(other["phone"])
    await served(desk, who)
    for _ in range(2):
        request = (await ask(own)).json()
        await desk.post(f"/certificate-requests/{request['id']}/refusal", {"reason": "记录更正中"})
    latest, oldest = await told(own)

    foreign = await stranger.post("/me/notices/reading", {"notice_ids": [latest["id"]]})
    staff = await desk.get("/me/notices")
    marked = await own.post("/me/notices/reading", {"notice_ids": [latest["id"]]})
    [read] = await told(own, unread="false")
    again = await own.post("/me/notices/reading", {"notice_ids": [latest["id"]]})

    assert (foreign.status_code, staff.status_code) == (404, 403)
    assert (marked.status_code, again.status_code) == (204, 204)
    assert [one["id"] for one in await told(own, unread="true")] == [oldest["id"]]
    assert read["id"] == latest["id"]
    assert await told(own, unread="false") == [read], "what was read once keeps its moment"
    own.headers["Accept-Language"] = "zh"
    assert (await told(own))[0]["title"] == "您申请的志愿服务记录证明不予出具"
    own.headers["Accept-Language"] = "en"
    assert (await told(own))[0]["title"] == "Your certificate was refused"


async def test_however_many_leave_at_once_each_who_moves_up_is_told_once(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        call = await published(session, place, NewNeed(role="x", capacity=4))
        [need] = await activities.needs(session, call.id)
        made = [
            await sign_ups.sign_up(session, call, need, await people.volunteer(session, place), actor="test")
            for _ in range(12)
        ]

    async def cancel(one: SignUp) -> None:
        async with committed.writing() as session:
            await sign_ups.cancel(session, await sign_ups.get(session, one.id), actor="test")

    await asyncio.gather(*map(cancel, made[:4]))

    async with committed.reading() as session:
        rows = (await session.scalars(select(VolunteerNotice))).all()
        inside = await session.scalars(select(SignUp.id).where(SignUp.state == SignUpState.confirmed))
    assert {one.kind for one in rows} == {NoticeKind.sign_up_promoted}
    assert sorted(one.sign_up_id for one in rows if one.sign_up_id) == sorted(inside)
    assert len(rows) == 4
