"""Transfers: each side does its own part, money in transit is seen, and what comes back is followed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event

from app.accounting.models import AgencyMandate
from app.accounting.parties import mandates
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import accounts, journal, tracing
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import EntryKind, Fund
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.fundraising.desk import books_agree
from tests.projects.till import DAY, Till, money, till

Pair = tuple[Till, Till]


@pytest.fixture
async def pair(app: FastAPI, client: AsyncClient, session: WriteSession) -> Pair:
    """A province and a county below it, each with people and a bank account of its own."""
    province = await till(app, client, session)
    county = await till(app, client, session, await make.organization(session, parent=province.organization))
    return province, county


async def asked(pair: Pair, fund: Fund | None, amount: int, **over: Any) -> dict[str, Any]:
    sender, receiver = pair
    body = {
        "sender_id": str(sender.organization.id),
        "receiver_id": str(receiver.organization.id),
        "nature": "grant",
        "amount": money(amount),
        "purpose": "慈安桥项目款",
        "fund_id": str(fund.id) if fund else None,
    }
    return await sender.made("/transfers", body | over)


async def sent(pair: Pair, fund: Fund | None, amount: int, **over: Any) -> dict[str, Any]:
    transfer = await asked(pair, fund, amount, **over)
    assert (await pair[0].decide()).status_code in {200, 201}
    body = {"channel_id": str(pair[0].bank.id), "sent_on": DAY.isoformat()}
    return await pair[0].made(f"/transfers/{transfer['id']}/sending", body, by=pair[0].cashier)


async def received(pair: Pair, transfer: dict[str, Any], fund: Fund | None = None) -> dict[str, Any]:
    body = {"channel_id": str(pair[1].bank.id), "received_on": DAY.isoformat()}
    body |= {"fund_id": str(fund.id)} if fund else {}
    return await pair[1].made(f"/transfers/{transfer['id']}/receipt", body, by=pair[1].cashier)


async def reach(at: Till, transfer: dict[str, Any]) -> dict[str, int]:
    told = (await at.get(f"/transfers/{transfer['id']}/last-mile")).json()
    names = ("arrived", "in_transit", "unspent", "paid_on", "returning", "returned", "unclear")
    return {name: told[name]["amount"] for name in names if told[name]["amount"]}


async def test_a_grant_is_confirmed_by_both_sides_and_followed(pair: Pair) -> None:
    province, county = pair
    fund, theirs = await province.fund(0), await county.fund(0)
    gift = await province.gift(fund, 100_00)

    on_its_way = await sent(pair, fund, 60_00)

    assert (on_its_way["state"], on_its_way["days_in_transit"]) == ("sent", 0)
    waiting = (await county.get("/transfers", state="sent", include="summary")).json()
    assert waiting["summary"] == {"count": 1, "amount": money(60_00)}
    assert await reach(province, on_its_way) == {"in_transit": 60_00}
    own = await province.post(f"/transfers/{on_its_way['id']}/receipt", {}, by=province.cashier)
    assert own.status_code in {404, 422}
    arrived = await received(pair, on_its_way, theirs)
    assert (arrived["state"], arrived["days_in_transit"]) == ("received", None)
    assert await county.left(theirs) == 60_00
    assert await reach(province, on_its_way) == {"unspent": 60_00}
    trace = await tracing.follow(province.session, [gift.postings[0].id])
    assert [(one.kind, one.amount, one.organization_id, one.depth) for one in trace.places] == [
        ("unspent", 60_00, county.organization.id, 1),
        ("unspent", 40_00, province.organization.id, 0),
    ]
    steps = (await county.get(f"/transfers/{on_its_way['id']}/steps")).json()["items"]
    assert [one["to_state"] for one in steps] == ["requested", "approved", "sent", "received"]
    assert steps[2]["actor"] == f"staff:{province.people[Role.cashier].id}"
    assert steps[3]["actor"] == f"staff:{county.people[Role.cashier].id}"


async def test_what_is_not_needed_comes_back_to_the_fund_it_had_left(pair: Pair) -> None:
    province, county = pair
    fund, theirs = await province.fund(60_00), await county.fund(0)
    transfer = await sent(pair, fund, 60_00)
    await received(pair, transfer, theirs)
    path = f"/transfers/{transfer['id']}/returns"
    body = {"channel_id": str(county.bank.id), "sent_on": DAY.isoformat(), "reason": "工程结余"}

    back = await county.made(path, body | {"amount": money(25_00)}, by=county.cashier)
    assert await reach(county, transfer) == {"unspent": 35_00, "returning": 25_00}
    taken = {"channel_id": str(province.bank.id), "received_on": DAY.isoformat()}
    done = await province.made(f"{path}/{back['id']}/receipt", taken, by=province.cashier)
    twice = await province.post(f"{path}/{back['id']}/receipt", taken, by=province.cashier)
    too_much = await county.post(path, body | {"amount": money(36_00)}, by=county.cashier)

    assert done["received_on"] == DAY.isoformat()
    assert twice.json()["code"] == "return-received"
    assert too_much.json()["code"] == "nothing-to-return"
    assert await reach(province, transfer) == {"unspent": 35_00, "returned": 25_00}
    assert (await province.left(fund), await county.left(theirs)) == (25_00, 35_00)
    assert len((await province.get(path)).json()["items"]) == 1


async def test_an_advance_is_settled_once_its_receiver_has_accounted_for_it(pair: Pair) -> None:
    province, county = pair
    fund, theirs = await province.fund(50_00), await county.fund(0)
    transfer = await sent(pair, fund, 50_00, nature="advance")
    await received(pair, transfer)
    assert await reach(province, transfer) == {"unspent": 50_00}
    assert await county.left(theirs) == 0
    early = await province.post(f"/transfers/{transfer['id']}/settlement", by=province.reviewer)

    body = {"fund_id": str(theirs.id), "content": "已完成桥基施工"}
    accounted = await county.made(f"/transfers/{transfer['id']}/account", body)
    settled = await province.made(f"/transfers/{transfer['id']}/settlement", by=province.reviewer)

    assert early.json()["code"] == "transfer-not-in-state"
    assert (accounted["state"], accounted["account"]) == ("accounted", "已完成桥基施工")
    assert settled["state"] == "settled"
    assert await county.left(theirs) == 50_00
    assert await reach(province, transfer) == {"unspent": 50_00}


async def entrusted(at: Till, amount: int) -> AgencyMandate:
    """A mandate for which so much came into the bank, where it lies apart from what is the member's own."""
    payee = UUID(await at.payee())
    mandate = AgencyMandate(
        organization_id=at.organization.id,
        counterparty_id=payee,
        code=f"DL-{new_code(6)}",
        title="转付助学款",
        document="委托协议一号",
        signed_on=DAY,
        made_by="test",
    )
    await mandates.make(at.session, mandate)
    happened = Event(occurred_at=now(), actor="test")
    owed = happened.leaf(at.organization.id, "2601", sub=mandate.code, counterparty_id=payee)
    lies = happened.leaf(at.organization.id, "1002", sub="agency", channel_id=at.bank.id)
    if amount:
        opened = await accounts.open_all(at.session, [owed, lies])
        line = Line(debit=opened[lies], credit=opened[owed], amount=amount)
        draft = happened.draft(at.organization.id, EntryKind.voucher, f"agency:{new_code()}", [line])
        await journal.post(at.session, [draft])
    return mandate


async def stands(at: Till, mandate: AgencyMandate) -> tuple[int, int, int]:
    """What came in for a mandate, what was handed on, and what is left."""
    [found] = (await mandates.standing(at.session, [mandate])).values()
    return found.taken_in, found.handed_on, found.left


async def test_agency_money_is_handed_on_by_a_mandate_and_no_more_than_it_holds(pair: Pair) -> None:
    province, county = pair
    mandate = await entrusted(province, 50_00)
    strange = await entrusted(county, 50_00)
    base = {
        "sender_id": str(province.organization.id),
        "receiver_id": str(county.organization.id),
        "nature": "agency",
        "amount": money(30_00),
        "purpose": "转付助学款",
    }
    ours = base | {"mandate_id": str(mandate.id)}
    for body, code in (
        (base, "transfer-parts-apart"),
        (base | {"mandate_id": str(strange.id)}, "transfer-parts-apart"),
        (ours | {"nature": "grant"}, "transfer-parts-apart"),
        (ours | {"amount": money(50_01)}, "mandate-short"),
    ):
        refused = await province.post("/transfers", body)
        assert refused.json()["code"] == code, body

    first = await province.made("/transfers", ours)
    more = await province.post("/transfers", ours)
    await province.made(f"/transfers/{first['id']}/withdrawal")
    assert (more.json()["code"], more.json()["left"]) == ("mandate-short", 20_00)
    assert (await province.post("/transfers", ours)).status_code == 201


async def test_a_page_of_transfers_is_followed_by_one_walk(pair: Pair) -> None:
    province, county = pair
    fund, theirs = await province.fund(100_00), await county.fund(0)
    bind = (await province.session.connection()).sync_connection
    statements: list[str] = []

    def note(*seen: object) -> None:
        statements.append(str(seen[2]))

    async def read() -> tuple[list[dict[str, Any]], int]:
        event.listen(bind, "before_cursor_execute", note)
        statements.clear()
        answer = await province.get("/last-mile")
        event.remove(bind, "before_cursor_execute", note)
        return answer.json()["items"], len([one for one in statements if "SAVEPOINT" not in one])

    for amount in (10_00, 20_00):
        await received(pair, await sent(pair, fund, amount), theirs)
    few, cost = await read()
    for amount in (5_00, 6_00, 7_00):
        await received(pair, await sent(pair, fund, amount), theirs)
    on_its_way = await sent(pair, fund, 8_00)
    many, still = await read()

    assert [one["unspent"]["amount"] for one in few] == [20_00, 10_00]
    assert [one["unspent"]["amount"] for one in many] == [0, 7_00, 6_00, 5_00, 20_00, 10_00]
    assert (many[0]["id"], many[0]["in_transit"]) == (on_its_way["id"], money(8_00))
    assert 0 < still == cost


async def test_agency_money_is_nobodys_and_lies_in_no_fund(pair: Pair) -> None:
    province, county = pair
    await province.fund(30_00)
    mandate = await entrusted(province, 50_00)
    transfer = await sent(pair, None, 30_00, nature="agency", mandate_id=str(mandate.id))
    assert transfer["mandate_id"] == str(mandate.id)
    fund = await county.fund(0)

    wrong = await county.post(
        f"/transfers/{transfer['id']}/receipt",
        {"channel_id": str(county.bank.id), "received_on": DAY.isoformat(), "fund_id": str(fund.id)},
        by=county.cashier,
    )
    await received(pair, transfer)

    assert wrong.json()["code"] == "transfer-parts-apart"
    assert await reach(county, transfer) == {"unspent": 30_00}


async def test_agency_money_passes_from_mandate_to_mandate_and_the_whole_way_back(pair: Pair) -> None:
    province, county = pair
    mandate, theirs = await entrusted(province, 50_00), await entrusted(county, 0)
    transfer = await sent(pair, None, 30_00, nature="agency", mandate_id=str(mandate.id))
    assert await stands(province, mandate) == (50_00, 30_00, 20_00)
    left = {
        "sender_id": str(province.organization.id),
        "receiver_id": str(county.organization.id),
        "nature": "agency",
        "purpose": "转付助学款",
        "mandate_id": str(mandate.id),
    }
    short = await province.post("/transfers", left | {"amount": money(20_01)})
    assert (short.json()["code"], short.json()["left"]) == ("mandate-short", 20_00)
    receipt = {"channel_id": str(county.bank.id), "received_on": DAY.isoformat()}
    path = f"/transfers/{transfer['id']}/receipt"
    foreign = await county.post(path, receipt | {"mandate_id": str(mandate.id)}, by=county.cashier)
    assert foreign.json()["code"] == "transfer-parts-apart"

    arrived = await county.made(path, receipt | {"mandate_id": str(theirs.id)}, by=county.cashier)

    assert arrived["receiver_mandate_id"] == str(theirs.id)
    assert await stands(county, theirs) == (30_00, 0, 30_00)
    back = {"channel_id": str(county.bank.id), "sent_on": DAY.isoformat(), "reason": "委托取消"}
    giving = f"/transfers/{transfer['id']}/returns"
    made = await county.made(giving, back | {"amount": money(30_00)}, by=county.cashier)
    taken = {"channel_id": str(province.bank.id), "received_on": DAY.isoformat()}
    await province.made(f"{giving}/{made['id']}/receipt", taken, by=province.cashier)
    assert (await stands(county, theirs))[2] == 0
    assert (await stands(province, mandate))[2] == 50_00
    await books_agree(province.session)


async def test_what_a_mandate_no_longer_holds_is_not_sent(pair: Pair) -> None:
    """Between request and payment somebody else may have handed the money on: the account's floor decides."""
    province, _ = pair
    mandate = await entrusted(province, 50_00)
    first = await asked(pair, None, 30_00, nature="agency", mandate_id=str(mandate.id))
    second = await asked(pair, None, 20_00, nature="agency", mandate_id=str(mandate.id))
    for _ in range(2):
        assert (await province.decide()).status_code in {200, 201}
    happened = Event(occurred_at=now(), actor="test")
    owed = happened.leaf(
        province.organization.id, "2601", sub=mandate.code, counterparty_id=mandate.counterparty_id
    )
    lies = happened.leaf(province.organization.id, "1002", sub="agency", channel_id=province.bank.id)
    opened = await accounts.open_all(province.session, [owed, lies])
    line = Line(debit=opened[owed], credit=opened[lies], amount=25_00)
    draft = happened.draft(province.organization.id, EntryKind.voucher, f"agency:{new_code()}", [line])
    await journal.post(province.session, [draft])
    body = {"channel_id": str(province.bank.id), "sent_on": DAY.isoformat()}

    refused = await province.post(f"/transfers/{first['id']}/sending", body, by=province.cashier)
    fits = await province.post(f"/transfers/{second['id']}/sending", body, by=province.cashier)

    assert (refused.status_code, refused.json()["code"]) == (409, "account-short")
    assert fits.status_code == 200, fits.text
    assert await stands(province, mandate) == (50_00, 45_00, 5_00)


async def test_an_approved_transfer_that_nobody_needs_is_taken_back_until_it_is_sent(pair: Pair) -> None:
    province, _ = pair
    fund = await province.fund(30_00)
    kept, gone = await asked(pair, fund, 10_00), await asked(pair, fund, 10_00)
    for _ in range(2):
        assert (await province.decide()).status_code in {200, 201}
    assert (await province.get(f"/transfers/{gone['id']}")).json()["allowed_actions"] == ["withdraw"]

    withdrawn = await province.made(f"/transfers/{gone['id']}/withdrawal")
    body = {"channel_id": str(province.bank.id), "sent_on": DAY.isoformat()}
    refused = await province.post(f"/transfers/{gone['id']}/sending", body, by=province.cashier)
    await province.made(f"/transfers/{kept['id']}/sending", body, by=province.cashier)
    late = await province.post(f"/transfers/{kept['id']}/withdrawal")

    assert (withdrawn["state"], refused.json()["code"]) == ("withdrawn", "transfer-not-in-state")
    assert (late.status_code, late.json()["code"]) == (409, "transfer-not-in-state")
    steps = (await province.get(f"/transfers/{gone['id']}/steps")).json()["items"]
    assert [one["to_state"] for one in steps] == ["requested", "approved", "withdrawn"]
    assert steps[2]["actor"] == f"staff:{province.people[Role.project_officer].id}"


async def test_what_does_not_fit_is_refused(pair: Pair) -> None:
    province, county = pair
    fund, theirs = await province.fund(10_00), await county.fund(0)
    base = {
        "sender_id": str(province.organization.id),
        "receiver_id": str(county.organization.id),
        "nature": "grant",
        "amount": money(10_00),
        "purpose": "x",
        "fund_id": str(fund.id),
    }
    codes = [
        (base | {"receiver_id": base["sender_id"]}, "transfer-parts-apart"),
        (base | {"fund_id": str(theirs.id)}, "transfer-parts-apart"),
        (base | {"nature": "agency"}, "transfer-parts-apart"),
        (base | {"amount": money(10_01)}, "fund-short"),
    ]
    for body, code in codes:
        assert (await province.post("/transfers", body)).json()["code"] == code
    transfer = await province.made("/transfers", base)
    body = {"channel_id": str(province.bank.id), "sent_on": DAY.isoformat()}
    undecided = await province.post(f"/transfers/{transfer['id']}/sending", body, by=province.cashier)
    assert undecided.json()["code"] == "transfer-not-in-state"
    await province.decide()
    ahead = body | {"sent_on": (DAY + timedelta(days=1)).isoformat()}
    refused = await province.post(f"/transfers/{transfer['id']}/sending", ahead, by=province.cashier)
    assert refused.json()["code"] == "transfer-day-unfit"
    elsewhere = body | {"channel_id": str(county.bank.id)}
    other = await province.post(f"/transfers/{transfer['id']}/sending", elsewhere, by=province.cashier)
    assert other.json()["code"] == "transfer-parts-apart"


async def test_only_the_two_sides_and_those_above_see_a_transfer(
    app: FastAPI, client: AsyncClient, session: WriteSession, pair: Pair
) -> None:
    transfer = await asked(pair, await pair[0].fund(10_00), 10_00)
    stranger = await till(app, client, session)

    assert (await pair[1].get(f"/transfers/{transfer['id']}")).status_code == 200
    assert (await stranger.get(f"/transfers/{transfer['id']}")).status_code == 404
    assert (await stranger.get("/transfers")).json()["items"] == []
    assert (await pair[1].post(f"/transfers/{transfer['id']}/withdrawal")).status_code == 404
    withdrawn = await pair[0].made(f"/transfers/{transfer['id']}/withdrawal")
    assert (withdrawn["state"], withdrawn["allowed_actions"]) == ("withdrawn", [])
