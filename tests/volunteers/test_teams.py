"""Teams: a tree under each organization, its members and leaders, and its named fund."""

import asyncio

from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.volunteers import members, teams
from app.volunteers.models import Membership, RegistryMonth, Team
from app.volunteers.registry.errors import (
    MemberAlready,
    TeamParentInvalid,
)
from app.volunteers.teams import NewTeam
from tests.factories import organizations as make
from tests.factories import volunteers as people
from tests.volunteers.office import Office


async def test_teams_stand_below_one_another(desk: Office, session: WriteSession) -> None:
    top = await desk.team()
    below = await desk.team(parent_id=top["id"])
    foreign = await make.organization(session)
    other = await teams.found(
        session,
        NewTeam(organization_id=foreign.id, code="X", name="别处", founded_on=teams.date(2020, 1, 1)),
    )

    into_itself = await desk.post(f"/teams/{top['id']}/parent", {"parent_id": below["id"]})
    abroad = await desk.post(f"/teams/{below['id']}/parent", {"parent_id": str(other.id)})
    up = await desk.post(f"/teams/{below['id']}/parent", {"parent_id": None})

    assert (below["depth"], below["parent_id"]) == (2, top["id"])
    assert (into_itself.status_code, into_itself.json()["code"]) == (422, "team-parent-invalid")
    assert abroad.status_code == 422
    assert (up.json()["depth"], up.json()["parent_id"]) == (1, None)
    taken = await desk.post(
        "/teams",
        {
            "organization_id": str(desk.organization.id),
            "code": top["code"],
            "name": "重名",
            "founded_on": "2021-01-01",
        },
    )
    assert (taken.status_code, taken.json()["code"]) == (409, "team-code-taken")


async def test_two_teams_moved_below_each_other_at_once_make_no_circle(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        ids = [(await people.team(session, place)).id for _ in range(2)]

    async def move(one: int) -> bool:
        try:
            async with committed.writing() as session:
                mine, other = await teams.get(session, ids[one]), await teams.get(session, ids[1 - one])
                await asyncio.sleep(0.05)
                await teams.move(session, mine, other)
        except (DBAPIError, TeamParentInvalid):
            return False
        return True

    await asyncio.gather(move(0), move(1))
    async with committed.reading() as session:
        parents = {one.id: one.parent_id for one in await session.scalars(select(Team))}
    assert sum(parent is not None for parent in parents.values()) <= 1


async def test_a_team_is_dissolved_and_counted(desk: Office, session: WriteSession) -> None:
    team = await desk.team()
    early = await desk.post(f"/teams/{team['id']}/dissolution", {"dissolved_on": "2019-01-01"})
    gone = await desk.post(f"/teams/{team['id']}/dissolution", {"dissolved_on": "2026-01-31"})
    again = await desk.post(f"/teams/{team['id']}/dissolution", {"dissolved_on": "2026-01-31"})
    assert (early.status_code, early.json()["code"]) == (422, "dissolved-before-founded")
    assert gone.json()["dissolved_on"] == "2026-01-31"
    assert (again.status_code, again.json()["code"]) == (409, "team-dissolved")
    counted = await session.execute(select(RegistryMonth.team_count, RegistryMonth.dissolved_count))
    assert sorted(map(tuple, counted)) == [(0, 1), (1, 0)]


async def test_a_teams_named_fund_is_a_fund_of_the_books(
    app: FastAPI, desk: Office, session: WriteSession
) -> None:
    team, other = await desk.team(), await desk.team()
    accountant = Office(
        client=desk.client,
        headers=await make.sign_in(app, session, Role.accountant, desk.organization),
        organization=desk.organization,
        codes=desk.codes,
    )
    wanted = {"code": "WX-01", "title": "爱心服务队微星基金"}

    forbidden = await desk.post(f"/teams/{team['id']}/fund", wanted)
    opened = await accountant.post(f"/teams/{team['id']}/fund", wanted)
    again = await accountant.post(f"/teams/{team['id']}/fund", wanted)
    fund = {"fund_id": opened.json()["fund_id"]}
    shared = await accountant.post(f"/teams/{other['id']}/fund", fund)

    assert forbidden.status_code == 403
    assert opened.status_code == 201, opened.text
    assert opened.json()["balance"] == {"amount": 0, "currency": "CNY"}
    assert (again.status_code, again.json()["code"]) == (409, "team-has-fund")
    assert (shared.status_code, shared.json()["code"]) == (409, "team-has-fund")
    assert (await desk.get(f"/teams/{team['id']}/fund")).json()["fund_id"] == fund["fund_id"]
    assert (await desk.get(f"/teams/{other['id']}/fund")).status_code == 404


async def test_somebody_asks_joins_leads_and_leaves(desk: Office) -> None:
    team, made = await desk.team(), await desk.volunteer()
    own = await desk.sign_in(made["phone"])

    asked = (await own.post("/me/memberships", {"team_id": team["id"]})).json()
    twice = await own.post("/me/memberships", {"team_id": team["id"]})
    taken = await desk.post(f"/members/{asked['id']}/answer", {"accepted": True})
    leader = await desk.post(f"/members/{asked['id']}/appointment", {"role": "leader"})
    early = await desk.post(f"/members/{asked['id']}/leaving", {"left_on": "2020-01-01"})
    left = await own.post(f"/me/memberships/{asked['id']}/leaving")
    after = await desk.post(f"/members/{asked['id']}/leaving", {})

    assert asked["state"] == "asked"
    assert (twice.status_code, twice.json()["code"]) == (409, "member-already")
    assert (taken.json()["state"], taken.json()["joined_on"] is not None) == ("active", True)
    assert leader.json()["role"] == "leader"
    assert (early.status_code, early.json()["code"]) == (422, "leaves-before-joining")
    assert left.json()["state"] == "ended"
    assert (after.status_code, after.json()["code"]) == (409, "membership-ended")
    again = await own.post("/me/memberships", {"team_id": team["id"]})
    assert again.status_code == 201
    assert len((await own.get("/me/memberships")).json()["items"]) == 2


async def test_a_leader_sees_only_the_own_teams_people(desk: Office) -> None:
    mine, theirs = await desk.team(), await desk.team()
    below = await desk.team(parent_id=mine["id"])
    leader, one, other, deeper = [await desk.volunteer() for _ in range(4)]
    for team, who, role in (
        (mine, leader, "leader"),
        (mine, one, "member"),
        (theirs, other, "member"),
        (below, deeper, "member"),
    ):
        body = {"volunteer_id": who["id"], "role": role}
        assert (await desk.post(f"/teams/{team['id']}/members", body)).status_code == 201
    own = await desk.sign_in(leader["phone"])
    plain = await desk.sign_in(one["phone"])

    seen = (await own.get(f"/me/teams/{mine['id']}/members")).json()["items"]

    assert {who["name"] for who in seen} == {leader["name"], one["name"]}
    for team in (theirs, below):
        assert (await own.get(f"/me/teams/{team['id']}/members")).json()["code"] == "not-the-leader"
    assert (await plain.get(f"/me/teams/{mine['id']}/members")).status_code == 404
    asking = await desk.sign_in(other["phone"])
    asked = (await asking.post("/me/memberships", {"team_id": mine["id"]})).json()
    taken = await own.post(f"/me/teams/{mine['id']}/members/{asked['id']}/answer", {"accepted": True})
    assert taken.json()["state"] == "active"
    [not_mine] = [one["id"] for one in (await desk.get(f"/teams/{theirs['id']}/members")).json()["items"]]
    stolen = await own.post(f"/me/teams/{mine['id']}/members/{not_mine}/answer", {"accepted": True})
    assert stolen.status_code == 404
    # Whoever no longer leads no longer sees.
    [leading] = [who["id"] for who in seen if who["role"] == "leader"]
    await desk.post(f"/members/{leading}/appointment", {"role": "member"})
    assert (await own.get(f"/me/teams/{mine['id']}/members")).status_code == 404


async def test_everybody_finds_teams_to_join_and_nobodys_name(desk: Office) -> None:
    team = await desk.team()
    await desk.team(code="ZZ", region_code="610100")
    body = {"volunteer_id": (await desk.volunteer())["id"]}
    await desk.post(f"/teams/{team['id']}/members", body)
    answer = await desk.client.get(
        "/v1/volunteers/directory", params={"organization_id": str(desk.organization.id), "q": "zz"}
    )
    assert [one["code"] for one in answer.json()["items"]] == ["ZZ"]


async def test_joining_twice_at_once_makes_one_membership(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        team, who = await people.team(session, place), await people.volunteer(session, place)

    async def join() -> bool:
        try:
            async with committed.writing() as session:
                await members.join(session, team, who, actor="test")
        except MemberAlready:
            return False
        return True

    assert sum(await asyncio.gather(*(join() for _ in range(10)))) == 1
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Membership)) == 1
