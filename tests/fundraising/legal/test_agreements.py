"""Donation agreements: what the law refuses, what a reviewer answers, and what follows from a signature."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.fundraising.desk import fen
from tests.fundraising.filings.office import Office, iso, office
from tests.fundraising.filings.test_plans import code


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)


def agreement(here: Office, **over: Any) -> dict[str, Any]:
    return {
        "organization_id": str(here.officer.organization.id),
        "number": "XY-001",
        "donor_name": "某公司",
        "donor_kind": "organization",
        "domicile": "mainland",
        "property_kind": "货币资金",
        "quantity": "人民币100万元",
        "quality": "不适用",
        "use_of_property": "建桥",
        "delivery_on": iso(30),
        "amount": fen(1_000_000_00),
    } | over


async def drafted(here: Office, **over: Any) -> str:
    made = await here.officer.post("/agreements", agreement(here, **over))
    assert made.status_code == 201, made.text
    return f"/agreements/{made.json()['id']}"


@pytest.mark.parametrize(
    ("over", "refusal", "article"),
    [
        ({"tobacco": True}, "tobacco-advertised", "慈善法 第四十条"),
        ({"state_owned": True}, "approval-reference-missing", "慈善法 第四十三条"),
        ({"domicile": "overseas"}, "foreign-gift-unapproved", "慈善法 第一百零二条"),
        ({"domicile": "hk_mo_tw"}, "foreign-gift-unapproved", "慈善法 第一百零二条"),
        ({"naming": "某某桥"}, "naming-without-consent", "慈善法 第九十九条"),
    ],
)
async def test_what_the_law_refuses_is_refused_with_its_article_and_mark(
    here: Office, over: dict[str, Any], refusal: str, article: str
) -> None:
    answer = await here.officer.post("/agreements", agreement(here, **over))

    assert code(answer) == (422, refusal)
    assert (answer.json()["article"], answer.json()["mark"]) == (article, "A")


async def test_with_the_states_approval_and_the_beneficiarys_consent_it_is_taken(here: Office) -> None:
    reference = {"approval_reference": "批准文号1"}
    for number, over in enumerate(
        [
            {"state_owned": True} | reference,
            {"domicile": "overseas"} | reference,
            {"naming": "某某桥", "naming_consented_on": iso(-1)},
        ]
    ):
        path = await drafted(here, number=f"XY-1{number}", **over)
        assert (await here.officer.post(f"{path}/signature", {"signed_on": iso()})).status_code == 200
    listed = (await here.officer.get("/agreements", domicile="overseas")).json()["items"]
    assert [one["number"] for one in listed] == ["XY-11"]


async def test_an_interested_person_among_beneficiaries_is_a_reviewers_question(here: Office) -> None:
    path = await drafted(here, names_beneficiaries=True)
    client, url = here.officer.client, f"/v1/fundraising{path}"

    asked = await here.officer.post(f"{path}/signature", {"signed_on": iso()})
    said = {"disinterested": False, "reason": "受益人系捐赠人亲属"}
    denied = await client.post(f"{url}/review", json=said, headers=here.reviewer)
    still = await here.officer.post(f"{path}/signature", {"signed_on": iso()})
    said = {"disinterested": True, "reason": "已更换受益人"}
    agreed = await client.post(f"{url}/review", json=said, headers=here.reviewer)
    signed = await here.officer.post(f"{path}/signature", {"signed_on": iso()})

    assert code(asked) == code(still) == (409, "interest-unanswered")
    assert denied.json()["reviewed_by"].startswith("staff:")
    assert agreed.json()["review_reason"] == "已更换受益人"
    assert signed.json()["state"] == "signed", signed.text


async def test_promised_sales_begin_after_the_signature(here: Office) -> None:
    path = await drafted(here, sales_from=iso(-2))

    late = await here.officer.post(f"{path}/signature", {"signed_on": iso(-1)})
    in_time = await here.officer.post(f"{path}/signature", {"signed_on": iso(-2)})

    assert code(late) == (409, "sales-begun-before")
    assert in_time.json()["state"] == "signed"


async def test_a_donor_is_commended_after_being_asked(here: Office) -> None:
    path = await drafted(here)
    url, day = f"{path}/commendation", {"commended_on": iso()}
    early = await here.officer.post(url, day | {"donor_asked_on": iso(-1)})
    await here.officer.post(f"{path}/signature", {"signed_on": iso(-5)})

    unasked = await here.officer.post(url, day)
    asked_after = await here.officer.post(url, {"commended_on": iso(-2), "donor_asked_on": iso(-1)})
    asked = await here.officer.post(url, day | {"donor_asked_on": iso(-1)})

    assert code(early) == (409, "agreement-state-wrong")
    assert code(unasked) == (409, "donor-not-asked")
    assert code(asked_after) == (422, "step-date-wrong")
    assert asked.json()["commended_on"] == iso()


async def test_a_donors_name_is_told_to_those_who_may_see_donors(here: Office) -> None:
    path = await drafted(here, donor_name="王某某", donor_kind="individual")
    twice = await here.officer.post("/agreements", agreement(here))
    seen = (await here.officer.get(path)).json()
    masked = (await here.officer.client.get(f"/v1/fundraising{path}", headers=here.reviewer)).json()

    assert code(twice) == (409, "agreement-number-taken")
    assert (seen["donor_name"], masked["donor_name"]) == ("王某某", None)


async def test_a_use_that_was_agreed_with_a_donor_changes_with_their_consent_only(here: Office) -> None:
    path = await here.filed()
    signed = await drafted(here, campaign_id=path.rpartition("/")[2], use_agreed=True)
    await here.officer.post(f"{signed}/signature", {"signed_on": iso()})
    body = {
        "changed_on": iso(),
        "reason": "需要变化",
        "decided_on": iso(),
        "decided_by": "理事会",
        "changes": {"use_of_money": "修路"},
    }

    made = await here.officer.post(f"{path}/plan/changes", body)
    filed = await here.officer.post(f"{path}/plan/changes/{made.json()['id']}/filing", {"on": iso()})

    assert made.json()["consent_needed"] is True
    assert code(filed) == (409, "change-step-wrong")
