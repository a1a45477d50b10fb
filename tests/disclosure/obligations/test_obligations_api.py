"""Obligations over HTTP: the calendar, what is done about them, and what everybody may know."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.disclosure.models import Obligation
from app.disclosure.obligations import lists, states
from app.fundraising.models import Campaign
from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.access import Role
from app.organizations.models import LegalForm, Organization
from tests.disclosure.obligations.scenes import association, campaign, day, made, the
from tests.factories import organizations as members

BASE = "/v1/disclosure"


@dataclass(frozen=True, kw_only=True)
class Office:
    """A county with a campaign that ended two years ago, a province above it, and their officers."""

    client: AsyncClient
    session: WriteSession
    member: Organization
    above: Organization
    headers: dict[str, str]
    upper: dict[str, str]

    async def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        given = self.headers if headers is None else headers
        return await self.client.get(f"{BASE}{path}", params=asked, headers=given)

    async def post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
        return await self.client.post(f"{BASE}{path}", json=body, headers=headers or self.headers)

    async def late(self, member: Organization | None = None) -> set[tuple[str, str]]:
        answer = await self.get(f"/organizations/{(member or self.member).id}/late", {}, limit=200)
        assert answer.status_code == 200, answer.text
        return {(one["rule_id"], one["due_on"]) for one in answer.json()["items"]}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    above = await association(session, books_from="2024-01-01")
    member = await members.organization(
        session, parent=above, legal_form=LegalForm.association, books_from=day("2025-01-01")
    )
    return Office(
        client=client,
        session=session,
        member=member,
        above=above,
        headers=await members.sign_in(app, session, Role.disclosure_officer, member),
        upper=await members.sign_in(app, session, Role.disclosure_officer, above),
    )


async def final_account(here: Office, starts: str = "2024-10-01", ends: str = "2024-12-31") -> Obligation:
    appeal = await campaign(here.session, here.above, starts, ends)
    await made(here.session, here.above, today())
    return await the(here.session, here.above, "OB-B6", subject_id=appeal.id)


async def test_a_calendar_of_one_and_of_all_below(here: Office) -> None:
    final = await final_account(here)
    await made(here.session, here.member, today())

    own = await here.get("/obligations", organization_id=str(here.above.id), headers=here.upper)
    every = await here.get(
        "/obligations", within=str(here.above.id), include="summary", headers=here.upper, limit=5
    )
    below = await here.get("/obligations", within=str(here.above.id))
    one = await here.get(
        "/obligations",
        headers=here.upper,
        rule_id="OB-B6",
        state="late",
        mark="A",
        calendar_from="2025-03-31",
        calendar_to="2025-03-31",
        subject_id=str(final.subject_id),
    )

    assert {item["organization_id"] for item in own.json()["items"]} == {str(here.above.id)}
    assert {item["organization_id"] for item in below.json()["items"]} == {str(here.member.id)}
    assert every.json()["summary"]["count"] == len(own.json()["items"]) + len(below.json()["items"])
    assert every.json()["next_cursor"]
    [item] = one.json()["items"]
    assert (item["regulation"], item["article"], item["state"]) == ("CL-2023", "79; GM 21", "late")
    assert item["title_zh"] == "公开募捐结束后的全面、详细公开"
    dates = [item["own_day_on"] or item["due_on"] or "9999" for item in own.json()["items"]]
    assert dates == sorted(dates)


async def test_an_obligation_is_prepared_filed_and_filed_again_after_a_mistake(
    here: Office, app: FastAPI, tmp_path: Any
) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}")
    final = await final_account(here)
    path, who = f"/obligations/{final.id}", here.upper
    uploaded = await here.client.post(
        "/v1/attachments",
        data={"organization_id": str(here.above.id), "kind": "screenshot", "access": "internal"},
        files={"file": ("公示.pdf", b"%PDF-1.4\n%%EOF\n")},
        headers=who,
    )
    evidence = uploaded.json()["id"]
    before = (await here.get(path, who)).json()
    ready = await here.post(
        f"{path}/preparation", {"prepared_on": "2025-02-01", "preparation": "公示稿"}, who
    )
    body = {"place": "慈善中国", "reference": "2025-0001", "filed_on": "2025-03-30", "evidence": [evidence]}
    filed = await here.post(f"{path}/filings", body, who)
    again = await here.post(f"{path}/filings", body, who)

    assert (before["state"], before["allowed_actions"]) == ("late", ["prepare", "record_filing"])
    # Prepared is not published: what is late stays late until somebody has published it.
    assert (ready.json()["state"], ready.json()["preparation"]) == ("late", "公示稿")
    assert filed.status_code == 201
    assert (filed.json()["state"], filed.json()["fulfilled_on"]) == ("fulfilled", "2025-03-30")
    [filing] = filed.json()["filings"]
    assert filing["evidence"] == [evidence]
    assert (await here.client.get(f"/v1/attachments/{evidence}", headers=who)).status_code == 200
    assert (again.status_code, again.json()["code"]) == (409, "attachment-not-free")

    gone = await here.post(f"{path}/filings/{filing['id']}/withdrawal", {"reason": "登记错误"}, who)
    twice = await here.post(f"{path}/filings/{filing['id']}/withdrawal", {"reason": "登记错误"}, who)
    assert (gone.json()["state"], gone.json()["filings"][0]["withdrawn_reason"]) == ("late", "登记错误")
    assert (twice.status_code, twice.json()["code"]) == (409, "filing-withdrawn")

    later = body | {"filed_on": "2025-04-20", "evidence": [], "address": "https://cszg.mca.gov.cn/x"}
    assert (await here.post(f"{path}/filings", later, who)).json()["fulfilled_on"] == "2025-04-20"


async def test_a_filing_says_where_it_is_found_and_lies_in_the_past(here: Office) -> None:
    final = await final_account(here)
    path = f"/obligations/{final.id}/filings"
    nowhere = await here.post(path, {"place": "慈善中国", "filed_on": "2025-03-30"}, here.upper)
    ahead = {
        "place": "慈善中国",
        "reference": "1",
        "filed_on": (today() + timedelta(days=1)).isoformat(),
    }
    future = await here.post(path, ahead, here.upper)
    assert nowhere.status_code == 422
    assert (future.status_code, future.json()["code"]) == (422, "filed-ahead")


async def test_an_account_of_an_end_is_filed_after_it_and_again_if_it_was_none(here: Office) -> None:
    final = await final_account(here)
    path, body = f"/obligations/{final.id}", {"place": "慈善中国", "reference": "1", "filed_on": "2025-01-10"}
    early = await here.post(f"{path}/filings", body | {"filed_on": "2024-12-30"}, here.upper)
    filed = await here.post(f"{path}/filings", body, here.upper)
    await here.post(f"{path}/preparation", {"prepared_on": "2025-01-05", "preparation": "公示稿"}, here.upper)
    appeal = await here.session.get_one(Campaign, final.subject_id)
    appeal.ends_on = day("2025-06-30")
    await here.session.flush()
    await made(here.session, here.above, today())
    again = (await here.get(path, here.upper)).json()

    assert (early.status_code, early.json()["code"]) == (422, "filed-before")
    assert filed.json()["state"] == "fulfilled"
    # The campaign went on: its account is owed from its new end, and all that was recorded can be read.
    assert (again["state"], again["due_on"], again["preparation"]) == ("late", "2025-09-30", None)
    assert [one["filed_on"] for one in again["filings"]] == ["2025-01-10"]


async def test_only_rules_that_are_not_sure_are_overruled(here: Office) -> None:
    final = await final_account(here)
    report = await the(here.session, here.above, "OB-B4a-supervisor", number=2024)
    wish = {"kind": "another_day", "day_on": "2999-01-01", "reason": "主管单位通知"}

    refused = await here.post(f"/obligations/{final.id}/overrides", wish, here.upper)
    moved = await here.post(f"/obligations/{report.id}/overrides", wish, here.upper)
    waived = await here.post(
        f"/obligations/{report.id}/overrides", {"kind": "not_applicable", "reason": "无主管单位"}, here.upper
    )
    closed = await here.post(
        f"/obligations/{report.id}/filings",
        {"place": "民政厅", "reference": "1", "filed_on": "2025-03-01"},
        here.upper,
    )
    await made(here.session, here.above, today())
    kept = (await here.get(f"/obligations/{report.id}", here.upper)).json()
    lifted = await here.post(
        f"/obligations/{report.id}/overrides", {"kind": "lifted", "reason": "已恢复"}, here.upper
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "rule-not-overridable")
    assert (moved.status_code, moved.json()["state"]) == (201, "upcoming")
    assert (waived.json()["state"], waived.json()["waived_reason"]) == ("not_applicable", "无主管单位")
    assert (closed.status_code, closed.json()["code"]) == (409, "obligation-over")
    assert kept["state"] == "not_applicable"
    assert [one["kind"] for one in lifted.json()["overrides"]] == [
        *("another_day", "not_applicable", "lifted")
    ]
    assert (lifted.json()["state"], lifted.json()["own_day_on"]) == ("late", None)


async def test_a_threshold_is_set_by_the_organization_and_then_judges(here: Office) -> None:
    await made(here.session, here.member, today())
    unset = await the(here.session, here.member, "OB-B11")
    body = {
        "organization_id": str(here.member.id),
        "rule_id": "OB-B11",
        "amount": {"amount": 100, "currency": "CNY"},
        "valid_from": "2026-01-01",
        "document": "财务制度",
    }
    state = (await here.get(f"/obligations/{unset.id}")).json()
    made_one = await here.post("/thresholds", body)
    twice = await here.post("/thresholds", body)
    none = await here.post("/thresholds", body | {"rule_id": "OB-B6"})
    await made(here.session, here.member, today())
    after = (await here.get(f"/obligations/{unset.id}")).json()

    assert (state["state"], state["due_on"], state["allowed_actions"]) == ("threshold_not_set", None, [])
    assert made_one.status_code == 201, made_one.text
    assert (twice.status_code, twice.json()["code"]) == (409, "threshold-day-taken")
    assert (none.status_code, none.json()["code"]) == (422, "rule-without-threshold")
    assert after["state"] == "not_applicable"
    assert [one["document"] for one in (await here.get("/thresholds")).json()["items"]] == ["财务制度"]


async def test_a_checklist_tells_what_our_data_cannot_fill(here: Office) -> None:
    final = await final_account(here)
    report = await the(here.session, here.above, "OB-B4", number=2025)

    async def checked(one: Obligation) -> dict[str, str]:
        read = (await here.get(f"/obligations/{one.id}", here.upper)).json()
        return {item["code"]: item["state"] for item in read["checklist"]}

    assert await checked(final) == {
        "raised": "filled",
        "used": "filled",
        "unspent_plan": "empty",
        "partner_supervision": "filled",
    }
    annual = await checked(report)
    assert (annual["donations_received"], annual["staff_pay"]) == ("filled", "empty")


async def test_everybody_knows_only_what_is_late_by_a_text_that_was_read_twice(here: Office) -> None:
    await final_account(here, "2024-10-01", "2024-12-31")
    found = await here.late(here.above)
    read = (await here.get("/obligations", here.upper, state="late", limit=200)).json()["items"]
    behind = {(one["rule_id"], one["mark"]) for one in read}

    assert ("OB-B6", "2025-03-31") in found
    assert {rule_id for rule_id, _ in found} <= {rule_id for rule_id, mark in behind if mark == "A"}
    # Yearly filings of mark B are late for staff, and nobody else's business.
    assert ("OB-B4a-supervisor", "B") in behind
    assert "OB-B4a-supervisor" not in {rule_id for rule_id, _ in found}
    assert (await here.get(f"/organizations/{here.member.id}/late", {})).json()["items"] == []
    nobody = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
    assert (await here.get(f"/organizations/{nobody}/late", {})).status_code == 404


async def test_nothing_is_publicly_late_before_five_worked_days_or_without_all_inputs(here: Office) -> None:
    final = await final_account(here, "2026-03-01", "2026-06-25")
    # Due on Friday 25 September, Mid-Autumn; last day Monday the 28th; then come 29, 30 and the long week.
    assert (final.due_on, final.rolled_on) == (day("2026-09-25"), day("2026-09-28"))

    async def named(on: date) -> bool:
        query = lists.publicly_late([here.above.id], day=on, read=states.Readings())
        return final.id in {one.id for one in await here.session.scalars(query)}

    # 29 and 30 September, 8, 9 and Saturday 10 October are worked.
    assert [await named(day(one)) for one in ("2026-09-29", "2026-10-10", "2026-10-11")] == [
        *(False, False, True)
    ]
    final.complete = False
    await here.session.flush()
    assert not await named(day("2026-11-11"))


async def test_rules_are_listed_with_their_marks_page_by_page(here: Office) -> None:
    seen: list[tuple[str, str]] = []
    cursor = None
    while True:
        asked = {"limit": 20} | ({"cursor": cursor} if cursor else {})
        page = (await here.get("/rules", **asked)).json()
        seen += [(one["id"], one["regulation"]) for one in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(seen) == len(set(seen)) > 45
    old = (await here.get("/rules", day="2020-06-01", trigger="campaign_end")).json()["items"]
    assert [(one["id"], one["regulation"], one["mark"]) for one in old] == [("OB-B6", "CL-2016", "A")]
    practice = (await here.get("/rules", mark="C")).json()["items"]
    assert [(one["id"], one["sourced"], one["article"]) for one in practice] == [
        *(("OB-E7", True, ""), ("OB-F1", False, ""), ("OB-F9", False, ""))
    ]
    report = (await here.get("/rules", id="OB-B4", day="2026-01-01")).json()["items"]
    assert [(one["unit"], one["day_of_year"]) for one in report] == [("day_of_year", "05-31")]


async def test_what_is_below_or_elsewhere_is_not_acted_on(here: Office, app: FastAPI) -> None:
    await made(here.session, here.member, today())
    one = await the(here.session, here.member, "OB-B4a-supervisor", number=2025)
    elsewhere = await members.organization(here.session)
    stranger = await members.sign_in(app, here.session, Role.disclosure_officer, elsewhere)
    viewer = await members.sign_in(app, here.session, Role.viewer, here.member)
    wish = {"kind": "not_applicable", "reason": "x"}

    assert (await here.get(f"/obligations/{one.id}", here.upper)).status_code == 200
    assert (await here.post(f"/obligations/{one.id}/overrides", wish, here.upper)).status_code == 403
    assert (await here.post(f"/obligations/{one.id}/overrides", wish, viewer)).status_code == 403
    assert (await here.get(f"/obligations/{one.id}", stranger)).status_code == 404
    read = (await here.get(f"/obligations/{one.id}", viewer)).json()
    assert read["allowed_actions"] == []
