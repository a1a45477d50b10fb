"""Changes of filed plans: told in time with reasons; another use only at the end of its steps."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from httpx import Response

from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations import platforms
from app.organizations.models import Platform
from tests.fundraising.filings.office import Office, designate, iso
from tests.fundraising.filings.test_plans import code


async def change(here: Office, path: str, changes: dict[str, Any], **over: Any) -> Response:
    body = {
        "changed_on": iso(-2),
        "reason": "工期顺延",
        "decided_on": iso(-3),
        "decided_by": "理事会",
        "changes": changes,
    } | over
    return await here.officer.post(f"{path}/plan/changes", body)


async def step(here: Office, path: str, change_id: str, name: str, on: str | None = None) -> Response:
    return await here.officer.post(f"{path}/plan/changes/{change_id}/{name}", {"on": on or iso()})


async def test_a_change_is_filed_within_ten_days_with_its_reason(here: Office) -> None:
    path = await here.filed()

    made = await change(here, path, {"ends_on": iso(230), "area": "全国"})
    told = made.json()
    filed = await step(here, path, told["id"], "filing")
    again = await step(here, path, told["id"], "filing")

    assert made.status_code == 201, made.text
    assert (told["kind"], told["due_on"], told["late"]) == ("items", iso(8), False)
    assert told["changes"]["ends_on"] == {"from": iso(200), "to": iso(230)}
    assert (filed.json()["filed_on"], filed.json()["late"]) == (iso(), False)
    assert code(again) == (409, "change-step-wrong")
    assert (await here.officer.get(path)).json()["ends_on"] == iso(230)
    assert (await here.officer.get(f"{path}/plan")).json()["area"] == "全国"


async def test_one_that_was_not_filed_in_time_reads_late(here: Office) -> None:
    path = await here.filed()

    await change(here, path, {"area": "全国"}, changed_on=iso(-11), decided_on=iso(-12))
    [listed] = (await here.officer.get(f"{path}/plan/changes")).json()["items"]

    assert (listed["due_on"], listed["late"]) == (iso(-1), True)


async def test_the_checks_hold_for_what_comes_out_of_a_change(here: Office) -> None:
    path = await here.filed()

    too_long = await change(here, path, {"ends_on": iso(4 * 366)})
    for_one = await change(here, path, {"beneficiary_count": 1})
    same = await change(here, path, {"area": "陕西省"})
    draft = await change(here, await here.draft(), {"area": "全国"})

    assert code(too_long) == (422, "plan-too-long")
    assert code(for_one) == (422, "beneficiary-named")
    assert code(same) == (422, "nothing-changed")
    assert code(draft) == (404, "plan-not-found")
    assert (await here.officer.get(path)).json()["ends_on"] == iso(200)


async def test_another_use_holds_after_resolution_consent_filing_and_publication(here: Office) -> None:
    path = await here.filed()
    made = await change(here, path, {"use_of_money": "修路"}, consent_needed=True)
    second = await change(here, path, {"use_of_money": "打井"})
    mixed = await change(here, path, {"use_plan": "修路三条", "area": "全国"})
    change_id = made.json()["id"]

    too_early = [await step(here, path, change_id, name) for name in ("filing", "publication")]
    assert made.json()["kind"] == "use"
    assert code(second) == (409, "change-pending")
    assert code(mixed) == (409, "change-step-wrong")
    assert [code(one) for one in too_early] == [(409, "change-step-wrong")] * 2
    for name in ("consent", "filing"):
        assert (await step(here, path, change_id, name)).status_code == 200
        assert (await here.officer.get(f"{path}/plan")).json()["use_of_money"] == "建桥"
    before = await step(here, path, change_id, "publication", iso(-1))
    published = await step(here, path, change_id, "publication")

    assert code(before) == (422, "filing-date-wrong")
    assert published.json()["published_on"] == iso()
    assert (await here.officer.get(f"{path}/plan")).json()["use_of_money"] == "修路"
    assert (await change(here, path, {"use_of_money": "打井"})).status_code == 201


async def test_a_share_of_the_costs_goes_by_the_plan_that_the_authority_has(here: Office) -> None:
    path, free = await here.filed(), await here.draft()

    async def add(at: str, share: int = 500) -> Response:
        number = new_code(8)
        use = {"code": number, "title": "养护", "fund_code": f"F-{number}", "cost_share_basis_points": share}
        return await here.officer.post(f"{at}/designations", use)

    assert (await here.officer.post(f"{free}/plan", here.plan())).status_code == 201
    draft = await add(free)
    await here.review(free)
    assert (await here.submit(free)).status_code == 200
    submitted, refused, without = await add(free), await add(path), await add(path, share=0)
    other = await change(here, path, {"area": "全国"})
    costs = await change(here, path, {"management_cost_note": "不超过5%"})
    await step(here, path, other.json()["id"], "filing")
    untold = await add(path)
    await step(here, path, costs.json()["id"], "filing")

    assert (draft.status_code, without.status_code) == (201, 201), draft.text
    assert [code(one) for one in (submitted, refused, untold)] == [(409, "campaign-plan-submitted")] * 3
    assert (await add(path)).status_code == 201


async def test_the_platforms_of_a_filed_plan_change_within_the_law(
    here: Office, session: WriteSession
) -> None:
    def page(platform: Platform, title: str = "慈安桥") -> dict[str, str]:
        return {"platform_id": str(platform.id), "page_title": title}

    at = here.officer.organization
    second, third = [
        (await platforms.create(session, at, slug=f"p{new_code(8).lower()}", name="某平台"))[0] for _ in "23"
    ]
    await designate(session, second)
    path = await here.filed(here.plan(platforms=[page(here.platform)]))

    made = await change(here, path, {"platforms": [page(here.platform), page(second)]})
    same = await change(here, path, {"platforms": [page(second), page(here.platform)]})
    undesignated = await change(here, path, {"platforms": [page(third)]})
    other_title = await change(here, path, {"platforms": [page(second, "别的桥")]})

    told = made.json()
    assert made.status_code == 201, made.text
    assert (told["kind"], told["due_on"], told["reason"]) == ("items", iso(8), "工期顺延")
    named = {one["platform_id"] for one in told["changes"]["platforms"]["to"]}
    assert [one["platform_id"] for one in told["changes"]["platforms"]["from"]] == [str(here.platform.id)]
    assert named == {str(here.platform.id), str(second.id)}
    assert code(same) == (422, "nothing-changed")
    assert code(undesignated) == (409, "platform-not-designated")
    assert code(other_title) == (422, "page-title-differs")
    plan = (await here.officer.get(f"{path}/plan")).json()
    assert {one["platform_id"] for one in plan["platforms"]} == named


async def tasks_of(here: Office) -> list[tuple[str, str, str]]:
    answer = await here.officer.client.get("/v1/me/tasks", headers=here.officer.headers)
    assert answer.status_code == 200, answer.text
    return [
        (one["kind"], one["title"].rpartition("：")[2], one["since_at"])
        for one in answer.json()["items"]
        if one["kind"].startswith("plan")
    ]


def midnight(days: int) -> str:
    """When a day so many days from today begins in Shanghai, as JSON says it in UTC."""
    moment = datetime.combine(today() + timedelta(days=days), time(), LEGAL_ZONE)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


async def test_what_must_be_filed_soon_or_is_late_is_a_task_with_its_day(here: Office) -> None:
    far = await here.draft(starts_on=iso(14))
    soon = await here.draft(starts_on=iso(12))
    late = await here.draft(starts_on=iso(5))
    path = await here.filed()
    told = (await change(here, path, {"area": "全国"}, changed_on=iso(-11), decided_on=iso(-12))).json()

    codes = {one: (await here.officer.get(one)).json()["code"] for one in (far, soon, late, path)}
    before = await tasks_of(here)
    await step(here, path, told["id"], "filing")
    after = await tasks_of(here)

    to_file = [
        ("plan_filing", codes[late], midnight(-5)),
        ("plan_filing", codes[soon], midnight(2)),
    ]
    assert before == [to_file[0], ("plan_change_filing", codes[path], midnight(-1)), to_file[1]]
    assert after == to_file
    assert codes[far] not in str(before)


async def test_an_emergency_appeal_is_to_be_filed_ten_days_after_its_start(here: Office) -> None:
    body = {
        "organization_id": str(here.officer.organization.id),
        "code": f"FLOOD-{new_code(6)}",
        "title": "洪涝灾害",
        "response_level": "省级三级",
        "opened_on": iso(-9),
    }
    emergency = (await here.officer.post("/emergencies", body)).json()
    path = await here.draft(emergency_id=emergency["id"], starts_on=iso(-8), ends_on=iso(100))
    opened = await here.officer.post(f"{path}/opening", {})
    assert opened.status_code == 200, opened.text

    appeal = (await here.officer.get(path)).json()["code"]
    assert await tasks_of(here) == [("plan_filing", appeal, midnight(2))]
