"""Sites: milestones in their order, an acceptance by somebody else, targets, costs and a map."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.attachments import stores
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.kit.models import OutboxEvent
from app.organizations import grants
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.kit.attachments.pictures import TAKEN_AT
from tests.projects.office import Office, office


async def test_a_bridge_goes_from_the_survey_to_its_complete_file(
    desk: Office, session: WriteSession
) -> None:
    project = await desk.running()
    site = await desk.site(project)
    assert list(await desk.milestones(site)) == [
        *("survey", "construction", "quality", "acceptance", "plaque", "file_complete")
    ]
    await desk.reach(site, "survey", on="2026-03-20")
    assert (await desk.get(f"/sites/{site['id']}")).json()["state"] == "surveyed"
    await desk.reach(site, "construction", on="2026-09-12", attachment_ids=[await desk.upload()])
    await desk.reach(site, "quality", on="2026-09-20")
    accepted = await desk.accept(site)

    assert accepted.status_code == 201, accepted.text
    told = accepted.json()
    assert (told["state"], told["accepted_on"], told["cost"]["amount"]) == (
        "accepted",
        "2026-10-20",
        56_500_00,
    )
    plaque = {"inscription": "慈安桥", "set_up_on": "2026-10-25", "names_donor": False}
    await desk.made(f"/sites/{site['id']}/plaque", plaque)
    await desk.reach(site, "file_complete", on="2026-11-01", attachment_ids=[await desk.upload()])
    assert {one["done_on"] is not None for one in (await desk.milestones(site)).values()} == {True}
    upkeep = {"looked_on": "2026-11-20", "condition": "good", "work": "清理", "next_due_on": "2027-05-20"}
    await desk.made(f"/sites/{site['id']}/upkeep", upkeep)
    assert [one["condition"] for one in (await desk.get(f"/sites/{site['id']}/upkeep")).json()["items"]] == [
        "good"
    ]
    topics = select(OutboxEvent.topic).where(OutboxEvent.subject == f"site:{site['id']}")
    assert list(await session.scalars(topics)) == ["site.accepted"]


async def test_a_photograph_tells_its_hash_its_time_and_how_far_away_it_was_taken(desk: Office) -> None:
    project = await desk.running()
    near, far = await desk.site(project), await desk.site(project, latitude_microdegrees=35_265_472)
    for site in (near, far):
        await desk.reach(site, "survey", attachment_ids=[await desk.upload()])
    photos: list[dict[str, Any]] = []
    for site in (near, far):
        survey = (await desk.milestones(site))["survey"]["id"]
        photos += (await desk.get(f"/milestones/{survey}/photos")).json()["items"]

    assert [one["distance_metres"] for one in photos] == [0, 111_195]
    assert photos[0]["taken_at"] == TAKEN_AT.astimezone().isoformat().replace("+00:00", "Z")
    assert len(photos[0]["sha256"]) == 64
    content = await desk.client.get(f"/v1/attachments/{photos[0]['id']}/content", headers=desk.reviewer)
    assert content.status_code == 200


async def test_milestones_are_reached_in_their_order(desk: Office) -> None:
    site = await desk.site(await desk.running())
    found = await desk.milestones(site)

    async def refused(kind: str, on: str = "2026-09-01") -> str:
        answer = await desk.post(f"/milestones/{found[kind]['id']}/completion", {"done_on": on})
        return str(answer.json()["code"])

    assert await refused("construction") == "milestone-too-early"
    assert await refused("acceptance") == await refused("plaque") == "milestone-elsewhere"
    assert await refused("survey", "2999-01-01") == "day-ahead"
    await desk.reach(site, "survey", on="2026-05-01")
    assert await refused("construction", "2026-04-30") == "milestone-too-early"
    assert await refused("survey") == "milestone-done"
    assert await refused("file_complete") == "milestone-too-early"
    due = await desk.made(f"/milestones/{found['quality']['id']}/due-day", {"due_on": "2026-09-30"})
    assert due["due_on"] == "2026-09-30"
    waiting = await desk.get("/milestones", done=False, due_on_to="2026-09-30")
    assert [one["kind"] for one in waiting.json()["items"]] == ["quality"]


async def test_an_acceptance_needs_what_comes_before_it_and_another_person(
    app: FastAPI, session: WriteSession, desk: Office
) -> None:
    project = await desk.running()
    site = await desk.site(project)
    assert (await desk.accept(site)).json()["code"] == "acceptance-incomplete"
    await desk.reach(site, "survey", "construction", "quality")
    without_photo = await desk.accept(site)
    assert without_photo.json()["code"] == "acceptance-incomplete"
    other = await desk.built(project)
    assert (await desk.accept(other, cost=1, passed=True)).status_code == 201
    assert (await desk.accept(other)).json()["code"] in {"accepted-already", "milestone-done"}
    assert (await desk.post(f"/sites/{other['id']}/acceptances", {}, by=desk.headers)).status_code == 422

    both = await make.staff(session, desk.organization, Role.project_officer)
    await grants.give(session, both, desk.organization, role=Role.reviewer, given_by="test")
    headers = await make.headers(app, session, both)
    mine = Office(
        client=desk.client, headers=headers, reviewer=headers, admin=headers, organization=desk.organization
    )
    own = await mine.built(project)
    assert (await mine.accept(own)).json()["code"] == "own-work-accepted"
    assert (await desk.accept(own)).status_code == 201


async def test_what_failed_is_checked_for_its_quality_again(desk: Office) -> None:
    site = await desk.built(await desk.running())
    failed = await desk.accept(site, passed=False, findings="护栏高度不足")

    assert (failed.status_code, failed.json()["state"]) == (201, "built")
    assert (await desk.accept(site)).json()["code"] == "acceptance-incomplete"
    await desk.reach(site, "quality", on="2026-10-25")
    assert (await desk.accept(site, inspected_on="2026-10-28")).json()["state"] == "accepted"
    told = (await desk.get(f"/sites/{site['id']}/acceptances")).json()["items"]
    assert [one["passed"] for one in told] == [False, True]


async def test_a_name_on_a_plaque_needs_the_beneficiaries_consent(desk: Office) -> None:
    site = await desk.built(await desk.running())
    plaque = {"inscription": "某某桥", "set_up_on": "2026-10-25", "names_donor": True}
    early = await desk.post(f"/sites/{site['id']}/plaque", plaque)
    await desk.accept(site)
    unasked = await desk.post(f"/sites/{site['id']}/plaque", plaque)
    asked = await desk.post(f"/sites/{site['id']}/plaque", plaque | {"consented_on": "2026-10-01"})
    again = await desk.post(f"/sites/{site['id']}/plaque", plaque | {"consented_on": "2026-10-01"})

    codes = [one.json().get("code") for one in (early, unasked, asked, again)]
    assert codes == ["site-not-accepted", "plaque-without-consent", None, "plaque-already"]


async def test_what_was_accepted_or_dropped_stays(desk: Office) -> None:
    project = await desk.running()
    site, dropped = await desk.built(project), await desk.site(project)
    await desk.accept(site)
    await desk.made(f"/sites/{dropped['id']}/drop", {"reason": "改线"})
    for one in (site, dropped):
        tag = (await desk.get(f"/sites/{one['id']}")).headers["etag"]
        changed = await desk.patch(f"/sites/{one['id']}", {"cost": {"amount": 1, "currency": "CNY"}}, tag)
        assert changed.json()["code"] == "site-accepted"
        assert (await desk.post(f"/sites/{one['id']}/drop", {"reason": "x"})).status_code == 409
    open_site = await desk.site(project)
    tag = (await desk.get(f"/sites/{open_site['id']}")).headers["etag"]
    changed = await desk.patch(f"/sites/{open_site['id']}", {"contractor": "某公司"}, tag)
    assert changed.json()["contractor"] == "某公司"
    assert (await desk.patch(f"/sites/{open_site['id']}", {"village": "乙村"}, tag)).status_code == 412


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"kind": "clinic"}, "site-unfit"),
        ({"longitude_microdegrees": None}, "site-unfit"),
        ({"region_code": "999999"}, "region-unknown"),
        ({"code": "TAKEN"}, "site-code-taken"),
    ],
)
async def test_what_cannot_be_so_is_refused(desk: Office, over: dict[str, Any], code: str) -> None:
    project = await desk.running()
    site = await desk.site(project, code="TAKEN")
    names = ("project_id", "title", "kind", "structure", "region_code", "village")
    places = ("latitude_microdegrees", "longitude_microdegrees")
    body = {name: site[name] for name in (*names, *places)} | {"code": "NEW"}
    answer = await desk.post("/sites", body | over)
    assert answer.json()["code"] == code
    assert (await desk.post("/sites", body | {"project_id": str(new_id())})).status_code == 404


async def test_targets_stand_beside_what_was_accepted_in_that_year(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    programme = await desk.programme()
    path = f"/programmes/{programme['id']}/targets"
    target = {"year": 2026, "site_kind": "bridge", "site_count": 3}
    assert (await desk.made(path, target))["accepted_count"] == 0
    assert (await desk.post(path, target)).json()["code"] == "target-twice"
    city = await office(app, client, session, await make.organization(session, parent=desk.organization))
    for one in (desk, city):
        site = await one.built(await one.running(programme_id=programme["id"]))
        assert (await one.accept(site)).status_code == 201
    await desk.accept(await desk.built(await desk.running()))

    [told] = (await city.get(path)).json()["items"]
    assert (told["accepted_count"], told["percent"]) == (2, 66)


async def test_a_bridge_that_cost_far_more_than_its_like_stands_out(desk: Office) -> None:
    project = await desk.running()
    sites = [await desk.built(project) for _ in range(6)]
    for number, site in enumerate(sites):
        cost = 500_000_00 if number == 5 else 50_000_00 + number * 1_000_00
        assert (await desk.accept(site, cost=cost)).status_code == 201

    told = (await desk.get("/sites/costs", kind="bridge")).json()

    [group] = told["groups"]
    assert (group["structure"], group["site_count"], group["middle"]["amount"]) == ("slab", 6, 2_600_00)
    [far] = told["outliers"]
    assert (far["id"], far["per_metre"]["amount"]) == (sites[5]["id"], 25_000_00)


async def test_sites_are_on_the_map_where_they_are(desk: Office) -> None:
    project = await desk.running()
    site = await desk.site(project)
    await desk.site(project, latitude_microdegrees=None, longitude_microdegrees=None)

    told = (await desk.get("/sites/map", kind="bridge", region_code="610900")).json()

    assert (told["type"], told["complete"]) == ("FeatureCollection", True)
    [feature] = told["features"]
    assert (feature["id"], feature["geometry"]["coordinates"]) == (site["id"], [108.954239, 34.265472])
    assert (await desk.get("/sites/map", state="accepted")).json()["features"] == []
    found = await desk.get("/sites", q="示例", structure="slab", include="summary")
    assert found.json()["summary"]["count"] == 2


async def test_of_two_who_accept_a_bridge_at_once_one_does(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Any
) -> None:
    committed_app.state.store = stores.opened(f"file://{tmp_path}/files")
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
    site = await desk.built(await desk.running())

    answers = await asyncio.gather(*(desk.accept(site) for _ in range(5)))

    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409]
