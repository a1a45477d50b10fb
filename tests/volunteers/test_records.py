"""Records: reported, confirmed by who organised it, corrected with a reason, and counted in totals."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import func, select

from app.kit.database import WriteSession
from app.organizations.access import Role
from app.volunteers.models import HoursMonth, TeamMonth, TimeRecord, VolunteerTotal
from tests.factories import organizations as make
from tests.volunteers.calls import activity, moment, served, sign_up
from tests.volunteers.office import Office


def report(desk: Office, who: dict[str, Any], **over: Any) -> dict[str, Any]:
    body = {
        "organization_id": str(desk.organization.id),
        "volunteer_id": who["id"],
        "category": "elderly",
        "title": "社区老人陪护",
        "served_on": "2026-03-05",
        "minutes": 90,
    }
    return body | over


async def counted(session: WriteSession) -> list[tuple[str, str, int, int]]:
    """What was folded in, and the same counted anew: they must be equal."""
    folded = await session.execute(
        select(HoursMonth.month, HoursMonth.category, HoursMonth.minutes, HoursMonth.record_count)
        .where(HoursMonth.record_count > 0)
        .order_by(HoursMonth.month, HoursMonth.category)
    )
    anew = await session.execute(
        select(
            func.date_trunc("month", TimeRecord.served_on).label("month"),
            TimeRecord.category,
            func.sum(TimeRecord.minutes),
            func.count(),
        )
        .where(TimeRecord.state.in_(["confirmed", "certified"]))
        .group_by("month", TimeRecord.category)
        .order_by("month", TimeRecord.category)
    )
    rows = [(f"{row[0]:%Y-%m}", str(row[1].value), int(row[2]), int(row[3])) for row in folded]
    assert rows == [(f"{row[0]:%Y-%m}", str(row[1].value), int(row[2]), int(row[3])) for row in anew]
    people = await session.scalar(select(func.coalesce(func.sum(VolunteerTotal.minutes), 0)))
    assert people == sum(row[2] for row in rows)
    return rows


async def test_minutes_count_once_they_are_confirmed(desk: Office, session: WriteSession) -> None:
    who, team = await desk.volunteer(), await desk.team()
    made = (await desk.post("/records", report(desk, who, team_id=team["id"], reference="R-1"))).json()
    twice = await desk.post("/records", report(desk, who, reference="R-1"))
    assert await counted(session) == []

    confirmed = await desk.post("/records/confirmations", {"record_ids": [made["id"]]})
    again = await desk.post("/records/confirmations", {"record_ids": [made["id"]]})

    assert made["state"] == "reported"
    assert (twice.status_code, twice.json()["code"]) == (409, "record-twice")
    assert confirmed.json() == {"confirmed_count": 1}
    assert (again.status_code, again.json()["code"]) == (409, "record-not-reported")
    assert await counted(session) == [("2026-03", "elderly", 90, 1)]
    assert await session.scalar(select(func.sum(TeamMonth.minutes))) == 90


async def test_who_organises_confirms_and_nobody_else(
    app: FastAPI, desk: Office, session: WriteSession
) -> None:
    who = await desk.volunteer()
    made = (await desk.post("/records", report(desk, who))).json()
    other = await make.organization(session)
    headers = await make.sign_in(app, session, Role.volunteer_coordinator, other)
    stranger = Office(client=desk.client, headers=headers, organization=other, codes=desk.codes)
    await stranger.get("/records")

    refused = await stranger.post("/records/confirmations", {"record_ids": [made["id"]]})
    own_team = await desk.post("/records", report(desk, who, team_id=made["id"]))

    assert refused.status_code == 404
    assert (own_team.status_code, own_team.json()["code"]) == (422, "team-of-another-organization")


async def test_a_declined_record_never_counts(desk: Office, session: WriteSession) -> None:
    made = (await desk.post("/records", report(desk, await desk.volunteer()))).json()
    declined = await desk.post(f"/records/{made['id']}/rejection")
    corrected = await desk.post(f"/records/{made['id']}/corrections", {"minutes": 5, "reason": "x"})
    assert declined.json()["state"] == "declined"
    assert (corrected.status_code, corrected.json()["code"]) == (409, "record-voided")
    assert await counted(session) == []


async def test_time_that_was_not_given_yet_is_not_recorded(desk: Office) -> None:
    who = await desk.volunteer()
    ahead = await desk.post("/records", report(desk, who, served_on="2999-01-01"))
    assert (ahead.status_code, ahead.json()["code"]) == (422, "served-ahead")
    assert (await desk.post("/records", report(desk, who, minutes=1441))).status_code == 422


async def test_a_correction_keeps_the_old_value_who_and_why(desk: Office, session: WriteSession) -> None:
    who = await desk.volunteer()
    made = await served(desk, who, 120)

    first = await desk.post(
        f"/records/{made['id']}/corrections",
        {"minutes": 90, "served_on": "2026-04-01", "category": "health", "reason": "签退时间有误"},
    )
    same = await desk.post(f"/records/{made['id']}/corrections", {"minutes": 90, "reason": "x"})
    assert await counted(session) == [("2026-04", "health", 90, 1)]
    void = await desk.post(f"/records/{made['id']}/corrections", {"minutes": 0, "reason": "重复录入"})
    after = (await desk.get(f"/records/{made['id']}")).json()

    assert first.status_code == 201, first.text
    told = first.json()
    assert (told["number"], told["old_minutes"], told["new_minutes"]) == (1, 120, 90)
    assert (told["old_category"], told["new_category"]) == ("elderly", "health")
    assert (told["reason"], told["actor"].partition(":")[0]) == ("签退时间有误", "staff")
    assert (same.status_code, same.json()["code"]) == (422, "nothing-to-set-right")
    assert (void.json()["number"], void.json()["new_minutes"]) == (2, 0)
    assert (after["state"], len(after["corrections"])) == ("voided", 2)
    assert await counted(session) == []


async def test_a_volunteer_objects_and_is_answered(desk: Office, session: WriteSession) -> None:
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    stranger = await desk.sign_in((await desk.volunteer())["phone"])
    made = await served(desk, who, 60)
    body = {"wanted_minutes": 75, "words": "我晚走了一刻钟"}

    theirs = await stranger.post(f"/me/records/{made['id']}/objections", body)
    objection = await own.post(f"/me/records/{made['id']}/objections", body)
    twice = await own.post(f"/me/records/{made['id']}/objections", body)
    [listed] = (await desk.get("/objections")).json()["items"]
    answer = {"accepted": True, "reason": "核实"}
    answered = await desk.post(f"/objections/{listed['id']}/answer", answer)
    again = await desk.post(f"/objections/{listed['id']}/answer", answer)

    assert theirs.status_code == 404
    assert objection.status_code == 201, objection.text
    assert (twice.status_code, twice.json()["code"]) == (409, "objection-open")
    assert answered.json()["accepted"] is True
    assert (again.status_code, again.json()["code"]) == (409, "objection-answered")
    assert await counted(session) == [("2026-03", "elderly", 75, 1)]


async def test_both_sides_say_how_it_was(desk: Office, session: WriteSession) -> None:
    call, who = await activity(desk), await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    made = (await sign_up(desk, call, who)).json()
    early = await desk.post(f"/sign-ups/{made['id']}/evaluation", {"score": 5})
    await desk.post(f"/sign-ups/{made['id']}/check-in", {"checked_in_at": moment(-1)})

    theirs = await desk.post(f"/sign-ups/{made['id']}/evaluation", {"score": 5, "words": "耐心细致"})
    twice = await desk.post(f"/sign-ups/{made['id']}/evaluation", {"score": 4})
    mine = await own.post(f"/me/sign-ups/{made['id']}/evaluation", {"score": 4, "words": "组织有序"})

    assert (early.status_code, early.json()["code"]) == (409, "not-served")
    assert (theirs.json()["side"], mine.json()["side"]) == ("organization", "volunteer")
    assert (twice.status_code, twice.json()["code"]) == (409, "evaluated-already")
    assert "耐心细致" in str((await own.get("/me/export")).json()["person"])


async def test_trainings_and_commendations_are_recorded(desk: Office) -> None:
    who = await desk.volunteer()
    at = {"organization_id": str(desk.organization.id)}
    training = at | {
        "content": "心肺复苏",
        "organizer": "培训中心",
        "trained_on": "2026-05-10",
        "place": "西安",
        "minutes": 180,
    }
    praise = at | {"title": "优秀志愿者", "commended_on": "2026-06-01", "granted_by": "省慈善协会"}
    for noun, body in (("trainings", training), ("commendations", praise)):
        made = await desk.post(f"/{who['id']}/{noun}", body)
        assert made.status_code == 201, made.text
        assert (await desk.get(f"/{who['id']}/{noun}")).json()["items"] == [made.json()]
