"""Sign-ups: exactly as many as there are places, a waiting list, and nobody promised twice at one time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app.kit.clock import now
from app.kit.database import Database
from app.kit.vault import Vault
from app.volunteers import activities, sign_ups
from app.volunteers.activities import NewNeed
from app.volunteers.errors import (
    OverlappingCommitment,
)
from app.volunteers.models import Activity, Category, Need, SignUp, SignUpState
from app.wiring import handed_down
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.factories import volunteers as people
from tests.volunteers.calls import activity, moment, sign_up
from tests.volunteers.office import Office


async def published(session, place, *needs: NewNeed, hours: float = 5, **over: object) -> Activity:
    starts_at = now() + timedelta(hours=hours)
    values = {
        "code": f"A{starts_at.timestamp()}".replace(".", "-"),
        "title": "清理河道",
        "category": Category.environment,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "place": "河边",
        "content": "捡拾垃圾",
        "risks": "河岸湿滑",
        "served_group": "社区居民",
        "responsible": "负责人",
        "contact": "029-00000000",
    } | over
    made = await activities.draft(session, Activity(organization_id=place.id, **values), needs)
    await activities.publish(session, made)
    return made


@pytest.fixture
async def hundred(
    cluster: Cluster, fresh_database: str, committed: Database, vault: Vault
) -> AsyncIterator[Database]:
    """The same database with a connection for each of a hundred people, none of whom waits for another's."""
    database = Database(cluster.url(fresh_database), pool_size=100, info={"vault": vault} | handed_down())
    yield database
    await database.close()


async def test_a_hundred_at_once_for_ten_places(committed: Database, hundred: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        call = await published(session, place, NewNeed(role="x", capacity=10))
        [need] = await activities.needs(session, call.id)
        everybody = [(await people.volunteer(session, place)).id for _ in range(100)]
    await committed.close()
    # Nobody begins before a hundred transactions are open, each on a connection of its own.
    everybody_is_here = asyncio.Barrier(100)
    connections: set[int] = set()

    async def one(who) -> SignUpState:
        async with hundred.writing() as session:
            connections.add(await session.scalar(text("select pg_backend_pid()")))
            await everybody_is_here.wait()
            here = await activities.get(session, call.id)
            wanted = await activities.need(session, need.id)
            volunteer = await people.volunteers.get(session, who)
            return (await sign_ups.sign_up(session, here, wanted, volunteer, actor="test")).state

    outcomes = Counter(await asyncio.gather(*map(one, everybody)))

    assert len(connections) == 100
    assert outcomes == {SignUpState.confirmed: 10, SignUpState.waiting: 90}
    async with committed.reading() as session:
        kept = Counter(await session.scalars(select(SignUp.state)))
        after = await session.get_one(Need, need.id)
        places = list(await session.scalars(select(SignUp.place).order_by(SignUp.place)))
    assert kept == outcomes
    assert (after.taken_count, after.asked_count) == (10, 100)
    assert places == list(range(1, 101))


async def test_whoever_cancels_makes_room_for_exactly_the_next(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        call = await published(session, place, NewNeed(role="x", capacity=10))
        [need] = await activities.needs(session, call.id)
        made = [
            await sign_ups.sign_up(session, call, need, await people.volunteer(session, place), actor="test")
            for _ in range(30)
        ]

    async def cancel(one: SignUp) -> None:
        async with committed.writing() as session:
            mine = await sign_ups.get(session, one.id)
            await sign_ups.cancel(session, mine, actor="test")

    await asyncio.gather(*map(cancel, [*made[:5], *made[10:13]]))

    async with committed.reading() as session:
        rows = (await session.scalars(select(SignUp).order_by(SignUp.place))).all()
        after = await session.get_one(Need, need.id)
    states = {one.place: one.state for one in rows}
    assert after.taken_count == 10
    assert Counter(states.values()) == {
        SignUpState.confirmed: 10,
        SignUpState.waiting: 12,
        SignUpState.cancelled: 8,
    }
    # Three of the waiting left: the five freed places are the next five's in the order of asking.
    confirmed = sorted(place for place, state in states.items() if state is SignUpState.confirmed)
    assert confirmed[:5] == [6, 7, 8, 9, 10]
    assert set(confirmed[5:]) <= set(range(11, 19))


async def test_nobody_is_promised_twice_at_one_time(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        who = (await people.volunteer(session, place)).id
        calls = [
            await published(session, place, NewNeed(role="x", capacity=5), hours=5 + part * 0.1)
            for part in range(12)
        ]
        needs = {call.id: (await activities.needs(session, call.id))[0].id for call in calls}

    async def one(call: Activity) -> bool:
        try:
            async with committed.writing() as session:
                here = await activities.get(session, call.id)
                need = await activities.need(session, needs[call.id])
                volunteer = await people.volunteers.get(session, who)
                await sign_ups.sign_up(session, here, need, volunteer, actor="test")
        except OverlappingCommitment:
            return False
        return True

    assert sum(await asyncio.gather(*map(one, calls))) == 1
    async with committed.reading() as session:
        taken = Counter(await session.scalars(select(Need.taken_count)))
    assert taken == {0: 11, 1: 1}


async def test_one_task_after_the_other_is_no_overlap(desk: Office) -> None:
    who = await desk.volunteer()
    noon = moment(2)
    before = await activity(desk, starts_at=moment(0.5), ends_at=noon)
    after = await activity(desk, starts_at=noon, ends_at=moment(4))
    assert [(await sign_up(desk, call, who)).json()["state"] for call in (before, after)] == [
        "confirmed",
        "confirmed",
    ]


async def test_who_waits_may_promise_the_time_elsewhere_and_is_passed_over(desk: Office) -> None:
    call, other = await activity(desk, {"role": "x", "capacity": 1}), await activity(desk)
    first, busy, free = [await desk.volunteer() for _ in range(3)]
    made = [(await sign_up(desk, call, who)).json() for who in (first, busy, free)]
    await sign_up(desk, other, busy)

    await desk.post(f"/sign-ups/{made[0]['id']}/cancellation")

    listed = (await desk.get(f"/activities/{call['id']}/sign-ups")).json()["items"]
    assert [one["state"] for one in made] == ["confirmed", "waiting", "waiting"]
    assert [one["state"] for one in listed] == ["cancelled", "waiting", "confirmed"]
    assert listed[2]["name"] == free["name"]
    again = await desk.post(f"/sign-ups/{made[0]['id']}/cancellation")
    assert (again.status_code, again.json()["code"]) == (409, "sign-up-over")


async def test_where_approval_is_asked_asking_takes_no_place(desk: Office) -> None:
    call = await activity(desk, {"role": "x", "capacity": 1}, needs_approval=True)
    who = [await desk.volunteer() for _ in range(3)]
    made = [(await sign_up(desk, call, one)).json() for one in who]

    answers = [
        (await desk.post(f"/sign-ups/{one['id']}/answer", {"accepted": accepted})).json()["state"]
        for one, accepted in zip(made, (False, True, True), strict=True)
    ]
    twice = await desk.post(f"/sign-ups/{made[0]['id']}/answer", {"accepted": True})

    assert {one["state"] for one in made} == {"asked"}
    assert answers == ["declined", "confirmed", "waiting"]
    assert (twice.status_code, twice.json()["code"]) == (409, "sign-up-not-asked")


async def test_a_larger_capacity_lets_in_who_waits(desk: Office) -> None:
    call = await activity(desk, {"role": "x", "capacity": 1})
    for _ in range(4):
        await sign_up(desk, call, await desk.volunteer())
    need = call["needs"][0]["id"]

    more = await desk.post(f"/needs/{need}/capacity", {"capacity": 3})
    fewer = await desk.post(f"/needs/{need}/capacity", {"capacity": 2})

    assert more.json()["taken_count"] == 3
    assert (fewer.status_code, fewer.json()["code"]) == (409, "capacity-below-taken")


async def test_a_role_that_moves_looks_for_overlaps_anew(desk: Office) -> None:
    call = await activity(desk, {"role": "x", "capacity": 1, "starts_at": moment(0), "ends_at": moment(1)})
    other = await activity(desk, {"role": "x", "capacity": 1, "starts_at": moment(2), "ends_at": moment(3)})
    who = await desk.volunteer()
    for one in (call, other):
        assert (await sign_up(desk, one, who)).status_code == 201
    need = call["needs"][0]["id"]

    into = await desk.post(f"/needs/{need}/times", {"starts_at": moment(1), "ends_at": moment(2.5)})
    free = await desk.post(f"/needs/{need}/times", {"starts_at": moment(0.5), "ends_at": moment(1.5)})

    assert (into.status_code, into.json()["code"]) == (409, "overlapping-commitment")
    assert free.status_code == 200
    [row] = (await desk.get(f"/activities/{call['id']}/sign-ups")).json()["items"]
    assert row["ends_at"] == free.json()["ends_at"]


async def test_nobody_signs_up_twice_or_for_somebody_else(desk: Office) -> None:
    call = await activity(desk)
    one, other = await desk.volunteer(), await desk.volunteer()
    own = await desk.sign_in(one["phone"])
    stranger = await desk.sign_in(other["phone"])
    body = {"need_id": call["needs"][0]["id"]}

    made = await own.post("/me/sign-ups", body)
    twice = await own.post("/me/sign-ups", body)
    theirs = await stranger.post(f"/me/sign-ups/{made.json()['id']}/cancellation")

    assert made.json()["state"] == "confirmed"
    assert (twice.status_code, twice.json()["code"]) == (409, "already-signed-up")
    assert theirs.status_code == 404
    assert [row["id"] for row in (await own.get("/me/sign-ups")).json()["items"]] == [made.json()["id"]]
