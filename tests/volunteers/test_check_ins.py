"""Check-ins: by a code on the screen, by place or by a leader; what is forgotten counts for nothing."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.kit.clock import now
from app.kit.database import WriteSession
from app.volunteers import check_ins
from app.volunteers.errors import (
    MinutesImpossible,
)
from app.volunteers.models import CheckIn
from app.volunteers.routers.sign_ups import NOTE
from tests.volunteers.calls import activity, moment, sign_up
from tests.volunteers.office import Office

SPOT = {"latitude": 34.2650, "longitude": 108.9540, "radius_metres": 300}


async def test_the_code_on_the_screen_lets_in_and_out(app: FastAPI, desk: Office) -> None:
    call, other = await activity(desk), await activity(desk, starts_at=moment(4), ends_at=moment(5))
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    made = (await sign_up(desk, call, who)).json()
    address = f"/me/sign-ups/{made['id']}"

    async def shown(at: dict, way: str) -> dict:
        answer = await desk.post(f"/activities/{at['id']}/passes", {"way": way})
        assert answer.status_code == 201, answer.text
        return answer.json()

    letting_in, elsewhere = await shown(call, "in"), await shown(other, "in")
    stale, _ = app.state.issuer.seal(NOTE, {"activity": call["id"], "way": "in"}, -1)
    foreign, _ = app.state.issuer.seal("other purpose", {"activity": call["id"], "way": "in"}, 60)
    for wrong in (elsewhere["pass_token"], stale, foreign, "x.y.z", (await shown(call, "out"))["pass_token"]):
        refused = await own.post(f"{address}/check-in", {"pass_token": wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "pass-invalid")

    came = await own.post(f"{address}/check-in", {"pass_token": letting_in["pass_token"]})
    twice = await own.post(f"{address}/check-in", {"pass_token": letting_in["pass_token"]})

    assert letting_in["svg"].startswith("<svg")
    assert (came.status_code, came.json()["in_method"]) == (201, "code")
    assert (twice.status_code, twice.json()["code"]) == (409, "checked-in-already")


async def test_being_near_is_enough_and_where_exactly_is_not_kept(
    desk: Office, session: WriteSession
) -> None:
    call = await activity(desk, **SPOT)
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    made = (await sign_up(desk, call, who)).json()

    far = await own.post(f"/me/sign-ups/{made['id']}/check-in", {"latitude": 34.2690, "longitude": 108.9540})
    near = await own.post(f"/me/sign-ups/{made['id']}/check-in", {"latitude": 34.2669, "longitude": 108.9541})

    assert (far.status_code, far.json()["code"]) == (409, "out-of-place")
    assert (near.status_code, near.json()["in_method"]) == (201, "place")
    row = (await session.execute(select(CheckIn))).scalar_one()
    assert not any("itude" in name for name in vars(row))


def test_distances_are_those_of_the_globe() -> None:
    xian, beijing = (34_265_000, 108_954_000), (39_904_200, 116_407_400)
    assert check_ins.metres(xian, xian) == 0
    assert check_ins.metres(xian, beijing) == pytest.approx(910_000, rel=0.01)
    assert check_ins.metres((0, 0), (0, 180_000_000)) == pytest.approx(20_015_000, rel=0.001)


async def test_travel_and_breaks_are_not_time_given(desk: Office) -> None:
    call = await activity(desk)
    who = await desk.volunteer()
    made = (await sign_up(desk, call, who)).json()
    await desk.post(f"/sign-ups/{made['id']}/check-in", {"checked_in_at": moment(-2)})

    whole = await desk.post(f"/sign-ups/{made['id']}/check-out", {"excluded_minutes": 120})
    gone = await desk.post(f"/sign-ups/{made['id']}/check-out", {"excluded_minutes": 30})
    again = await desk.post(f"/sign-ups/{made['id']}/check-out", {})

    assert (whole.status_code, whole.json()["code"]) == (422, "minutes-impossible")
    assert gone.json()["excluded_minutes"] == 30
    assert (again.status_code, again.json()["code"]) == (409, "checked-out-already")
    [record] = (await desk.get("/records", activity_id=call["id"])).json()["items"]
    assert (record["minutes"], record["state"], record["source"]) == (90, "reported", "check_in")
    assert record["sign_up_id"] == made["id"]


async def test_only_who_has_a_place_checks_in_and_only_around_the_time(desk: Office) -> None:
    call = await activity(desk, {"role": "x", "capacity": 1})
    later = await activity(desk, starts_at=moment(5), ends_at=moment(6))
    one, other = await desk.volunteer(), await desk.volunteer()
    first, waiting = [(await sign_up(desk, call, who)).json() for who in (one, other)]
    early = (await sign_up(desk, later, one)).json()

    refused = await desk.post(f"/sign-ups/{waiting['id']}/check-in", {})
    too_soon = await desk.post(f"/sign-ups/{early['id']}/check-in", {})
    never = await desk.post(f"/sign-ups/{first['id']}/check-out", {})

    assert (refused.status_code, refused.json()["code"]) == (409, "sign-up-not-confirmed")
    assert (too_soon.status_code, too_soon.json()["code"]) == (409, "out-of-time")
    assert (never.status_code, never.json()["code"]) == (409, "not-checked-in")


async def test_a_forgotten_check_out_is_flagged_and_never_counted_by_itself(
    desk: Office, session: WriteSession
) -> None:
    call = await activity(desk, starts_at=moment(-3), ends_at=moment(0.5))
    who = await desk.volunteer()
    own = await desk.sign_in(who["phone"])
    made = (await sign_up(desk, call, who)).json()
    await desk.post(f"/sign-ups/{made['id']}/check-in", {"checked_in_at": moment(-3)})

    assert await check_ins.flag(session) == 0
    # Time passes: the role ended three hours ago.
    assert await check_ins.flag(session, at=now() + timedelta(hours=3)) == 1
    assert await check_ins.flag(session, at=now() + timedelta(hours=3)) == 0

    [flagged] = (await desk.get("/check-ins", flagged=True)).json()["items"]
    late = await desk.post(f"/sign-ups/{made['id']}/check-out", {})
    before = (await own.get("/me/records")).json()["items"]
    settled = await desk.post(
        f"/check-ins/{flagged['id']}/settlement",
        {"checked_out_at": moment(-1), "reason": "负责人证实", "excluded_minutes": 20},
    )
    [record] = (await own.get("/me/records")).json()["items"]

    assert (late.status_code, late.json()["code"]) == (409, "check-out-forgotten")
    assert before == []
    assert (settled.json()["settled_reason"], settled.json()["flagged_at"] is not None) == (
        "负责人证实",
        True,
    )
    assert (record["minutes"], record["state"]) == (100, "reported")
    assert (await desk.get("/check-ins", flagged=True)).json()["items"] == []
    assert (await desk.get("/check-ins")).json()["items"] != []


async def test_a_leader_checks_in_the_own_teams_people_and_no_others(desk: Office) -> None:
    team, foreign = await desk.team(), await desk.team()
    leader, mine, other = [await desk.volunteer() for _ in range(3)]
    for who, role in ((leader, "leader"), (mine, "member")):
        await desk.post(f"/teams/{team['id']}/members", {"volunteer_id": who["id"], "role": role})
    call = await activity(desk, team_id=team["id"])
    theirs = await activity(desk, team_id=foreign["id"], starts_at=moment(4), ends_at=moment(5))
    signed = {who["id"]: (await sign_up(desk, call, who)).json() for who in (mine, other)}
    own = await desk.sign_in(leader["phone"])

    seen = (await own.get(f"/me/activities/{call['id']}/sign-ups")).json()["items"]
    unseen = await own.get(f"/me/activities/{theirs['id']}/sign-ups")
    came = await own.post(
        f"/me/team-sign-ups/{signed[mine['id']]['id']}/check-in", {"checked_in_at": moment(-1)}
    )
    stranger = await own.post(f"/me/team-sign-ups/{signed[other['id']]['id']}/check-in", {})
    went = await own.post(f"/me/team-sign-ups/{signed[mine['id']]['id']}/check-out", {})
    code = await own.post(f"/me/activities/{call['id']}/passes", {"way": "in"})
    no_code = await own.post(f"/me/activities/{theirs['id']}/passes", {"way": "in"})

    assert [one["name"] for one in seen] == [mine["name"]]
    assert (unseen.status_code, unseen.json()["code"]) == (404, "not-the-leader")
    assert (came.json()["in_method"], went.json()["out_method"]) == ("leader", "leader")
    assert stranger.status_code == 404
    assert (code.status_code, no_code.status_code) == (201, 404)


def test_minutes_are_whole_and_at_most_a_day() -> None:
    start = now()
    assert check_ins.served(start, start + timedelta(minutes=90, seconds=59), 0) == 90
    assert check_ins.served(start, start + timedelta(days=1), 0) == 1440
    for end, excluded in ((timedelta(seconds=59), 0), (timedelta(hours=1), 60), (timedelta(days=2), 0)):
        with pytest.raises(MinutesImpossible):
            check_ins.served(start, start + end, excluded)
