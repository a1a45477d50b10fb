"""Changes of filed plans: told in time with reasons; another use only at the end of its steps."""

from typing import Any

from httpx import Response

from tests.fundraising.filings.office import Office, iso
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
