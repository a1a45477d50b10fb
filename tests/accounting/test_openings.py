"""Books go live in mid-life: every part ties to the trial balance, or nothing is booked."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.accounting import openings
from app.accounting.errors import OpeningUnequal
from app.accounting.openings import Balance, Opening
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import balances, funds, verification
from app.ledger.errors import AlreadyBooked, EntryUnfit
from app.ledger.models import Entry, Fund
from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import Name
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as make

CUT_OVER = date(2026, 7, 1)


class Association:
    """A member with two funds, and the balances with which it went live."""

    def __init__(self, organization: Organization, general: Fund, bridge: Fund) -> None:
        self.organization, self.general, self.bridge = organization, general, bridge

    def opening(self, **over: Any) -> Opening:
        values: dict[str, Any] = {
            "organization_id": self.organization.id,
            "chart": "2026",
            "on": CUT_OVER,
            "balances": [
                Balance(code="1001", amount=2_000),
                Balance(code="1002", amount=98_000),
                Balance(code="1201", amount=7_000, fund_id=self.bridge.id),
                Balance(code="1501", amount=50_000),
                Balance(code="1502", amount=-10_000),
                Balance(code="2204", amount=-4_000),
                Balance(code="2601", amount=-6_000),
                Balance(code="3101", amount=-70_000),
                Balance(code="3102", amount=-67_000),
            ],
            "unspent": {self.general.id: 30_000, self.bridge.id: 60_000},
        }
        return Opening(**values | over)


@pytest.fixture
async def association(session: WriteSession) -> Association:
    organization = await make.organization(session, books_from=CUT_OVER)
    fund = Fund(organization_id=organization.id, code="F-BRIDGE", title="慈安桥", restricted=True)
    await funds.open_fund(session, fund)
    return Association(organization, await funds.general(session, organization.id), fund)


async def broken(session: WriteSession) -> list[str]:
    return [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]


async def test_what_ties_is_booked_and_every_promise_of_the_books_holds(
    session: WriteSession, association: Association
) -> None:
    await openings.book(session, association.opening(), actor="test")

    held = await funds.left(session, [association.general.id, association.bridge.id])
    assert held == {association.general.id: 30_000, association.bridge.id: 60_000}
    rows = balances.by_code(await balances.trial_balance(session, [association.organization.id]))
    assert {row.code: row.balance for row in rows if row.balance} == {
        one.code: one.amount for one in association.opening().balances
    }
    assert await broken(session) == []
    entries = (await session.scalars(select(Entry))).all()
    assert {(entry.kind, entry.booked_on) for entry in entries} == {("opening", CUT_OVER)}


async def test_opening_balances_are_no_income(session: WriteSession, association: Association) -> None:
    await openings.book(session, association.opening(), actor="test")

    for name in Name:
        paper = await drawing.draw(session, association.organization.id, "2026", name, terms.read("2026"))
        assert paper.ties
        if name is Name.balance_sheet:
            assert paper.amounts("net_assets") == (137_000, 137_000)
            assert paper.amounts("cash")[1] == 94_000
        else:
            assert {amount for line in paper.lines for amount in line.amounts} == {0}


async def test_income_and_costs_of_the_year_so_far_stay_in_the_years_statement(
    session: WriteSession, association: Association
) -> None:
    opening = association.opening(
        balances=[
            Balance(code="1002", amount=100_000),
            Balance(code="4101", amount=-40_000, fund_id=association.bridge.id),
            Balance(code="5101", amount=15_000, fund_id=association.bridge.id),
            Balance(code="5301", amount=5_000),
            Balance(code="3101", amount=-45_000),
            Balance(code="3102", amount=-35_000),
        ],
        unspent={association.general.id: 40_000, association.bridge.id: 60_000},
    )
    await openings.book(session, opening, actor="test")

    year = await drawing.draw(
        session, association.organization.id, "2026", Name.activities, terms.read("2026")
    )
    month = await drawing.draw(
        session, association.organization.id, "2026", Name.activities, terms.read("2026-07")
    )
    assert (year.ties, month.ties) == (True, True)
    assert year.amounts("donations")[:2] == (0, 40_000)
    assert (month.amounts("donations")[1], month.amounts("donations")[4]) == (0, 40_000)
    assert await broken(session) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"1002": 98_001}, {"trial_balance"}),
        ({"1002": 98_001, "3102": -67_001}, {"restricted_net_assets"}),
        ({"3101": -69_000, "3102": -68_000}, {"restricted_net_assets", "unrestricted_net_assets"}),
    ],
)
async def test_what_does_not_tie_is_named_and_nothing_is_booked(
    session: WriteSession, association: Association, change: dict[str, int], what: set[str]
) -> None:
    changed = [
        Balance(code=one.code, amount=change.get(one.code, one.amount), fund_id=one.fund_id)
        for one in association.opening().balances
    ]
    with pytest.raises(OpeningUnequal) as refused:
        await openings.book(session, association.opening(balances=changed), actor="test")

    assert {one["what"] for one in refused.value.facts["differences"]} == what
    assert await session.scalar(select(func.count()).select_from(Entry)) == 0


async def test_books_go_live_once(session: WriteSession, association: Association) -> None:
    await openings.book(session, association.opening(), actor="test")
    with pytest.raises(AlreadyBooked):
        await openings.book(session, association.opening(), actor="test")


@pytest.mark.parametrize(
    "wrong",
    [
        {"balances": [Balance(code="9999", amount=1)]},
        {"balances": [Balance(code="1201", amount=1, fund_id=new_id())]},
        {"unspent": {new_id(): 1}},
    ],
)
async def test_what_the_books_do_not_know_is_refused(
    session: WriteSession, association: Association, wrong: dict[str, Any]
) -> None:
    with pytest.raises(EntryUnfit):
        await openings.book(session, association.opening(**wrong), actor="test")


async def test_many_accounts_take_several_entries(session: WriteSession, association: Association) -> None:
    many = [Balance(code="1122", sub=f"claim-{number}", amount=100) for number in range(500)]
    opening = association.opening(
        balances=[*many, Balance(code="3101", amount=-50_000)], unspent={association.general.id: 50_000}
    )
    receipts = await openings.book(session, opening, actor="test")

    assert len(receipts) > 1
    assert await broken(session) == []


def body(association: Association) -> dict[str, Any]:
    def money(amount: int) -> dict[str, Any]:
        return {"amount": amount, "currency": "CNY"}

    balances: list[dict[str, Any]] = []
    for one in association.opening().balances:
        fund = {"fund_id": str(one.fund_id)} if one.fund_id else {}
        balances.append({"code": one.code, "balance": money(one.amount)} | fund)
    unspent = [
        {"fund_id": str(fund_id), "unspent": money(amount)}
        for fund_id, amount in association.opening().unspent.items()
    ]
    return {"opened_on": str(CUT_OVER), "balances": balances, "unspent": unspent}


async def test_one_person_enters_and_another_looks_it_over(
    app: FastAPI, client: AsyncClient, session: WriteSession, association: Association
) -> None:
    maker = await make.staff(session, association.organization, Role.accountant)
    headers = await make.headers(app, session, maker)
    reviewer = await make.sign_in(app, session, Role.reviewer, association.organization)
    address = f"/v1/accounting/organizations/{association.organization.id}/openings"

    answer = await client.post(
        address, json=body(association), headers=headers | {"Idempotency-Key": "opening-1"}
    )
    assert answer.status_code == 201, answer.text
    opening = answer.json()
    assert opening["made_by"] == str(maker.id)
    assert (await client.get(f"{address}?reviewed=false", headers=headers)).json()["items"] == [opening]
    booking = f"/v1/accounting/openings/{opening['id']}/booking"
    answer = await client.post(booking, headers=headers | {"Idempotency-Key": "opening-2"})
    assert answer.status_code == 403
    answer = await client.post(booking, headers=reviewer | {"Idempotency-Key": "opening-3"})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["entry_ids"]) == 1
    answer = await client.post(booking, headers=reviewer | {"Idempotency-Key": "opening-4"})
    assert (answer.status_code, answer.json()["code"]) == (409, "opening-reviewed")


async def test_nobody_looks_over_their_own_opening(
    app: FastAPI, client: AsyncClient, session: WriteSession, association: Association
) -> None:
    both = await make.staff(session, association.organization, Role.accountant)
    headers = await make.headers(app, session, both)
    address = f"/v1/accounting/organizations/{association.organization.id}/openings"
    answer = await client.post(address, json=body(association), headers=headers | {"Idempotency-Key": "a"})
    await grants.give(
        session,
        both,
        association.organization,
        role=Role.reviewer,
        given_by="test",
        exception_reason="小机构",
    )
    booking = f"/v1/accounting/openings/{answer.json()['id']}/booking"
    answer = await client.post(booking, headers=headers | {"Idempotency-Key": "b"})
    assert (answer.status_code, answer.json()["code"]) == (409, "reviewed-by-its-maker")


async def test_an_opening_that_does_not_tie_is_told_with_its_differences(
    app: FastAPI, client: AsyncClient, session: WriteSession, association: Association
) -> None:
    headers = await make.sign_in(app, session, Role.accountant, association.organization)
    sent = body(association)
    sent["balances"][0]["balance"]["amount"] += 5
    answer = await client.post(
        f"/v1/accounting/organizations/{association.organization.id}/openings",
        json=sent,
        headers=headers | {"Idempotency-Key": "x"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "opening-unequal")
    assert answer.json()["differences"] == [{"what": "trial_balance", "left": 157_005, "right": 157_000}]
