"""Requests: a refusal names what is missing, others decide, and who is related keeps away."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.kit.ids import new_code
from app.kit.models import OutboxEvent
from app.ledger.models import Fund
from app.organizations.access import Role
from tests.projects.till import DAY, Till, money


async def missing(at: Till, body: dict[str, Any]) -> list[str]:
    answer = await at.post("/disbursements", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "checks-unmet"), answer.text
    return [one["check"] for one in answer.json()["errors"]]


async def test_a_request_is_decided_by_somebody_else_and_every_step_is_written_down(at: Till) -> None:
    project = await at.running()
    fund = await at.fund(100_00, project)
    body = at.asked(project, fund, await at.payee(), 60_00)

    made = await at.approved_disbursement(body)

    path = f"/disbursements/{made['id']}"
    assert (made["state"], made["way"]) == ("requested", "direct")
    assert made["allowed_actions"] == ["withdraw"]
    read = (await at.get(path)).json()
    assert (read["state"], read["arrived"], read["allowed_actions"]) == ("approved", money(0), ["withdraw"])
    steps = (await at.get(f"{path}/steps")).json()["items"]
    assert [(one["from_state"], one["to_state"]) for one in steps] == [
        (None, "requested"),
        ("requested", "approved"),
    ]
    assert steps[1]["actor"].startswith("approval:")
    # A decision is no payment: the fund still holds everything.
    assert await at.left(fund) == 100_00


async def test_above_fifty_thousand_a_second_person_decides_too(at: Till) -> None:
    project = await at.running()
    fund = await at.fund(100_000_00, project)
    made = await at.made("/disbursements", at.asked(project, fund, await at.payee(), 50_000_01))

    await at.decide()
    asked = (await at.client.get("/v1/approvals", headers=at.reviewer)).json()["items"]
    [mine] = [one for one in asked if one["subject_id"] == made["id"]]
    assert [step["role"] for step in mine["steps"]] == ["reviewer", "admin"]
    assert len({step["decided_by"] for step in mine["steps"]}) == 2
    assert (await at.get(f"/disbursements/{made['id']}")).json()["state"] == "approved"


async def test_a_refusal_names_everything_that_is_missing(at: Till) -> None:
    project = await at.project()
    other = await at.running()
    payee = await at.payee()
    fund = await at.fund(10_00, other)

    body = at.asked(project, fund, payee, 20_00, kind="collective")

    assert await missing(at, body) == ["project", "agreement", "purpose", "money"]
    headers = at.headers | {"Idempotency-Key": new_code(), "Accept-Language": "zh"}
    chinese = await at.client.post("/v1/projects/disbursements", json=body, headers=headers)
    assert "基金余额不足：余 10.00 元" in [one["detail"] for one in chinese.json()["errors"]]


async def test_an_agreement_is_in_force_within_its_amount_and_until_it_is_ended(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(100_00, project)
    over = await at.agreement(project, payee, valid_to="2026-01-31")
    capped = await at.agreement(project, payee, cap=money(50_00))
    body = at.asked(project, fund, payee, 30_00, kind="partner")

    assert await missing(at, body | {"agreement_id": over["id"]}) == ["agreement"]
    assert (over["in_force"], capped["in_force"]) == (False, True)
    first = await at.made("/disbursements", body | {"agreement_id": capped["id"]})
    assert await missing(at, body | {"agreement_id": capped["id"]}) == ["agreement_amount"]
    await at.made(f"/disbursements/{first['id']}/withdrawal")
    await at.made("/disbursements", body | {"agreement_id": capped["id"]})
    ended = await at.made(f"/payee-agreements/{capped['id']}/ending", {"reason": "合作终止"})
    assert (ended["in_force"], ended["end_reason"]) == (False, "合作终止")
    assert await missing(at, body | {"agreement_id": capped["id"]}) == ["agreement", "agreement_amount"]
    twice = await at.post(f"/payee-agreements/{capped['id']}/ending", {"reason": "x"})
    assert twice.json()["code"] == "agreement-ended"


async def test_the_next_payment_waits_for_the_last_report_where_one_is_asked_for(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(100_00, project)
    await at.account(payee)
    agreement = await at.agreement(project, payee, reports_due=True)
    body = at.asked(project, fund, payee, 30_00, kind="partner", agreement_id=agreement["id"])
    paid = await at.paid(body)

    assert await missing(at, body) == ["report"]
    told = {"reached": money(20_00), "reported_on": DAY.isoformat(), "content": "已发放二十元"}
    report = await at.made(f"/disbursements/{paid['id']}/reports", told)
    assert await missing(at, body) == ["report"]
    path = f"/disbursements/{paid['id']}/reports/{report['id']}"
    await at.made(f"{path}/refusal", {"reason": "缺签收表"}, by=at.reviewer)
    again = await at.made(f"/disbursements/{paid['id']}/reports", told)
    second = f"/disbursements/{paid['id']}/reports/{again['id']}/acceptance"
    accepted = await at.made(second, {}, by=at.reviewer)

    assert (again["number"], accepted["state"]) == (2, "accepted")
    await at.made("/disbursements", body)
    assert (await at.get(f"/disbursements/{paid['id']}")).json()["arrived"] == money(20_00)
    late = await at.post(f"{path}/acceptance", {}, by=at.reviewer)
    assert late.json()["code"] == "payee-report-decided"


async def test_who_is_related_to_the_payee_neither_asks_nor_decides_nor_pays(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(100_00, project)
    await at.account(payee)
    made = await at.approved_disbursement(at.asked(project, fund, payee, 10_00))
    waiting = await at.made("/disbursements", at.asked(project, fund, payee, 10_00))

    for role in (Role.project_officer, Role.reviewer, Role.cashier):
        told = {"staff_id": str(at.people[role].id), "relation": "亲属"}
        await at.made(f"/payees/{payee}/relations", told)
    again = await at.post(f"/payees/{payee}/relations", told)
    refused = [
        await at.post("/disbursements", at.asked(project, fund, payee, 10_00)),
        await at.decide(),
        await at.order(made),
    ]

    assert again.json()["code"] == "relation-declared"
    assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "related-to-payee")}
    assert (await at.get(f"/disbursements/{waiting['id']}")).json()["state"] == "requested"
    listed = await at.get(f"/payees/{payee}/relations")
    assert [one["relation"] for one in listed.json()["items"]] == ["亲属"] * 3


async def test_bank_details_are_changed_by_two_people(at: Till) -> None:
    payee = await at.payee()
    first = await at.account(payee)
    body = {"holder": "示例村合作社", "number": "6217 0000 0000 0002", "bank": "另一银行", "reason": "换行"}
    second = await at.made(f"/payees/{payee}/accounts", body)

    busy = await at.post(f"/payees/{payee}/accounts", body)
    assert busy.json()["code"] == "payee-account-waiting"
    clear = await at.client.get(f"/v1/projects/payee-accounts/{second['id']}", headers=at.reviewer)
    assert (clear.json()["number"], clear.json()["bank"]) == ("6217 0000 0000 0002", "另一银行")
    assert (await at.get(f"/payee-accounts/{second['id']}")).status_code == 403
    await at.made(f"/payee-accounts/{second['id']}/confirmation", by=at.reviewer)
    late = await at.post(f"/payee-accounts/{second['id']}/refusal", by=at.reviewer)
    assert late.json()["code"] == "payee-account-decided"
    listed = (await at.get(f"/payees/{payee}/accounts")).json()["items"]
    assert [(one["id"], one["state"], one["number_last"]) for one in listed] == [
        (first["id"], "replaced", "0001"),
        (second["id"], "confirmed", "0002"),
    ]
    assert "6217" not in (await at.get(f"/payees/{payee}/accounts")).text
    # The database itself keeps the two apart.
    third = await at.made(f"/payees/{payee}/accounts", body)
    with pytest.raises(IntegrityError):
        async with at.session.begin_nested():
            await at.session.execute(
                text(
                    "update payee_accounts set state = 'confirmed', decided_at = now(),"
                    " decided_by = proposed_by where id = :id"
                ),
                {"id": third["id"]},
            )


async def test_parts_of_a_request_belong_together(at: Till, session: Any) -> None:
    project, payee = await at.running(), await at.payee()
    elsewhere = await at.running()
    fund = await at.fund(100_00, project)
    strange = await at.agreement(elsewhere, payee)
    body = at.asked(project, fund, payee, 10_00)

    apart = await at.post("/disbursements", body | {"agreement_id": strange["id"]})
    assert (apart.status_code, apart.json()["code"]) == (422, "disbursement-parts-apart")
    nobody = await at.post("/disbursements", body | {"counterparty_id": project["id"]})
    assert nobody.json()["code"] == "not-a-counterparty"
    assert (await at.post("/disbursements", body | {"household_count": 3})).status_code == 422
    assert (await at.post("/disbursements", body | {"kind": "household_purchase"})).status_code == 422
    for statement in ("update disbursements set amount = 1", "delete from payment_orders"):
        with pytest.raises(DBAPIError) as refused:
            async with session.begin_nested():
                await session.execute(text(statement))
        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege), statement


async def test_a_fund_of_another_day_is_named(at: Till) -> None:
    project = await at.running()
    fund: Fund = await at.fund(100_00, project, usable_from=DAY + timedelta(days=1))
    assert await missing(at, at.asked(project, fund, await at.payee(), 1_00)) == ["fund_days"]


async def test_events_hold_codes_and_amounts(at: Till, session: Any) -> None:
    project = await at.running()
    made = await at.approved_disbursement(
        at.asked(project, await at.fund(10_00, project), await at.payee(), 1_00)
    )
    found = select(OutboxEvent).where(OutboxEvent.subject == f"disbursement:{made['id']}")
    events = list(await session.scalars(found.order_by(OutboxEvent.id)))
    assert [one.topic for one in events] == ["disbursement.requested", "disbursement.approved"]
    assert {one.payload["code"] for one in events} == {made["code"]}


async def test_a_budget_that_holds_limits_what_is_asked_for(at: Till) -> None:
    project, payee = await at.project(), await at.payee()
    fund = await at.fund(100_00, project)
    line = {"year": DAY.year, "kind": "aid", "amount": money(30_00), "fund_id": str(fund.id)}
    await at.made(f"/{project['id']}/budgets", {"reason": "概算", "lines": [line]})
    await at.made(f"/{project['id']}/proposal", {})
    await at.decide()
    await at.made(f"/{project['id']}/start", {})

    over = await at.post("/disbursements", at.asked(project, fund, payee, 30_01))
    assert [(one["check"], "30.00" in one["detail"]) for one in over.json()["errors"]] == [("budget", True)]
    await at.account(payee)
    await at.paid(at.asked(project, fund, payee, 20_00))
    assert await missing(at, at.asked(project, fund, payee, 10_01)) == ["budget"]
    assert (await at.made("/disbursements", at.asked(project, fund, payee, 10_00)))["state"] == "requested"
