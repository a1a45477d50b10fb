"""Reaching: what is passed on counts when it arrives, and a disbursement is traced back to its donors."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import select

from app.ledger import tracing
from app.ledger.models import Arrival, ArrivalKind, Fund
from app.projects.models import Disbursement
from tests.projects.till import DAY, Till, money


async def routed(at: Till, amount: int = 100_00) -> dict[str, Any]:
    """Money that a village collective was paid to pass on."""
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(amount, project)
    await at.account(payee)
    agreement = await at.agreement(project, payee)
    body = at.asked(project, fund, payee, amount, kind="collective", agreement_id=agreement["id"])
    return await at.paid(body)


async def signed(at: Till, paid: dict[str, Any], *amounts: int) -> Response:
    rows = [{"name": f"村民{number}", "amount": money(one)} for number, one in enumerate(amounts)]
    body = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": rows}
    return await at.post(f"/disbursements/{paid['id']}/signed-lists", body)


async def arrived(at: Till, paid: dict[str, Any]) -> int:
    return (await at.get(f"/disbursements/{paid['id']}")).json()["arrived"]["amount"]


async def test_from_request_to_evidence_and_back_to_the_donors(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(0, project)
    gifts = [await at.gift(fund, amount) for amount in (40_00, 70_00)]
    await at.account(payee)
    agreement = await at.agreement(project, payee, attachment_ids=[await at.file()])
    paid = await at.paid(
        at.asked(project, fund, payee, 100_00, kind="collective", agreement_id=agreement["id"])
    )
    path = f"/disbursements/{paid['id']}"
    assert (paid["way"], paid["arrived"]) == ("routed", money(0))

    confirmed = await at.made(f"{path}/confirmation", {"confirmed_on": DAY.isoformat(), "note": "收据"})
    shown = await at.made(f"{path}/evidence", {"attachment_ids": [await at.file(), await at.file()]})
    assert (await signed(at, paid, 30_00, 30_00)).status_code == 201
    read = (await at.get(path)).json()

    assert (confirmed["state"], len(shown["attachment_ids"])) == ("confirmed", 2)
    assert (read["arrived"], len(read["attachment_ids"])) == (money(60_00), 3)
    assert [step["to_state"] for step in (await at.get(f"{path}/steps")).json()["items"]] == [
        *("requested", "approved", "ordered", "paid", "confirmed")
    ]
    traced = (await at.get(f"{path}/sources")).json()
    sources = traced["sources"]
    assert traced["next_from"] is None
    later = (await at.get(f"{path}/sources", **{"from": 1})).json()["sources"]
    assert later[0]["at"]["amount"] == 1
    assert sum(one["amount"]["amount"] for one in later) == sum(s["amount"]["amount"] for s in sources) - 1
    assert (await at.get(f"{path}/sources", **{"from": -1})).status_code == 422
    assert [(one["entry_id"], one["amount"]["amount"]) for one in sources] == [
        (str(gifts[0].entry_id), 40_00),
        (str(gifts[1].entry_id), 60_00),
    ]
    # The same seen from the second gift: sixty of its seventy were spent, twenty of them have arrived.
    trace = await tracing.follow(at.session, [gifts[1].postings[0].id])
    assert [(one.kind, one.amount, one.arrived) for one in trace.places] == [
        ("spent", 60_00, 20_00),
        ("unspent", 10_00, 0),
    ]
    file = await at.client.get(f"/v1/attachments/{read['attachment_ids'][0]}", headers=at.reviewer)
    assert file.status_code == 200
    assert (await at.post(f"{path}/confirmation", {"confirmed_on": DAY.isoformat()})).status_code == 409


@pytest.mark.parametrize("kind", ["goods_handed_over", "asset_accepted"])
async def test_goods_and_assets_bought_with_passed_on_money_arrive(at: Till, kind: str) -> None:
    paid = await routed(at)
    body = {"kind": kind, "arrived_on": DAY.isoformat(), "amount": money(70_00), "note": "验收合格"}
    early = body | {"arrived_on": (DAY - timedelta(days=1)).isoformat()}

    first = await at.made(
        f"/disbursements/{paid['id']}/arrivals", body | {"attachment_ids": [await at.file()]}
    )
    too_early = await at.post(
        f"/disbursements/{paid['id']}/arrivals", early | {"attachment_ids": [await at.file()]}
    )
    too_much = await at.post(
        f"/disbursements/{paid['id']}/arrivals", body | {"attachment_ids": [await at.file()]}
    )

    assert first["arrived"] == money(70_00)
    assert too_early.json()["code"] == "day-to-come"
    assert (too_much.json()["code"], too_much.json()["left"]) == ("nothing-left-to-reach", 30_00)


async def test_an_accepted_report_counts_and_nobody_accepts_their_own(at: Till) -> None:
    paid = await routed(at)
    path = f"/disbursements/{paid['id']}/reports"
    body = {"reached": money(80_00), "reported_on": DAY.isoformat(), "content": "已发放八户"}
    report = await at.made(path, body)

    assert await arrived(at, paid) == 0
    own = await at.post(f"{path}/{report['id']}/acceptance", {})
    assert own.status_code == 403
    accepted = await at.made(f"{path}/{report['id']}/acceptance", {"reason": "属实"}, by=at.reviewer)

    assert (accepted["state"], accepted["decision_reason"]) == ("accepted", "属实")
    assert await arrived(at, paid) == 80_00
    assert (await signed(at, paid, 20_01)).json()["code"] == "nothing-left-to-reach"
    assert (await signed(at, paid, 20_00)).status_code == 201
    assert await arrived(at, paid) == 100_00


async def test_what_was_not_needed_comes_back_and_what_arrived_does_not(at: Till) -> None:
    paid = await routed(at)
    await signed(at, paid, 60_00)
    row = await at.session.get_one(Disbursement, paid["id"])
    path = f"/disbursements/{paid['id']}/returns"
    body = {"channel_id": str(at.bank.id), "returned_on": DAY.isoformat(), "reason": "结余"}

    back = await at.made(path, body | {"amount": money(30_00)}, by=at.cashier)
    too_much = await at.post(path, body | {"amount": money(11_00)}, by=at.cashier)
    beyond = await at.post(path, body | {"amount": money(71_00)}, by=at.cashier)
    await signed(at, paid, 10_00)

    assert back["amount"] == money(30_00)
    assert too_much.json()["code"] == "arrival-unfit"
    assert beyond.json()["code"] == "nothing-to-return"
    read = (await at.get(f"/disbursements/{paid['id']}")).json()
    assert (read["returned"], read["arrived"]) == (money(30_00), money(70_00))
    fund = await at.session.get_one(Fund, row.fund_id)
    assert await at.left(fund) == 30_00
    sources = (await at.get(f"/disbursements/{paid['id']}/sources")).json()["sources"]
    assert sum(one["amount"]["amount"] for one in sources) == 70_00
    listed = await at.get(path)
    assert [one["reason"] for one in listed.json()["items"]] == ["结余"]


async def test_nothing_arrives_of_what_is_not_paid(at: Till) -> None:
    project = await at.running()
    made = await at.approved_disbursement(
        at.asked(project, await at.fund(10_00, project), await at.payee(), 10_00)
    )
    assert (await signed(at, made, 1_00)).json()["code"] == "disbursement-not-in-state"
    refused = await at.post(f"/disbursements/{made['id']}/evidence", {"attachment_ids": [await at.file()]})
    assert refused.json()["code"] == "disbursement-not-in-state"


async def test_the_way_of_an_arrival_is_written_down(at: Till) -> None:
    paid = await routed(at)
    await signed(at, paid, 10_00, 20_00)
    row = await at.session.get_one(Disbursement, UUID(paid["id"]))
    found = await at.session.scalars(select(Arrival).where(Arrival.posting_id == row.posting_id))
    assert [(one.kind, one.start, one.amount) for one in found] == [(ArrivalKind.signed_list, 0, 30_00)]
