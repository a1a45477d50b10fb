"""Plans: written, checked by machine and by name, submitted in time, filed under a number of their own."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.database import WriteSession
from app.organizations import grants
from app.organizations.access import Role
from tests.factories import organizations as members
from tests.fundraising.desk import bank
from tests.fundraising.filings.office import USCC, Office, filing_no, iso


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def reviewed(here: Office, **over: Any) -> str:
    path = await here.draft(**over)
    assert (await here.officer.post(f"{path}/plan", here.plan())).status_code == 201
    await here.review(path)
    return path


async def test_a_plan_goes_from_draft_to_its_filing_number(here: Office) -> None:
    path = await here.draft()
    written = await here.officer.post(f"{path}/plan", here.plan())
    assert written.status_code == 201, written.text
    assert (written.json()["state"], written.json()["due_on"], written.json()["late"]) == (
        "draft",
        iso(4),
        False,
    )

    await here.review(path)
    submitted = await here.submit(path)
    number = filing_no()
    filed = await here.file(path, number)

    assert submitted.json()["state"] == "submitted"
    assert (filed.json()["state"], filed.json()["filing_no"], filed.json()["filed_on"]) == (
        "filed",
        number,
        iso(),
    )
    assert (await here.officer.get(path)).json()["filing_no"] == number


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"responsible_full_time": False}, "responsible-not-full-time"),
        ({"beneficiary_count": 1}, "beneficiary-named"),
        ({"beneficiary_scope": "患者，身份证号610103199001011234"}, "beneficiary-named"),
        ({"decided_on": None}, "decision-missing"),
        ({"legal_representative_agreed": False}, "decision-missing"),
    ],
)
async def test_what_a_machine_can_decide_is_refused_with_its_article(
    here: Office, over: dict[str, Any], refusal: str
) -> None:
    path = await here.draft()
    made = await here.officer.post(f"{path}/plan", here.plan(**over))
    assert made.status_code == 201, made.text
    await here.review(path)

    answer = await here.submit(path)

    assert code(answer) == (422, refusal)
    assert "第" in answer.json()["article"]


async def test_every_required_field_that_is_missing_is_named(here: Office) -> None:
    path = await here.draft(target=None)
    whole = here.plan()
    few = {name: whole[name] for name in ("use_of_money", "area")}
    assert (await here.officer.post(f"{path}/plan", few)).status_code == 201

    answer = await here.submit(path)

    assert code(answer) == (422, "plan-incomplete")
    missing = set(answer.json()["missing"])
    assert {"use_plan", "bank_channel_id", "responsible_id", "remainder", "target_minor"} <= missing
    assert not {"use_of_money", "area", "title"} & missing


@pytest.mark.parametrize(("days", "status"), [(14 + 3 * 365, 200), (14 + 3 * 366, 422)])
async def test_a_campaign_lasts_three_years_at_most(here: Office, days: int, status: int) -> None:
    path = await reviewed(here, ends_on=iso(days - 1 if status == 200 else days))

    answer = await here.submit(path)

    assert answer.status_code == status, answer.text
    if status == 422:
        assert (answer.json()["code"], answer.json()["years_max"]) == ("plan-too-long", 3)


async def test_in_an_emergency_it_lasts_one_year_at_most(here: Office) -> None:
    said = {"code": "FLOOD-1", "title": "洪灾", "response_level": "三级", "opened_on": iso(-3)}
    body = said | {"organization_id": str(here.officer.organization.id)}
    emergency = (await here.officer.post("/emergencies", body)).json()["id"]
    path = await reviewed(here, emergency_id=emergency, starts_on=iso(-2), ends_on=iso(400))

    answer = await here.submit(path)

    assert (answer.json()["code"], answer.json()["years_max"]) == ("plan-too-long", 1)


async def test_the_account_is_the_organizations_own(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Office
) -> None:
    other = await members.organization(session)
    foreign = await bank(session, other, in_plans=True)
    unnamed = await bank(session, here.officer.organization)
    path = await here.draft()

    of_another = await here.officer.post(f"{path}/plan", here.plan(bank_channel_id=str(foreign.id)))
    made = await here.officer.post(f"{path}/plan", here.plan(bank_channel_id=str(unnamed.id)))
    await here.review(path)
    not_in_plans = await here.submit(path)

    assert code(of_another) == (422, "account-not-own")
    assert made.status_code == 201
    assert code(not_in_plans) == (422, "account-not-own")


async def test_the_person_in_charge_works_here(here: Office, session: WriteSession) -> None:
    stranger = await members.staff(session, await members.organization(session))
    path = await here.draft()
    await here.officer.post(f"{path}/plan", here.plan(responsible_id=str(stranger.id)))
    await here.review(path)

    assert code(await here.submit(path)) == (422, "responsible-not-full-time")


async def test_what_a_machine_can_not_decide_a_named_reviewer_answers(here: Office) -> None:
    path = await here.draft()
    await here.officer.post(f"{path}/plan", here.plan())
    unanswered = await here.submit(path)
    answers = await here.review(path, agreed=False)
    denied = await here.submit(path)
    again = (await here.review(path))[0]
    checks = (await here.officer.get(f"{path}/plan/checks")).json()["checks"]

    assert code(unanswered) == (409, "review-incomplete")
    assert set(unanswered.json()["unanswered"]) >= {"capacity", "need", "cost_minimal"}
    assert answers[0].json()["reviewed_by"].startswith("staff:")
    assert denied.json()["denied"] == unanswered.json()["unanswered"]
    assert code(again) == (409, "question-answered")
    asked = {one["name"]: one for one in checks}
    assert (asked["capacity"]["number"], asked["capacity"]["verdict"], asked["capacity"]["reason"]) == (
        5,
        "denied",
        "属实",
    )
    assert asked["duration"]["verdict"] == "met"
    assert {one["number"] for one in checks} >= set(range(1, 10))
    assert all(one["mark"] and one["article"] for one in checks)


async def test_who_wrote_a_plan_does_not_answer_for_it(
    app: FastAPI, session: WriteSession, here: Office
) -> None:
    both = await members.staff(session, here.officer.organization, Role.fundraising_officer)
    await grants.give(session, both, here.officer.organization, role=Role.reviewer, given_by="test")
    alone = replace(here.officer, headers=await members.headers(app, session, both))
    path = await here.draft()
    await alone.post(f"{path}/plan", here.plan())

    answer = await alone.post(
        f"{path}/plan/reviews", {"question": "capacity", "agreed": True, "reason": "可以"}
    )

    assert code(answer) == (409, "reviewed-own-plan")


async def test_a_rewritten_plan_is_answered_for_anew(here: Office) -> None:
    path = await reviewed(here)
    read = await here.officer.get(f"{path}/plan")
    headers = here.officer.headers | {"If-Match": read.headers["etag"]}
    url = f"/v1/fundraising{path}/plan"

    unseen = await here.officer.client.patch(url, json={"area": "安康市"}, headers=here.officer.headers)
    changed = await here.officer.client.patch(url, json={"area": "安康市"}, headers=headers)
    stale = await here.officer.client.patch(url, json={"area": "汉中市"}, headers=headers)

    assert [unseen.status_code, changed.status_code, stale.status_code] == [428, 200, 412]
    assert changed.json()["area"] == "安康市"
    assert code(await here.submit(path)) == (409, "review-incomplete")


async def test_a_plan_is_submitted_ten_days_before_the_start(here: Office) -> None:
    in_time, late = await reviewed(here, starts_on=iso(10)), await reviewed(here, starts_on=iso(9))

    assert (await here.submit(in_time)).status_code == 200
    answer = await here.submit(late)
    assert code(answer) == (409, "filed-too-late")
    assert answer.json()["article"] == "公开募捐管理办法 第十一条"


async def test_one_sent_back_is_completed_within_five_days(here: Office) -> None:
    path = await reviewed(here)
    await here.submit(path)
    back = await here.officer.post(f"{path}/plan/return", {"returned_on": iso(), "reason": "缺附件"})
    assert (back.json()["state"], back.json()["due_on"]) == ("returned", iso(5))

    assert code(await here.submit(path)) == (409, "review-incomplete")
    await here.review(path)
    assert (await here.submit(path)).json()["state"] == "submitted"


async def test_a_filing_number_is_checked_and_belongs_to_one_campaign(here: Office) -> None:
    first, second = await reviewed(here), await reviewed(here)
    unsubmitted = await here.file(first)
    await here.submit(first)
    await here.submit(second)
    number = filing_no()
    malformed = await here.file(first, "陕募备2026-001")
    foreign = await here.file(first, f"{'51' + USCC[2:]}A26001")
    early = await here.file(first, number, on=iso(-1))
    assert (await here.file(first, number)).status_code == 200
    twice = await here.file(second, number)

    assert code(unsubmitted) == (409, "plan-not-submitted")
    assert code(malformed) == (422, "filing-number-malformed")
    assert code(foreign) == (422, "filing-number-of-another")
    assert code(early) == (422, "filing-date-wrong")
    assert code(twice) == (409, "campaign-code-taken")


async def test_a_campaign_has_one_plan_and_its_facts_stay_while_the_authority_has_it(here: Office) -> None:
    path = await reviewed(here)
    second = await here.officer.post(f"{path}/plan", here.plan())
    await here.submit(path)
    etag = (await here.officer.get(path)).headers["etag"]
    url = f"/v1/fundraising{path}"
    headers = here.officer.headers | {"If-Match": etag}

    renamed = await here.officer.client.patch(url, json={"title": "别的名称"}, headers=headers)
    plan_etag = (await here.officer.get(f"{path}/plan")).headers["etag"]
    rewritten = await here.officer.client.patch(
        f"{url}/plan", json={"area": "全国"}, headers=here.officer.headers | {"If-Match": plan_etag}
    )

    assert code(second) == (409, "plan-exists")
    assert code(renamed) == (409, "campaign-plan-submitted")
    assert code(rewritten) == (409, "plan-not-ours")


async def test_the_form_has_the_authoritys_seventeen_fields(here: Office) -> None:
    path = await here.filed(plan=here.plan(support_project="桥" * 101))

    form = (await here.officer.get(f"{path}/plan/form")).json()

    assert form.pop("too_long") == ["support_project"]
    partner = {name: form.pop(name) for name in ("has_partner", "partner_type", "partner_name")}
    assert (len(form), partner["has_partner"]) == (17, False)
    assert (form["name"], form["fundras_target"], form["recipient_num"], form["offsite_fundraising"]) == (
        "慈安桥",
        "1000000.00",
        "3000",
        False,
    )
    assert form["no"].startswith(USCC)
