"""Statistics: by subtree, months and category, equal to what counting anew would say."""

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.volunteers.calls import served
from tests.volunteers.office import Office, person


async def below(desk: Office, app: FastAPI, session: WriteSession) -> Office:
    city = await make.organization(session, parent=desk.organization)
    headers = await make.sign_in(app, session, Role.volunteer_coordinator, city)
    return Office(client=desk.client, headers=headers, organization=city, codes=desk.codes)


async def figures(desk: Office, **asked: object) -> dict:
    answer = await desk.client.get(f"/v1/volunteers/statistics/{desk.organization.id}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_subtree_counts_each_person_once(app: FastAPI, desk: Office, session: WriteSession) -> None:
    city = await below(desk, app, session)
    both = person()
    await desk.volunteer(**both)
    there = await city.volunteer(**both)
    await city.volunteer()
    team = await city.team()
    await served(city, there, 120, team_id=team["id"])
    await served(city, there, 60, served_on="2026-04-01", category="health")

    whole, alone = await figures(desk), await figures(desk, below=False)
    march = await figures(desk, month_from="2026-03-15", month_to="2026-03-20")
    before = await figures(city, month_to="2020-01-01")

    assert (whole["new_volunteer_count"], whole["volunteer_count"], whole["team_count"]) == (2, 2, 1)
    assert (whole["minutes"], whole["hours"], whole["record_count"]) == (180, "3.0", 2)
    assert {one["category"]: one["minutes"] for one in whole["by_category"]} == {"elderly": 120, "health": 60}
    assert (alone["new_volunteer_count"], alone["minutes"], alone["team_count"]) == (1, 0, 0)
    assert (march["minutes"], march["record_count"]) == (120, 1)
    assert (before["volunteer_count"], before["team_count"]) == (0, 0)
    year = await figures(desk, month_from=f"{today().year}-01-01", month_to=f"{today().year}-12-31")
    assert year["new_volunteer_count"] == 2


async def test_league_tables_are_in_order_and_name_nobody(
    app: FastAPI, desk: Office, session: WriteSession
) -> None:
    city = await below(desk, app, session)
    team, other = await city.team(), await city.team()
    one, two = await city.volunteer(), await city.volunteer()
    for who, minutes, at in ((one, 60, team), (two, 180, other), (two, 30, other)):
        await served(city, who, minutes, team_id=at["id"])
    await served(desk, await desk.volunteer(), 10)

    answer = await desk.get(f"/statistics/{desk.organization.id}/leagues", count=2)
    stranger = await city.get(f"/statistics/{desk.organization.id}/leagues")

    told = answer.json()
    assert [(row["id"], row["minutes"]) for row in told["teams"]] == [(other["id"], 210), (team["id"], 60)]
    assert [row["minutes"] for row in told["organizations"]] == [270, 10]
    assert [row["id"] for row in told["volunteers"]] == [two["id"], one["id"]]
    assert one["name"] not in answer.text
    assert stranger.status_code == 404


async def test_a_teams_figures_hold_those_below_it(desk: Office) -> None:
    top = await desk.team()
    under = await desk.team(parent_id=top["id"])
    who = await desk.volunteer()
    for team in (top, under):
        await desk.post(f"/teams/{team['id']}/members", {"volunteer_id": who["id"]})
        await served(desk, who, 45, team_id=team["id"])
    address = f"/statistics/{desk.organization.id}/teams/{top['id']}"
    told = (await desk.get(address)).json()
    assert told == {
        "team_id": top["id"],
        "team_count": 2,
        "member_count": 1,
        "minutes": 90,
        "record_count": 2,
    }


async def test_a_team_without_confirmed_time_has_figures_of_zero(desk: Office) -> None:
    team = await desk.team()
    told = await desk.get(f"/statistics/{desk.organization.id}/teams/{team['id']}")
    assert (told.status_code, told.json()) == (
        200,
        {"team_id": team["id"], "team_count": 1, "member_count": 0, "minutes": 0, "record_count": 0},
    )
    elsewhere = await desk.get(f"/statistics/{team['id']}/teams/{team['id']}")
    assert elsewhere.status_code == 404


async def test_figures_are_for_everybody(client: AsyncClient, desk: Office) -> None:
    answer = await client.get(f"/v1/volunteers/statistics/{desk.organization.id}")
    assert answer.status_code == 200
    assert "ETag" in answer.headers
