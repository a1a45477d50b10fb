"""Charitable trusts and registers: filed in a week, reported each year; plain lists beside them."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.clock import today
from app.kit.database import WriteSession
from tests.fundraising.desk import fen
from tests.fundraising.filings.office import Office, iso, office
from tests.fundraising.filings.test_plans import code


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)


def trust(here: Office, **over: Any) -> dict[str, Any]:
    return {
        "organization_id": str(here.officer.organization.id),
        "code": "CT-01",
        "title": "抗疫慈善信托",
        "role": "settlor",
        "purpose": "支援一线",
        "beneficiary_scope": "不特定的医护人员",
        "property": fen(10_000_000_00),
        "signed_on": iso(-400),
        "settlor": "某委托人",
        "settlor_public": False,
        "trustee": trustee(starts_on=iso(-400)),
    } | over


def trustee(**over: Any) -> dict[str, Any]:
    return {
        "trustee": "某信托公司",
        "kind": "trust_company",
        "authority": "西安市民政局",
        "starts_on": iso(-3),
    } | over


async def established(here: Office, **over: Any) -> dict[str, Any]:
    made = await here.officer.post("/trusts", trust(here, **over))
    assert made.status_code == 201, made.text
    return made.json()


async def file(here: Office, made: dict[str, Any], which: int, number: str, on: str) -> Response:
    url = f"/trusts/{made['id']}/trustees/{made['trustees'][which]['id']}/filing"
    return await here.officer.post(url, {"filing_no": number, "filed_on": on})


async def test_a_trust_is_filed_within_seven_days_and_so_is_another_trustee(here: Office) -> None:
    made = await established(here)
    first = made["trustees"][0]
    late = await file(here, made, 0, "备案-1", iso(-392))
    second = (await here.officer.post(f"/trusts/{made['id']}/trustees", trustee(kind="charity"))).json()
    again = await here.officer.post(f"/trusts/{made['id']}/trustees", trustee())
    taken = await file(here, second, 1, "备案-1", iso())
    in_time = await file(here, second, 1, "备案-2", iso())
    twice = await file(here, second, 1, "备案-3", iso())

    assert (first["due_on"], first["late"]) == (iso(-393), True)
    assert late.json()["trustees"][0]["late"] is True
    assert code(again) == (409, "trustee-known")
    assert code(taken) == code(twice) == (409, "trust-filing-taken")
    assert [one["late"] for one in in_time.json()["trustees"]] == [True, False]


async def test_a_trust_is_reported_every_year_by_the_end_of_march(here: Office) -> None:
    begun = iso(-1200)
    made = await established(here, signed_on=begun, trustee=trustee(starts_on=begun))
    year, url = today().year - 2, f"/trusts/{made['id']}/reports"
    body = {
        "year": year,
        "affairs": "资助300人",
        "property": fen(8_000_000_00),
        "granted": fen(2_000_000_00),
        "reported_on": f"{year + 1}-03-31",
        "published_on": f"{year + 1}-03-31",
    }

    reported = await here.officer.post(url, body)
    twice = await here.officer.post(url, body)
    early = await here.officer.post(url, body | {"year": year + 2})
    listed = (await here.officer.get(url)).json()["items"]

    assert (reported.json()["due_on"], reported.json()["late"]) == (f"{year + 1}-03-31", False), reported.text
    assert code(twice) == (409, "trust-reported")
    assert code(early) == (422, "step-date-wrong")
    assert [one["year"] for one in listed] == [year]


async def test_a_settlor_publishes_within_thirty_days_and_is_named_only_if_they_agree(here: Office) -> None:
    made = await established(here, signed_on=iso(-10), trustee=trustee())
    shown = await established(
        here, code="CT-02", role="trustee", signed_on=iso(-10), settlor_public=True, trustee=trustee()
    )
    url = f"/v1/fundraising/trusts/{made['id']}"
    published = await here.officer.post(f"/trusts/{made['id']}/publication", {"on": iso()})
    again = await here.officer.post(f"/trusts/{made['id']}/publication", {"on": iso()})
    taken = await here.officer.post("/trusts", trust(here))

    assert (made["publish_due_on"], shown["publish_due_on"]) == (iso(20), None)
    assert published.json()["published_on"] == iso()
    assert code(again) == (422, "step-date-wrong")
    assert code(taken) == (409, "trust-code-taken")
    assert made["settlor"] == "某委托人"
    assert (await here.officer.client.get(url, headers=here.reviewer)).json()["settlor"] is None
    other = f"/v1/fundraising/trusts/{shown['id']}"
    assert (await here.officer.client.get(other, headers=here.reviewer)).json()["settlor"] == "某委托人"
    listed = (await here.officer.get("/trusts", role="settlor")).json()["items"]
    assert [one["code"] for one in listed] == ["CT-01"]


async def test_a_named_fund_is_a_fund_of_the_books(here: Office) -> None:
    body = {
        "organization_id": str(here.officer.organization.id),
        "code": "F-WEIXING",
        "title": "微星基金",
        "kind": "micro",
        "purpose": "支持志愿服务队",
        "founded_on": iso(-1),
    }

    founded = await here.officer.post("/named-funds", body)
    twice = await here.officer.post("/named-funds", body)
    [listed] = (await here.officer.get("/named-funds")).json()["items"]

    assert founded.status_code == 201, founded.text
    assert code(twice) == (409, "fund-code-taken")
    assert listed == founded.json()
    assert (listed["title"], listed["kind"]) == ("微星基金", "micro")


async def test_needs_are_told_and_met(here: Office) -> None:
    body = {
        "organization_id": str(here.officer.organization.id),
        "region_code": "610924",
        "title": "取暖设备",
        "quantity": "12台",
    }
    made = (await here.officer.post("/needs", body)).json()
    nowhere = await here.officer.post("/needs", body | {"region_code": "999999"})

    met = await here.officer.post(f"/needs/{made['id']}/end", {"met_by": "某企业捐赠"})
    again = await here.officer.post(f"/needs/{made['id']}/end", {})

    assert code(nowhere) == (422, "region-unknown")
    assert (met.json()["state"], met.json()["met_by"]) == ("met", "某企业捐赠")
    assert code(again) == (409, "need-not-open")
    assert [one["state"] for one in (await here.officer.get("/needs")).json()["items"]] == ["met"]


async def test_love_supermarkets_are_listed(here: Office) -> None:
    body = {
        "organization_id": str(here.officer.organization.id),
        "name": "某村爱心超市",
        "region_code": "610924",
        "address": "某镇某村",
        "household_count": 120,
        "opened_on": iso(-10),
    }
    made = (await here.officer.post("/love-supermarkets", body)).json()
    twice = await here.officer.post("/love-supermarkets", body)
    closed = await here.officer.post(f"/love-supermarkets/{made['id']}/closing", {"closed_on": iso()})
    again = await here.officer.post(f"/love-supermarkets/{made['id']}/closing", {"closed_on": iso()})

    assert code(twice) == code(again) == (409, "supermarket-known")
    assert closed.json()["closed_on"] == iso()
    [listed] = (await here.officer.get("/love-supermarkets")).json()["items"]
    assert listed["household_count"] == 120
