"""A month is closed by two people, with its checklist; December takes the year with it."""

from datetime import date

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.accounting.models import MonthStep, StepKind
from app.accounting.months import closing
from app.kit.database import WriteSession
from app.ledger import accounts, balances, funds, verification
from app.ledger.accounts import Leaf
from app.ledger.journal import Line
from app.ledger.models import Entry, EntryKind
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Scope
from tests.accounting.closers import Office, office
from tests.factories import organizations as make

YEAR = [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)


@pytest.fixture
async def old_desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    """A member whose books begin with the year 2025."""
    return await office(app, client, session, books_from=date(2025, 1, 1))


async def test_two_people_close_a_month_and_a_late_gift_lands_in_the_next(
    session: WriteSession, desk: Office
) -> None:
    await desk.gift(session, date(2026, 1, 9), 5_000)
    asked = await desk.ask("2026-01")
    assert asked.status_code == 201, asked.text
    assert {item["key"]: item["done"] for item in asked.json()["checklist"]}["statements"] is True
    closed = await desk.confirm("2026-01")
    assert closed.status_code == 201, closed.text

    late = await desk.gift(session, date(2026, 1, 20), 700)

    assert late.booked_on == date(2026, 2, 1)
    listed = (await desk.read("/late-entries?from=2026-01-01&to=2026-12-31"))["items"]
    assert [entry["id"] for entry in listed] == [str(late.entry_id)]
    months = (await desk.read("/months"))["items"]
    assert [(one["month"], one["state"]) for one in months] == [("2026-01", "closed"), ("2026-02", "open")]
    for name in ("balance-sheet", "activities", "cash-flow"):
        assert (await desk.read(f"/statements/{name}?period=2026-01"))["ties"] is True


async def test_nobody_closes_what_they_asked_to_close(
    app: FastAPI, session: WriteSession, desk: Office
) -> None:
    assert (await desk.confirm("2026-01")).json()["code"] == "closing-not-asked"
    both = await make.staff(session, desk.organization, Role.accountant)
    await grants.give(
        *(session, both, desk.organization),
        role=Role.reviewer,
        given_by="test",
        exception_reason="小机构",
    )
    desk.accountant = desk.reviewer = await make.headers(app, session, both)
    assert (await desk.ask("2026-01")).status_code == 201
    refused = await desk.confirm("2026-01")
    assert (refused.status_code, refused.json()["code"]) == (409, "reviewed-by-its-maker")
    with pytest.raises(IntegrityError, match="two_people"):
        async with session.begin_nested():
            session.add(
                MonthStep(
                    organization_id=desk.organization.id,
                    month=date(2026, 1, 1),
                    kind=StepKind.closed,
                    taken_by=both.id,
                    asked_by=both.id,
                )
            )


async def test_open_items_need_a_reason_and_it_is_kept(session: WriteSession, desk: Office) -> None:
    leaf = Leaf(organization_id=desk.organization.id, chart="2026", code="2209", sub="suspense")
    line = Line(debit=desk.bank_id, credit=await accounts.open_one(session, leaf), amount=300)
    await desk.book(session, date(2026, 1, 5), EntryKind.donation, line)

    refused = await desk.ask("2026-01", None)
    # That money waits in suspense warns only; that nobody looked at the bank account blocks.
    assert (refused.status_code, refused.json()["code"], refused.json()["items"]) == (
        409,
        "checklist-open",
        ["banks"],
    )
    items = (await desk.read("/months/2026-01/checklist"))["checks"]
    told = {item["key"]: item for item in items}
    assert (told["suspense"]["facts"], told["suspense"]["weight"]) == ({"amount_minor": 300}, "warning")
    assert (await desk.ask("2026-01", "正在核实")).status_code == 201
    closed = await desk.confirm("2026-01")
    assert (closed.status_code, closed.json()["reason"]) == (201, "正在核实")


async def test_a_month_that_is_not_over_or_has_an_open_one_before_it_stays_open(desk: Office) -> None:
    for month in ("2026-11", "2026-12"):
        refused = await desk.ask(month, "有理由")
        assert (refused.status_code, refused.json()["code"]) == (409, "checklist-open")
    refused = await desk.ask("2025-12", "有理由")
    assert (refused.status_code, refused.json()["code"]) == (409, "period-not-open")


async def test_reopening_is_told_to_auditors_with_its_reason(
    app: FastAPI, session: WriteSession, desk: Office
) -> None:
    await desk.gift(session, date(2026, 1, 9), 5_000)
    await desk.close("2026-01", "2026-02")
    refused = await desk.post("/months/2026-01/reopening", desk.reviewer, {"reason": "漏记"})
    assert refused.json()["code"] == "period-not-closable"
    for month in ("2026-02", "2026-01"):
        answer = await desk.post(f"/months/{month}/reopening", desk.reviewer, {"reason": "漏记工资"})
        assert answer.status_code == 201, answer.text
    again = await desk.gift(session, date(2026, 1, 20), 700)
    assert again.booked_on == date(2026, 1, 20)
    _, key = await make.key(session, desk.organization, Scope.audit)
    answer = await desk.client.get(
        f"/v1/audit/organizations/{desk.organization.id}/month-steps?month=2026-01", headers=key
    )
    steps = answer.json()["items"]
    assert [(step["kind"], step["reason"]) for step in steps] == [
        ("asked", "没有对账单"),
        ("closed", "没有对账单"),
        ("reopened", "漏记工资"),
    ]


async def test_a_published_year_is_never_reopened(session: WriteSession, old_desk: Office) -> None:
    await old_desk.close("2025-01")
    await closing.publish_year(session, old_desk.organization.id, 2025, publication="annual-report-2025")
    refused = await old_desk.post("/months/2025-01/reopening", old_desk.reviewer, {"reason": "漏记"})
    assert (refused.status_code, refused.json()["code"]) == (409, "year-published")
    with pytest.raises(DBAPIError, match="is published"):
        async with session.begin_nested():
            await session.execute(text("update periods set state = 'open' where state = 'closed'"))


async def test_december_closes_the_year_by_class(session: WriteSession, old_desk: Office) -> None:
    general = await funds.general(session, old_desk.organization.id)
    await old_desk.gift(session, date(2025, 3, 9), 5_000)
    await old_desk.gift(session, date(2025, 4, 9), 900, general)
    await old_desk.cost(session, date(2025, 5, 9), 200)
    before = await old_desk.read("/statements/activities?period=2025")

    await old_desk.close(*YEAR)

    rows = balances.by_code(await balances.trial_balance(session, [old_desk.organization.id]))
    assert {row.code: row.balance for row in rows if row.balance} == {
        "1002": 5_700,
        "3101": -700,
        "3102": -5_000,
    }
    assert (await old_desk.read("/statements/activities?period=2025"))["lines"] == before["lines"]
    for name in ("balance-sheet", "activities", "cash-flow"):
        assert (await old_desk.read(f"/statements/{name}?period=2025"))["ties"] is True
    closings = (await session.scalars(select(Entry).where(Entry.kind == EntryKind.closing))).all()
    assert {entry.booked_on for entry in closings} == {date(2025, 12, 31)}
    broken = [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]
    assert broken == []


async def test_a_year_closed_again_closes_only_what_came_since(
    session: WriteSession, old_desk: Office
) -> None:
    await old_desk.gift(session, date(2025, 3, 9), 5_000)
    await old_desk.close(*YEAR)
    answer = await old_desk.post("/months/2025-12/reopening", old_desk.reviewer, {"reason": "漏记一笔捐赠"})
    assert answer.status_code == 201
    await old_desk.gift(session, date(2025, 12, 30), 40)

    await old_desk.close("2025-12")

    rows = balances.by_code(await balances.trial_balance(session, [old_desk.organization.id]))
    assert {row.code: row.balance for row in rows if row.balance} == {"1002": 5_040, "3102": -5_040}
    sheet = await old_desk.read("/statements/balance-sheet?period=2026-01")
    shown = {line["key"]: [one["amount"] for one in line["amounts"]] for line in sheet["lines"]}
    assert shown["restricted"] == [5_040, 5_040]


async def test_the_next_years_statement_begins_with_what_was_closed(
    session: WriteSession, old_desk: Office
) -> None:
    await old_desk.gift(session, date(2025, 3, 9), 5_000)
    await old_desk.close(*YEAR)
    await old_desk.gift(session, date(2026, 1, 9), 60)

    activities = await old_desk.read("/statements/activities?period=2026-01")

    shown = {line["key"]: [one["amount"] for one in line["amounts"]] for line in activities["lines"]}
    assert shown["donations"] == [0, 60, 60, 0, 60, 60]
    assert activities["ties"] is True
