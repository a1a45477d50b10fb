"""Books kept on the chart of 2004 move to that of 2026: balances are carried over, funds go on unbroken."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.bank import matches, reconciliations
from app.accounting.books import charts
from app.accounting.models import AgencyMandate, BankMatch, Channel
from app.accounting.parties import mandates
from app.accounting.parties.mandates import MandateWay, Movement, Standing
from app.kit.database import WriteSession
from app.ledger import balances, dimensions, floors, funds, journal, tracing, verification
from app.ledger.charts import CHART_2004, CHART_2026, FROM_2004_TO_2026
from app.ledger.errors import AccountShort
from app.ledger.journal import Line
from app.ledger.models import Account, DimensionKind, Direction, EntryKind, Fund
from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import Name
from app.ledger.statements.forms_2004 import FORM_2004
from app.organizations.access import Role
from tests.accounting.banking import line_of
from tests.accounting.old_books import DECEMBER, OldBooks, close_and_change, old_books
from tests.factories import organizations as make


@pytest.fixture
async def old(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    return await old_books(app, client, session)


async def busy_december(session: WriteSession, old: OldBooks) -> journal.Receipt:
    """A gift, what it paid for, a cost and agency goods, on the chart of 2004."""
    day, fund = date(2025, 12, 9), old.fund
    general = await funds.general(session, old.organization.id)
    bank = old.channel.account_id
    inflow = {"direction": Direction.inflow}
    outflow = {"direction": Direction.outflow}
    given = await old.book(
        session,
        day,
        EntryKind.donation,
        Line(
            debit=bank,
            credit=await old.leaf(session, "4101", fund_id=fund.id),
            amount=9_000,
            fund_id=fund.id,
            **inflow,
        ),
    )
    await old.book(
        session,
        day,
        EntryKind.donation,
        Line(
            debit=bank,
            credit=await old.leaf(session, "4101", fund_id=general.id),
            amount=500,
            fund_id=general.id,
            **inflow,
        ),
    )
    cost = await old.leaf(session, "5201", fund_id=general.id)
    await old.book(
        session,
        day,
        EntryKind.voucher,
        Line(debit=cost, credit=bank, amount=120, fund_id=general.id, **outflow),
    )
    aid = await old.leaf(session, "5101", fund_id=fund.id)
    await old.book(
        session,
        day,
        EntryKind.transfer,
        Line(debit=aid, credit=bank, amount=2_000, fund_id=fund.id, **outflow),
    )
    goods, owed = await old.leaf(session, "1701"), await old.leaf(session, "2601")
    await old.book(session, day, EntryKind.voucher, Line(debit=goods, credit=owed, amount=33))
    return given


async def test_the_year_on_the_old_chart_is_shown_on_its_own_forms(
    session: WriteSession, old: OldBooks
) -> None:
    await busy_december(session, old)

    activities = await old.office.read(f"/statements/activities?period={DECEMBER}")

    assert (activities["ties"], activities["confidence"], activities["chart"]) == (True, "C", "2004")
    shown = {line["key"]: [one["amount"] for one in line["amounts"]][:3] for line in activities["lines"]}
    assert shown["programmes"] == [2_000, 0, 2_000], "all costs are unrestricted, and released for it"
    assert shown["released"] == [2_000, -2_000, 0]
    assert shown["administration"] == [120, 0, 120]
    assert shown["change"] == [500 - 120, 7_000, 7_380]
    for name in ("balance-sheet", "cash-flow"):
        assert (await old.office.read(f"/statements/{name}?period={DECEMBER}"))["ties"] is True


async def test_balances_are_carried_over_and_funds_go_on_unbroken(
    session: WriteSession, old: OldBooks
) -> None:
    given = await busy_december(session, old)
    before = await funds.left(session, [old.fund.id])
    await close_and_change(old)

    rows = await balances.trial_balance(session, [old.organization.id])
    standing = {(row.chart, row.label): row.balance for row in rows if row.balance}
    assert standing == {
        ("2026", "1002/icbc"): 7_380,
        ("2026", "1801"): 33,
        ("2026", "2601"): -33,
        ("2026", "3101/GENERAL"): -380,
        ("2026", "3102/F-BRIDGE"): -7_000,
    }
    assert await funds.left(session, [old.fund.id]) == before
    # The account is guarded as the one before it was.
    channel = await session.get_one(Channel, old.channel.id)
    assert await floors.standing(session, [channel.account_id]) == {channel.account_id}
    broken = [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]
    assert broken == []
    [posting] = given.postings
    walked = await tracing.follow(session, [posting.id])
    assert sum(place.amount for place in walked.places) == 9_000


async def test_mandates_are_guarded_on_the_new_chart_and_bank_lines_meet_both(
    session: WriteSession, old: OldBooks
) -> None:
    """What came in and what was handed on is told as before, and no more than is left goes out."""
    at, day = old.organization.id, date(2025, 12, 9)
    whom = await dimensions.declare(session, DimensionKind.counterparty, "company", organization_id=at)
    said = {"code": "DL-1", "title": "转付", "document": "协议", "signed_on": day, "made_by": "test"}
    mandate = await mandates.make(session, AgencyMandate(organization_id=at, counterparty_id=whom.id, **said))
    moving = {"amount": 100, "channel_id": old.channel.id, "happened_on": day, "summary": "收到"}
    await mandates.draft(session, mandate, Movement(way=MandateWay.taken_in, **moving), actor="test")

    async def places(chart: str) -> tuple[Any, Any]:
        owed = await old.leaf(session, "2601", chart, sub="DL-1", counterparty_id=whom.id)
        held = await old.leaf(session, "1002", chart, sub="agency", channel_id=old.channel.id)
        return held, owed

    held, owed = await places("2004")
    await old.book(session, day, EntryKind.voucher, Line(debit=held, credit=owed, amount=100))
    out = await old.book(session, day, EntryKind.voucher, Line(debit=owed, credit=held, amount=30))
    await close_and_change(old)

    assert (await mandates.standing(session, [mandate]))[mandate.id] == Standing(100, 30, 0)
    held, owed = await places("2026")
    assert await floors.standing(session, [held, owed]) == {held, owed}
    later = date(2026, 1, 9)
    over, rest = (Line(debit=owed, credit=held, amount=amount) for amount in (71, 70))
    trial = await session.begin_nested()
    with pytest.raises(AccountShort):
        await old.book(session, later, EntryKind.voucher, over, chart="2026")
    await trial.rollback()
    await old.book(session, later, EntryKind.voucher, rest, chart="2026")
    assert (await mandates.standing(session, [mandate]))[mandate.id] == Standing(100, 100, 0)

    # A statement of December comes after the change: it is matched where it was booked.
    line = await line_of(session, old.channel, -30, day=date(2025, 12, 12))
    assert (await reconciliations.draw(session, old.channel, date(2026, 1, 1))).ledger_balance == 0
    found = await matches.candidates(session, line)
    assert [one.entry_id for one in found] == [out.entry_id]
    await matches.make(session, [line], matches.propose(line, found), actor="test")
    [standing] = await matches.standing(session, [line.id])
    match = await session.get_one(BankMatch, standing)
    await matches.undo(session, match, because="勾错", actor="test")


async def test_gifts_go_on_in_the_new_chart(session: WriteSession, old: OldBooks) -> None:
    await busy_december(session, old)
    await close_and_change(old)

    assert old.channel.chart == "2026"
    account = await session.get_one(Account, old.channel.account_id, populate_existing=True)
    assert (account.chart, account.label) == ("2026", "1002/icbc")
    income = await session.scalars(select(Account.chart).where(Account.code == "4101"))
    assert "2026" in set(income)
    assert await charts.in_force(session, old.organization, date(2025, 12, 31)) == "2004"
    assert await charts.in_force(session, old.organization, date(2026, 1, 1)) == "2026"


async def test_both_years_statements_tie_and_the_first_new_one_has_no_year_before(
    session: WriteSession, old: OldBooks
) -> None:
    await busy_december(session, old)
    await close_and_change(old)
    income = await old.leaf(session, "4101", chart="2026", fund_id=old.fund.id)
    line = Line(
        debit=old.channel.account_id,
        credit=income,
        amount=60,
        fund_id=old.fund.id,
        direction=Direction.inflow,
    )
    await old.book(session, date(2026, 1, 9), EntryKind.donation, line, chart="2026")

    last = await old.office.read("/statements/balance-sheet?period=2025")
    first = await old.office.read("/statements/balance-sheet?period=2026-01")
    ended = {line["key"]: line["amounts"][1]["amount"] for line in last["lines"]}
    began = {line["key"]: line["amounts"][0]["amount"] for line in first["lines"]}
    assert (last["chart"], first["chart"]) == ("2004", "2026")
    for key in ("cash", "assets", "unrestricted", "restricted", "agency_assets", "net_assets"):
        assert ended[key] == began[key], key
    for name in Name:
        for chart, period in (("2004", "2025"), ("2026", "2026")):
            paper = await drawing.draw(session, old.organization.id, chart, name, terms.read(period))
            assert paper.ties, (name, period)
    year = await old.office.read("/statements/activities?period=2026")
    assert len(year["columns"]) == 3
    shown = {line["key"]: [one["amount"] for one in line["amounts"]] for line in year["lines"]}
    assert shown["donations"] == [0, 60, 60]
    flows = await old.office.read("/statements/cash-flow?period=2026")
    assert len(flows["columns"]) == 1


async def test_books_that_are_not_ready_stay_where_they_are(session: WriteSession, old: OldBooks) -> None:
    await busy_december(session, old)
    refused = await old.office.post("/chart-change", old.office.reviewer)
    assert (refused.status_code, refused.json()["code"]) == (409, "chart-not-changeable")
    await close_and_change(old)
    again = await old.office.post("/chart-change", old.office.reviewer)
    assert again.json()["code"] == "chart-not-changeable"


def test_every_account_of_the_old_chart_has_its_line_and_its_place_in_the_new() -> None:
    new = {line.code: line.kind for line in CHART_2026}
    sheet = {code for line in FORM_2004.balance_sheet for code in line.codes}
    activities = {code for line in FORM_2004.activities for code in line.codes}
    for line in CHART_2004:
        if line.kind in ("asset", "liability"):
            assert line.code in sheet, line
        if line.kind in ("income", "expense"):
            assert line.code in activities, line
        else:
            there = FROM_2004_TO_2026.get(line.code, line.code)
            assert new[there] == line.kind, line


async def test_books_choose_their_chart_until_the_first_entry(
    session: WriteSession, old: OldBooks, client: AsyncClient
) -> None:
    path = f"/v1/accounting/organizations/{old.organization.id}/chart-version"

    async def choose(chart: str, by: dict[str, str]) -> tuple[int, str | None]:
        answer = await client.put(path, json={"chart_version": chart}, headers=by)
        return answer.status_code, answer.json().get("chart_version") or answer.json().get("code")

    assert await choose("2026", old.office.accountant) == (403, "not-allowed")
    assert await choose("2026", old.office.reviewer) == (200, "2026")
    await session.refresh(old.channel)
    assert old.channel.chart == "2026"
    assert await choose("2004", old.office.reviewer) == (200, "2004")
    await session.refresh(old.channel)
    assert old.channel.chart == "2004"
    assert (await choose("1998", old.office.reviewer))[0] == 422
    old.fund = await session.get_one(Fund, old.fund.id)
    await busy_december(session, old)
    assert await choose("2026", old.office.reviewer) == (409, "chart-not-changeable")


async def test_new_books_do_not_begin_on_a_chart_of_yesterday(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    organization = await make.organization(session, books_from=date(2026, 1, 1))
    reviewer = await make.sign_in(app, session, Role.reviewer, organization)
    path = f"/v1/accounting/organizations/{organization.id}/chart-version"

    refused = await client.put(path, json={"chart_version": "2004"}, headers=reviewer)

    assert (refused.status_code, refused.json()["code"]) == (409, "chart-not-changeable")
