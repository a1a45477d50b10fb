"""Payments: booked as they are ordered, decided by the bank's file, never more than the fund holds."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.accounting.models import ChannelKind, CounterpartyKind
from app.kit.database import Database
from app.ledger import accounts
from app.ledger.models import Arrival, Entry, Fund, Posting
from app.organizations.models import Access
from app.projects.models import Disbursement
from tests.projects.till import DAY, Till, channel, money, till


async def bridges(at: Till, count: int, amount: int, **over: Any) -> tuple[Fund, str, list[dict[str, Any]]]:
    """Approved disbursements of one fund to one payee with bank details."""
    project, payee = await at.running(), await at.payee(CounterpartyKind.person)
    fund = await at.fund(count * amount, project)
    await at.account(payee)
    body = at.asked(project, fund, payee, amount, **over)
    return fund, payee, [await at.approved_disbursement(body) for _ in range(count)]


async def test_a_file_goes_out_and_its_result_comes_in_with_one_effect(at: Till) -> None:
    fund, _, [one, two, three] = await bridges(at, 3, 10_00)
    order = (await at.order(one, two, three)).json()

    assert (order["item_count"], order["amount"]) == (3, money(30_00))
    assert await at.left(fund) == 0
    path = f"/v1/projects/payment-orders/{order['id']}"
    file = await at.client.get(f"{path}/file", headers=at.cashier)
    lines = file.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "序号,收款户名,收款账号,开户行,网点,金额,付款编号,用途"
    assert lines[1].startswith("1,示例村合作社,6217000000000001,某银行,,10.00,D")
    looked = await at.session.scalar(select(Access.subject).where(Access.subject == order["id"]))
    assert looked == order["id"]

    said = (
        "付款编号,金额,结果,日期,失败原因\n"
        f"{one['code']},10.00,成功,{DAY},\n{two['code']},10.00,失败,{DAY},账号不存在\n"
        f"{three['code']},99.00,成功,{DAY},\nD0000000000,10.00,成功,{DAY},\n{one['code']},10.00,成功,{DAY},\n"
    )
    first = await at.results(order, said)
    again = await at.results(order, said)
    also = await at.results(order, said + "\n")

    assert first.status_code == 200, first.text
    told = first.json()
    assert (told["paid_count"], told["failed_count"], told["repeated"]) == (1, 1, False)
    assert [(row["line"], row["problem"]) for row in told["unmatched"]] == [
        (4, "amount_differs"),
        (5, "unknown"),
        (6, "twice"),
    ]
    assert (again.json()["id"], again.json()["repeated"]) == (told["id"], True)
    assert (also.json()["paid_count"], also.json()["known_count"]) == (0, 2)
    states = [(await at.get(f"/disbursements/{d['id']}")).json() for d in (one, two, three)]
    assert [state["state"] for state in states] == ["paid", "failed", "ordered"]
    # Aid that the bank has paid has arrived; what failed is reversed and back in its fund.
    assert [state["arrived"]["amount"] for state in states] == [10_00, 0, 0]
    assert await at.left(fund) == 10_00
    listed = await at.get(f"/payment-orders/{order['id']}/unmatched-rows")
    assert len(listed.json()["items"]) == 6
    against = await at.results(order, f"付款编号,结果\n{one['code']},失败\n")
    assert [row["problem"] for row in against.json()["unmatched"]] == ["decided_before"]


async def test_a_failed_payment_is_ordered_anew_and_a_payment_never_twice(at: Till) -> None:
    fund, payee, [one] = await bridges(at, 1, 10_00)
    first = (await at.order(one)).json()
    busy = await at.order(one)
    await at.results(first, f"reference,status\n{one['code']},failed\n")
    await at.account(payee, number="6217000000000009")

    second = (await at.order(one)).json()
    late = await at.results(first, f"reference,status\n{one['code']},paid\n")
    await at.results(second, f"reference,status\n{one['code']},paid\n")

    assert busy.json()["code"] == "disbursement-not-in-state"
    assert [row["problem"] for row in late.json()["unmatched"]] == ["decided_before"]
    assert second["payments"][0]["number_last"] == "0009"
    assert (await at.get(f"/disbursements/{one['id']}")).json()["state"] == "paid"
    assert await at.left(fund) == 0
    assert await accounts.standing(at.session, [at.bank.account_id]) == {at.bank.account_id: 0}


async def test_what_is_paid_is_booked_as_cost_of_the_project(at: Till) -> None:
    _, payee, [one] = await bridges(at, 1, 10_00)
    order = (await at.order(one)).json()

    entry = await at.session.get_one(Entry, order["payments"][0]["entry_id"])
    row = await at.session.get_one(Disbursement, one["id"])
    posting = await at.session.get_one(Posting, row.posting_id)
    assert (entry.kind, posting.amount, posting.credit_account_id) == (
        "disbursement",
        10_00,
        at.bank.account_id,
    )
    label = await at.session.scalar(
        select(func.concat(Posting.direction, ":", Posting.fund_id)).where(Posting.id == posting.id)
    )
    assert label == f"out:{row.fund_id}"
    assert str(row.counterparty_id) == payee


async def test_an_order_names_what_is_missing_and_moves_nothing(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(10_00, project)
    made = await at.approved_disbursement(at.asked(project, fund, payee, 10_00))
    await at.made(f"/{project['id']}/stop", {"reason": "停"})

    refused = await at.order(made)

    assert [one["check"] for one in refused.json()["errors"]] == ["project", "payee_account"]
    assert await at.left(fund) == 10_00
    merchant = await channel(at.session, at.organization, ChannelKind.merchant)
    assert (await at.order(made, channel=merchant)).json()["code"] == "order-of-another-organization"


async def test_an_order_is_paid_whole_or_not_at_all(at: Till) -> None:
    fund, _, made = await bridges(at, 3, 10_00)
    spare = await at.running()
    await at.account(other := await at.payee())
    taken = await at.approved_disbursement(at.asked(spare, await at.fund(5_00, spare), other, 5_00))
    assert (await at.order(taken)).status_code == 201

    refused = await at.order(*made, taken)

    assert refused.json()["code"] == "disbursement-not-in-state"
    assert await at.left(fund) == 30_00


async def test_cash_is_handed_over_at_once_and_counts_by_the_list_that_was_signed(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(0, project)
    box = await channel(at.session, at.organization, ChannelKind.cash)
    from_box = Till(**{name: getattr(at, name) for name in Till.__dataclass_fields__} | {"bank": box})
    await from_box.gift(fund, 30_00)
    made = await at.approved_disbursement(at.asked(project, fund, payee, 30_00))

    order = await at.order(made, channel=box)
    paid = (await at.get(f"/disbursements/{made['id']}")).json()
    rows = [{"name": "甲", "amount": money(10_00)}, {"name": "乙", "amount": money(15_00)}]
    body = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": rows}
    signed = await at.made(f"/disbursements/{made['id']}/signed-lists", body)
    more = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": rows}
    too_much = await at.post(f"/disbursements/{made['id']}/signed-lists", more)

    assert order.status_code == 201
    assert (paid["state"], paid["arrived"]) == ("paid", money(0))
    assert (signed["row_count"], signed["amount"]) == (2, money(25_00))
    assert (too_much.status_code, too_much.json()["code"]) == (409, "nothing-left-to-reach")
    names = await at.get(f"/disbursements/{made['id']}/signed-lists/{signed['id']}/rows")
    assert [one["name"] for one in names.json()["items"]] == ["甲", "乙"]
    hidden = await at.client.get(
        f"/v1/projects/disbursements/{made['id']}/signed-lists/{signed['id']}/rows", headers=at.cashier
    )
    assert hidden.status_code == 403


async def test_purchases_from_poor_households_are_a_kind_and_count_when_spent(at: Till) -> None:
    project, payee = await at.running(), await at.payee(CounterpartyKind.person)
    await at.account(payee)
    fund = await at.fund(90_00, project)
    told = {"kind": "household_purchase", "item": "核桃", "household_count": 12}

    paid = await at.paid(at.asked(project, fund, payee, 80_00, **told))

    assert (paid["way"], paid["arrived"], paid["household_count"]) == ("own", money(80_00), 12)
    listed = await at.get("/disbursements", kind="household_purchase", include="summary")
    assert listed.json()["summary"] == {"count": 1, "amount": money(80_00)}
    again = {"arrived_on": DAY.isoformat(), "amount": money(1), "note": "x", "kind": "asset_accepted"}
    again |= {"attachment_ids": [await at.file()]}
    refused = await at.post(f"/disbursements/{paid['id']}/arrivals", again)
    assert refused.json()["code"] == "counts-when-spent"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
async def test_a_file_that_names_no_results_is_refused(at: Till, text: str) -> None:
    _, _, [one] = await bridges(at, 1, 10_00)
    order = (await at.order(one)).json()
    assert (await at.results(order, text)).json()["code"] == "results-unreadable"


async def test_of_fifty_at_once_exactly_what_the_fund_holds_is_paid(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await till(committed_app, committed_client, session)
    project = await at.running()
    async with committed.writing() as session:
        at = Till(**{name: getattr(at, name) for name in Till.__dataclass_fields__} | {"session": session})
        payee = await at.payee()
        fund = await at.fund(50 * 10_00, project)
    await at.account(payee)
    body = at.asked(project, fund, payee, 10_00)
    made = [await at.approved_disbursement(body) for _ in range(50)]
    # Something else takes money meanwhile: together they exceed what is left by far.
    other = await at.approved_disbursement(at.asked(project, fund, payee, 295_00))
    assert (await at.order(other)).status_code == 201

    answers = await asyncio.gather(*(at.order(one) for one in made))

    paid = [one for one in answers if one.status_code == 201]
    assert len(paid) == 20
    codes = {one.json()["code"] for one in answers if one.status_code != 201}
    assert codes <= {"fund-short", "checks-unmet"}
    short = [one.json() for one in answers if one.json().get("code") == "checks-unmet"]
    assert all([fault["check"] for fault in one["errors"]] == ["money"] for one in short)
    async with committed.reading() as session:
        states = await session.execute(select(Disbursement.state, func.count()).group_by(Disbursement.state))
        assert {row[0].value: row[1] for row in states} == {"ordered": 21, "approved": 30}
        assert (await accounts.standing(session, [at.bank.account_id]))[at.bank.account_id] == 5_00
        assert await session.scalar(select(func.count()).select_from(Arrival)) == 0
