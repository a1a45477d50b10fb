"""Activities: published with all information and risks, and only to whom a task may be given."""

from datetime import timedelta

import pytest

from app.kit.clock import today
from app.kit.ids import new_id
from tests.volunteers.calls import activity, moment, sign_up, told
from tests.volunteers.office import Office, id_number


@pytest.mark.parametrize("missing", ["content", "risks", "served_group", "responsible", "contact"])
async def test_nothing_is_published_without_its_risks_and_the_rest(desk: Office, missing: str) -> None:
    body = told(desk)
    del body[missing]
    draft = (await desk.post("/activities", body)).json()

    refused = await desk.post(f"/activities/{draft['id']}/publication")
    unseen = await desk.client.get(f"/v1/volunteers/calendar/{draft['id']}")

    assert (refused.status_code, refused.json()["code"]) == (422, "activity-incomplete")
    assert refused.json()["missing"] == [missing]
    assert unseen.status_code == 404


async def test_everybody_reads_what_is_published(desk: Office) -> None:
    made = await activity(desk)
    await activity(desk, publish=False)

    listed = await desk.client.get(
        "/v1/volunteers/calendar", params={"organization_id": str(desk.organization.id)}
    )
    read = await desk.client.get(f"/v1/volunteers/calendar/{made['id']}")

    assert [one["id"] for one in listed.json()["items"]] == [made["id"]]
    assert (read.json()["risks"], read.json()["needs"][0]["capacity"]) == ("路面湿滑", 10)
    # Who is responsible did not agree to be named: those who work there read it.
    assert (read.json()["contact"], made["responsible"]) == ("029-00000000", "负责人")
    assert not any("responsible" in one for one in (read.json(), *listed.json()["items"]))
    assert {one["state"] for one in (await desk.get("/activities")).json()["items"]} == {"draft", "published"}


async def test_a_draft_is_changed_and_what_is_published_stays(desk: Office) -> None:
    draft = await activity(desk, publish=False)
    tag = (await desk.get(f"/activities/{draft['id']}")).headers["ETag"]
    spot = {"latitude": 34.265, "longitude": 108.954, "radius_metres": 300}

    changed = await desk.patch(f"/activities/{draft['id']}", {"title": "改题"} | spot, tag)
    half = await desk.patch(f"/activities/{draft['id']}", {"latitude": 1.0}, changed.headers["ETag"])
    published = await desk.post(f"/activities/{draft['id']}/publication")
    late = await desk.patch(f"/activities/{draft['id']}", {"title": "x"}, published.headers["ETag"])

    assert {name: changed.json()[name] for name in spot} == spot
    assert changed.json()["title"] == "改题"
    assert half.status_code == 422
    assert (late.status_code, late.json()["code"]) == (409, "activity-not-draft")


async def test_times_are_in_order_and_within(desk: Office) -> None:
    reversed_ = await desk.post("/activities", told(desk, starts_at=moment(3), ends_at=moment(1)))
    outside = await desk.post(
        "/activities", told(desk, {"role": "x", "capacity": 1, "starts_at": moment(-9), "ends_at": moment(1)})
    )
    for answer in (reversed_, outside):
        assert (answer.status_code, answer.json()["code"]) == (422, "activity-times-reversed")


async def insurance(desk: Office, **over: object) -> dict:
    body = {
        "organization_id": str(desk.organization.id),
        "insurer": "某保险公司",
        "policy_no": "PA-1",
        "starts_on": str(today() - timedelta(days=30)),
        "ends_on": str(today() + timedelta(days=30)),
        "everybody": False,
    }
    return (await desk.post("/policies", body | over)).json()


async def test_dangerous_service_takes_insurance(desk: Office) -> None:
    draft = await activity(desk, publish=False, dangerous=True)
    bare = await desk.post(f"/activities/{draft['id']}/publication")
    ended = await insurance(desk, policy_no="PA-0", ends_on=str(today() - timedelta(days=2)))
    tag = (await desk.get(f"/activities/{draft['id']}")).headers["ETag"]
    changed = await desk.patch(f"/activities/{draft['id']}", {"policy_id": ended["id"]}, tag)
    over = await desk.post(f"/activities/{draft['id']}/publication")
    policy = await insurance(desk)
    await desk.patch(f"/activities/{draft['id']}", {"policy_id": policy["id"]}, changed.headers["ETag"])
    published = await desk.post(f"/activities/{draft['id']}/publication")
    who = await desk.volunteer()

    without = await sign_up(desk, published.json(), who)
    named = await desk.post(f"/policies/{policy['id']}/people", {"volunteer_ids": [who["id"]]})
    foreign = await desk.post(
        f"/policies/{policy['id']}/people", {"volunteer_ids": [who["id"], str(new_id())]}
    )
    with_it = await sign_up(desk, published.json(), who)

    for answer in (bare, over):
        assert (answer.status_code, answer.json()["code"]) == (409, "insurance-missing")
    assert published.status_code == 200, published.text
    assert (without.status_code, without.json()["code"]) == (409, "not-insured")
    assert (named.status_code, foreign.status_code) == (204, 404)
    assert with_it.json()["state"] == "confirmed"
    twice = await desk.post(
        "/policies",
        {
            "organization_id": str(desk.organization.id),
            "insurer": "x",
            "policy_no": "PA-1",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
            "everybody": True,
        },
    )
    assert (twice.status_code, twice.json()["code"]) == (409, "policy-no-taken")
    assert len((await desk.get("/policies")).json()["items"]) == 2


async def test_a_task_takes_age_skill_and_licence(desk: Office) -> None:
    need = {
        "role": "急救",
        "capacity": 5,
        "skills": ["first_aid"],
        "qualifications": ["first_aid_certificate"],
        "age_min": 18,
        "age_max": 60,
    }
    call = await activity(desk, need)
    young = await desk.volunteer(document_number=id_number(f"{today().year - 16}0101"), skills=["first_aid"])
    unskilled = await desk.volunteer()
    able = await desk.volunteer(skills=["first_aid"])
    licence = {
        "organization_id": str(desk.organization.id),
        "code": "first_aid_certificate",
        "paper_number": "CPR-0001",
        "valid_from": "2020-01-01",
        "valid_to": str(today() - timedelta(days=2)),
    }

    refused = [(await sign_up(desk, call, who)).json() for who in (young, unskilled, able)]
    await desk.post(f"/{able['id']}/qualifications", licence)
    ended = await sign_up(desk, call, able)
    held = await desk.post(f"/{able['id']}/qualifications", licence | {"valid_to": None})
    taken = await sign_up(desk, call, able)

    assert [one["code"] for one in refused] == ["age-out-of-bounds", "skill-missing", "not-qualified"]
    assert "born_on" not in str(refused)
    assert ended.json()["code"] == "not-qualified"
    assert "CPR-0001" not in held.text
    assert taken.json()["state"] == "confirmed"
    assert len((await desk.get(f"/{able['id']}/qualifications")).json()["items"]) == 2


async def test_an_activity_called_off_frees_everybodys_time(desk: Office) -> None:
    call, other = await activity(desk), await activity(desk)
    who = await desk.volunteer()
    await sign_up(desk, call, who)
    assert (await sign_up(desk, other, who)).json()["code"] == "overlapping-commitment"

    off = await desk.post(f"/activities/{call['id']}/cancellation")

    assert (off.json()["state"], off.json()["needs"][0]["taken_count"]) == ("cancelled", 0)
    assert (await sign_up(desk, other, who)).json()["state"] == "confirmed"
    assert (await sign_up(desk, call, await desk.volunteer())).json()["code"] == "activity-not-published"
