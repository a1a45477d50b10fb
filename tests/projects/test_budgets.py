"""Budgets: lines beside the books at any day, changes with approval, and no closing with undecided money."""

import asyncio
from datetime import date, datetime, time
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.models import Channel
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code, new_id
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind, Fund, FundProject
from app.ledger.movements import spending
from app.ledger.movements.spending import Payment
from tests.fundraising.desk import bank as open_bank
from tests.projects.office import Office, office
from tests.projects.till import till

YEAR = today().year


def yuan(amount: int) -> dict[str, Any]:
    return {"amount": amount * 100, "currency": "CNY"}


def line(kind: str, amount: int, fund: Fund | None = None, year: int = YEAR) -> dict[str, Any]:
    return {
        "year": year,
        "kind": kind,
        "amount": yuan(amount),
        "fund_id": None if fund is None else str(fund.id),
    }


def event(day: date | None = None) -> Event:
    return Event(occurred_at=datetime.combine(day or today(), time(0, 0, 1), LEGAL_ZONE), actor="test")


async def fund_with(session: WriteSession, desk: Office, bank: Channel, amount: int) -> Fund:
    """A restricted fund of the desk's organization that holds so many yuan."""
    code = f"F{new_code(6)}"
    fund = await funds.open_fund(
        session, Fund(organization_id=desk.organization.id, code=code, title=code, restricted=True)
    )
    told = event()
    income = Leaf(organization_id=desk.organization.id, chart="2026", code="4101", fund_id=fund.id)
    posted = Line(
        debit=bank.account_id,
        credit=await accounts.open_one(session, income),
        amount=amount * 100,
        fund_id=fund.id,
        direction=Direction.inflow,
    )
    draft = told.draft(desk.organization.id, EntryKind.donation, f"gift:{new_id()}", [posted])
    await journal.post(session, [draft])
    return fund


async def pay(
    session: WriteSession, fund: Fund, bank: Channel, project: dict[str, Any], amount: int, cost: str | None
) -> None:
    payment = Payment(
        reference=f"disbursement:{new_id()}",
        amount=amount * 100,
        project_id=project["id"],
        pay_from=bank.id,
        cost=cost,
    )
    await spending.spend(session, fund, payment, event())


async def compared(desk: Office, project: dict[str, Any], **asked: Any) -> dict[str, Any]:
    answer = await desk.get(f"/{project['id']}/budget-comparison", **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(told: dict[str, Any]) -> set[tuple[Any, ...]]:
    return {
        (one["year"], one["kind"], one["planned"]["amount"], one["spent"]["amount"], one["over"])
        for one in told["lines"]
    }


async def running(desk: Office, *lines: dict[str, Any]) -> dict[str, Any]:
    """A project whose first budget was decided with it, and which has begun."""
    project = await desk.project(planned_from=f"{YEAR}-01-01", planned_to=f"{YEAR}-12-31")
    await desk.made(f"/{project['id']}/budgets", {"reason": "概算", "lines": list(lines)})
    await desk.made(f"/{project['id']}/proposal", {})
    assert (await desk.decide()).status_code == 200
    return await desk.made(f"/{project['id']}/start", {"on": f"{YEAR}-01-02"})


async def test_a_budget_stands_beside_the_books_by_year_kind_and_fund_at_any_day(
    desk: Office, session: WriteSession
) -> None:
    bank = await open_bank(session, desk.organization)
    pools = [await fund_with(session, desk, bank, 50_000) for _ in range(2)]
    project = await running(
        desk,
        line("construction", 30_000, pools[0]),
        line("construction", 20_000, pools[1]),
        line("materials", 5_000, pools[0]),
        line("materials", 8_000),
    )
    await pay(session, pools[0], bank, project, 25_000, "construction")
    await pay(session, pools[1], bank, project, 21_000, "construction")
    await pay(session, pools[0], bank, project, 100, None)

    told = await compared(desk, project)
    assert rows(told) == {
        (YEAR, "construction", 30_000_00, 25_000_00, False),
        (YEAR, "construction", 20_000_00, 21_000_00, True),
        (YEAR, "materials", 5_000_00, 0, False),
        (YEAR, "materials", 8_000_00, 0, False),
        (YEAR, None, 0, 100_00, True),
    }
    assert (told["planned"]["amount"], told["spent"]["amount"]) == (63_000_00, 46_100_00)
    same = await compared(desk, project, as_of=today().isoformat())
    assert rows(same) == rows(told)
    before = await compared(desk, project, as_of=f"{YEAR - 1}-12-31")
    assert before["spent"]["amount"] == 0


async def test_the_books_allow_a_project_what_was_decided_and_nothing_before(
    desk: Office, session: WriteSession
) -> None:
    bank = await open_bank(session, desk.organization)
    fund = await fund_with(session, desk, bank, 1_000)
    project = await desk.project()
    budget = await desk.made(
        f"/{project['id']}/budgets", {"reason": "概算", "lines": [line("aid", 10, fund)]}
    )
    allowed = select(FundProject.fund_id).where(FundProject.project_id == project["id"])
    await desk.made(f"/{project['id']}/proposal", {})
    assert list(await session.scalars(allowed)) == []
    # What waits for its decision is not written on.
    body = {"reason": "x", "lines": [line("aid", 20, fund)]}
    tag = (await desk.get(f"/budgets/{budget['id']}")).headers["etag"]
    frozen = await desk.client.put(
        f"/v1/projects/budgets/{budget['id']}", json=body, headers=desk.headers | {"If-Match": tag}
    )
    assert frozen.json()["code"] == "project-budget-frozen"

    await desk.decide("reject")
    assert (await desk.get(f"/budgets/{budget['id']}")).json()["state"] == "draft"
    await desk.made(f"/{project['id']}/proposal", {})
    await desk.decide()

    assert list(await session.scalars(allowed)) == [fund.id]
    assert (await desk.get(f"/budgets/{budget['id']}")).json()["state"] == "approved"


async def test_a_change_holds_when_it_is_approved_and_the_old_one_is_history(
    desk: Office, session: WriteSession
) -> None:
    bank = await open_bank(session, desk.organization)
    fund = await fund_with(session, desk, bank, 1_000)
    project = await running(desk, line("aid", 10, fund))
    path = f"/{project['id']}/budgets"
    second = await desk.made(path, {"reason": "增加一户", "lines": [line("aid", 20, fund)]})
    assert (await desk.post(path, {"reason": "x", "lines": [line("aid", 1)]})).json()["code"] == (
        "project-budget-open"
    )
    await desk.made(f"/budgets/{second['id']}/proposal")
    assert (await compared(desk, project))["planned"]["amount"] == 10_00

    await desk.decide()

    assert (await compared(desk, project))["planned"]["amount"] == 20_00
    told = (await desk.get(path)).json()["items"]
    assert [(one["number"], one["state"]) for one in told] == [(1, "replaced"), (2, "approved")]
    third = await desk.made(path, {"reason": "再增", "lines": [line("aid", 30, fund)]})
    await desk.made(f"/budgets/{third['id']}/proposal")
    await desk.decide("reject")
    assert [one["state"] for one in (await desk.get(path)).json()["items"]] == [
        "replaced",
        "approved",
        "rejected",
    ]


async def test_a_first_budget_waits_for_its_project_and_lines_fit(
    app: FastAPI, client: AsyncClient, desk: Office, session: WriteSession
) -> None:
    stranger = await office(app, client, session)
    theirs = await fund_with(session, stranger, await open_bank(session, stranger.organization), 10)
    project = await desk.project()
    path = f"/{project['id']}/budgets"

    twice = await desk.post(path, {"reason": "x", "lines": [line("aid", 1), line("aid", 2)]})
    strange = await desk.post(path, {"reason": "x", "lines": [line("aid", 1, theirs)]})
    budget = await desk.made(path, {"reason": "x", "lines": [line("aid", 1)]})
    early = await desk.post(f"/budgets/{budget['id']}/proposal")

    assert [one.json()["code"] for one in (twice, strange, early)] == [
        "budget-line-twice",
        "fund-of-stranger",
        "budget-before-project",
    ]
    assert (await stranger.get(f"/budgets/{budget['id']}")).status_code == 404


async def test_leftover_money_is_decided_for_its_very_amount(desk: Office, session: WriteSession) -> None:
    bank = await open_bank(session, desk.organization)
    fund = await fund_with(session, desk, bank, 1_000)
    project = await running(desk, line("construction", 800, fund), line("construction", 50))
    await pay(session, fund, bank, project, 500, "construction")
    other = await desk.project()
    path = f"/{project['id']}"
    body = {"use": "similar_project", "ground": "方案约定", "target_project_id": other["id"]}
    assert (await desk.post(f"{path}/leftover-decisions", body)).json()["code"] == "leftover-too-early"
    await desk.made(f"{path}/end", {})

    left = (await desk.get(f"{path}/leftover")).json()
    assert (left["amount"]["amount"], left["undecided"]["amount"]) == (300_00, 300_00)
    lost = await desk.post(f"{path}/leftover-decisions", body | {"target_project_id": None})
    assert lost.json()["code"] == "leftover-target-unfit"
    decision = await desk.made(f"{path}/leftover-decisions", body)
    again = await desk.post(f"{path}/leftover-decisions", body)
    assert (decision["amount"]["amount"], again.json()["code"]) == (300_00, "leftover-being-decided")
    await desk.decide()

    assert (await desk.get(f"{path}/leftover")).json()["undecided"]["amount"] == 0
    assert await session.get(FundProject, (fund.id, other["id"])) is not None
    # What is spent after the decision leaves another amount, about which nobody has decided.
    await pay(session, fund, bank, project, 100, "construction")
    assert (await desk.get(f"{path}/leftover")).json()["undecided"]["amount"] == 200_00


async def test_shares_say_who_bears_what(desk: Office) -> None:
    project = await desk.project()
    path = f"/v1/projects/{project['id']}/shares"
    body = {
        "shares": [
            {"source": "province", "planned": yuan(30_000), "received": yuan(30_000)},
            {"source": "self_raised", "planned": yuan(25_000)},
        ]
    }
    put = await desk.client.put(path, json=body, headers=desk.headers)
    again = await desk.client.put(path, json=body, headers=desk.headers)
    twice = await desk.client.put(path, json={"shares": body["shares"][:1] * 2}, headers=desk.headers)

    assert put.json() == again.json()
    assert (put.json()["planned"], put.json()["received"]) == (yuan(55_000), yuan(30_000))
    assert twice.json()["code"] == "share-twice"
    assert (await desk.get(f"/{project['id']}/shares")).json() == put.json()


async def test_of_two_versions_written_at_once_one_is(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
    project = await desk.project()
    body = {"reason": "x", "lines": [line("aid", 1)]}

    answers = await asyncio.gather(*(desk.post(f"/{project['id']}/budgets", body) for _ in range(6)))

    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]


async def test_disbursements_name_a_kind_of_cost_and_their_returns_lower_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    project = await at.project(planned_from=f"{YEAR}-01-01", planned_to=f"{YEAR}-12-31")
    fund = await at.fund(9_000_00, restricted=True)
    planned = [line("construction", 50, fund), line("materials", 30, fund)]
    await at.made(f"/{project['id']}/budgets", {"reason": "设计概算", "lines": planned})
    await at.made(f"/{project['id']}/proposal", {})
    await at.decide()
    await at.made(f"/{project['id']}/start", {"on": f"{YEAR}-01-05"})
    await at.account(payee := await at.payee())
    agreement = await at.agreement(project, payee)
    works = {"kind": "works", "agreement_id": agreement["id"], "cost": "construction"}

    built = await at.paid(at.asked(project, fund, payee, 40_00, **works))
    await at.paid(at.asked(project, fund, payee, 10_00, **works | {"cost": "materials"}))
    assert (await at.given_back(built, 5_00)).status_code == 201

    told = (await at.get(f"/{project['id']}/budget-comparison")).json()
    assert {one["kind"]: (one["spent"]["amount"], one["left"]["amount"]) for one in told["lines"]} == {
        "construction": (35_00, 15_00),
        "materials": (10_00, 20_00),
    }
