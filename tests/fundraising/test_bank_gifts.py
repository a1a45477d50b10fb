"""Lines of a bank's statement that are gifts or a platform's payout, each booked once."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.accounting.models import BankLine
from app.fundraising import campaigns, donations
from app.fundraising.banking import bank_gifts, fees
from app.fundraising.banking.bank_gifts import BankGift
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.errors import Refusal
from app.ledger import accounts, funds
from app.ledger.models import Account, Posting
from app.organizations.access import Role
from tests.accounting.banking import Told, line_of, lines, send, statement, tell
from tests.accounting.office import office
from tests.accounting.test_decisions import booked
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, books_agree, desk, fen


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def told(at: Desk, *movements: Told) -> list[dict[str, Any]]:
    await send(at, statement(*movements))
    return await lines(at)


async def test_a_line_becomes_a_gift_to_a_campaign(clerk: Desk, session: WriteSession) -> None:
    [line] = await told(
        clerk, Told(amount=500_00, name="王小明", account="6222020200012345678", remark="修桥")
    )

    answer = await clerk.post(f"/bank-lines/{line['id']}/donation", {"campaign_id": str(clerk.campaign.id)})
    again = await clerk.post(f"/bank-lines/{line['id']}/donation", {"campaign_id": str(clerk.campaign.id)})

    assert answer.status_code == 201, answer.text
    gift = answer.json()
    assert (gift["outcome"], gift["amount"], gift["donated_on"]) == ("posted", fen(500_00), "2026-05-01")
    assert (gift["giver"]["name"], gift["giver"]["message"]) == ("王小明", "修桥")
    assert (again.status_code, again.json()["code"]) == (409, "line-decided")
    [shown] = await lines(clerk)
    assert (shown["kind"], shown["entry_id"], shown["matched"]) == ("gift", gift["entry_id"], fen(500_00))
    assert (await clerk.totals())["raised"] == 500_00
    await books_agree(session)


async def test_who_gave_is_told_apart_from_who_paid(clerk: Desk, session: WriteSession) -> None:
    relayed, said = await told(
        clerk, Told(amount=1, name="某银行", remark="林某转来王某捐款"), Told(amount=2, name="李经理")
    )
    campaign = {"campaign_id": str(clerk.campaign.id)}

    one = (await clerk.post(f"/bank-lines/{relayed['id']}/donation", campaign)).json()
    giver = {"name": "某公司", "kind": "organization", "show_name": True}
    two = (await clerk.post(f"/bank-lines/{said['id']}/donation", campaign | {"giver": giver})).json()

    assert one["giver"]["name"] == "王某"
    assert (two["giver"]["name"], two["giver"]["kind"]) == ("某公司", "organization")


async def test_erasing_the_giver_takes_the_line_s_words_along(clerk: Desk, session: WriteSession) -> None:
    [line] = await told(clerk, Told(amount=1, name="王小明"))
    campaign = {"campaign_id": str(clerk.campaign.id)}
    gift = (await clerk.post(f"/bank-lines/{line['id']}/donation", campaign)).json()
    assert (await lines(clerk))[0]["counterparty"]["name"] == "王小明"

    await vault.erase(session, (await session.get_one(Donation, gift["id"])).person_id)

    assert (await lines(clerk))[0]["counterparty"]["name"] is None


async def test_without_a_campaign_a_gift_is_unrestricted(clerk: Desk, session: WriteSession) -> None:
    [line] = await told(clerk, Told(amount=900, name="王小明"))

    answer = await clerk.post(f"/bank-lines/{line['id']}/donation", {})
    gift = answer.json()
    read = await clerk.get(f"/donations/{gift['id']}")
    trace = await clerk.client.get(f"/v1/disclosure/donations/{gift['lookup_code']}/trace")

    assert answer.status_code == 201, answer.text
    assert (gift["outcome"], gift["campaign_id"]) == ("posted", None)
    assert await booked(session, gift["entry_id"]) == [(f"1002/{clerk.bank.code}", "4101/GENERAL", 900)]
    general = await funds.general(session, clerk.organization.id)
    assert await funds.left(session, [general.id]) == {general.id: 900}
    assert (read.status_code, trace.status_code) == (200, 200), trace.text
    await books_agree(session)


async def test_money_for_a_campaign_that_was_closed_waits_in_suspense(
    clerk: Desk, session: WriteSession
) -> None:
    await campaigns.close(session, clerk.campaign, at=make.OPENED)
    [line] = await told(clerk, Told(amount=5))

    answer = await clerk.post(f"/bank-lines/{line['id']}/donation", {"campaign_id": str(clerk.campaign.id)})

    assert (answer.status_code, answer.json()["outcome"]) == (201, "suspense")
    assert [one["amount"] for one in (await clerk.get("/suspense")).json()["items"]] == [fen(5)]


async def test_what_can_be_no_gift_is_refused(clerk: Desk, session: WriteSession) -> None:
    out, came = await told(clerk, Told(amount=-1), Told(amount=5))
    foreign = await make.campaign(session, (await members.organization(session)).id)
    campaign = {"campaign_id": str(clerk.campaign.id)}

    answers = [
        await clerk.post(f"/bank-lines/{out['id']}/donation", campaign),
        await clerk.post(f"/bank-lines/{came['id']}/donation", {"campaign_id": str(foreign.id)}),
        await clerk.post(f"/bank-lines/{came['id']}/donation", campaign | {"designation": "x"}),
        await clerk.post(f"/bank-lines/{came['id']}/donation", {"designation": "main"}),
    ]

    codes = [
        "line-goes-the-other-way",
        "channel-of-another-organization",
        "designation-not-found",
        "malformed",
    ]
    assert [one.json()["code"] for one in answers] == codes


async def test_many_lines_are_recorded_with_an_outcome_each(clerk: Desk) -> None:
    found = await told(clerk, Told(amount=1), Told(amount=-2), Told(amount=3))
    ids = [line["id"] for line in found]

    body = {"line_ids": ids, "campaign_id": str(clerk.campaign.id)}
    answer = await clerk.post("/bank-lines/donations/batch", body)

    assert answer.status_code == 200, answer.text
    outcomes = [(one["outcome"], one["refused"]) for one in answer.json()["outcomes"]]
    assert outcomes == [("posted", None), (None, "line-goes-the-other-way"), ("posted", None)]
    assert (await clerk.totals())["raised"] == 4


async def test_a_payout_is_booked_gross_with_its_fee(clerk: Desk, session: WriteSession) -> None:
    await donations.receive(session, [make.gift(clerk.appeal, 100_00)])
    merchant = clerk.appeal.channel
    [line] = await told(clerk, Told(amount=99_40, name="财付通"))
    body = {"channel_id": str(merchant.id), "fee": fen(60)}
    path = f"/bank-lines/{line['id']}/settlement"

    too_much = await clerk.post(path, body | {"fee": fen(61)})
    no_merchant = await clerk.post(path, {"channel_id": str(clerk.bank.id)})
    answer = await clerk.post(path, body)

    assert [one.json()["code"] for one in (too_much, no_merchant)] == [
        "settlement-exceeds-balance",
        "settlement-needs-merchant",
    ]
    assert answer.status_code == 201, answer.text
    assert (answer.json()["net"], answer.json()["gross"]) == (fen(99_40), fen(100_00))
    assert await booked(session, answer.json()["entry_id"]) == [
        (f"1002/{clerk.bank.code}", "1009/tencent", 99_40),
        ("1122/GENERAL", "1009/tencent", 60),
    ]
    assert await accounts.standing(session, [merchant.account_id]) == {merchant.account_id: 0}
    # The donors gave all of it: the fee is ours.
    assert (await clerk.totals())["raised"] == 100_00
    await books_agree(session)


async def test_only_who_records_gifts_there_may(app: FastAPI, clerk: Desk, session: WriteSession) -> None:
    [line] = await told(clerk, Told(amount=1))
    stranger = await members.sign_in(app, session, Role.accountant, await members.organization(session))
    auditor = await members.sign_in(app, session, Role.auditor, clerk.organization)
    codes: list[int] = []
    for headers in (stranger, auditor):
        clerk.headers.clear()
        clerk.headers.update(headers)
        codes.append((await clerk.post(f"/bank-lines/{line['id']}/donation", {})).status_code)
    assert codes == [404, 403]


async def test_what_nobody_placed_in_time_is_unrestricted(
    clerk: Desk, shared: Shared, session: WriteSession
) -> None:
    old, young = today() - timedelta(days=90), today() - timedelta(days=89)
    told = [
        Told(amount=1, day=f"{old}", name="某人"),
        Told(amount=2, day=f"{old}", name="某人", remark="定向捐给某某村"),
        Told(amount=4, day=f"{old}", summary="结息"),
        Told(amount=8, day=f"{young}", name="某人"),
    ]
    await send(clerk, statement(*told))
    unknown = await line_of(session, clerk.bank, 16, day=old)
    await tell(clerk, f"/bank-lines/{unknown.id}/classification", {"kind": "unknown"})

    taken = await bank_gifts.take_unclaimed(shared, days=90)
    again = await bank_gifts.take_unclaimed(shared, days=90)

    assert (taken, again) == (2, 0)
    general = await funds.general(session, clerk.organization.id)
    assert await funds.left(session, [general.id]) == {general.id: 1 + 16}
    await books_agree(session)


async def test_a_line_whose_gift_was_recorded_elsewhere_is_not_booked_again(
    clerk: Desk, shared: Shared, session: WriteSession
) -> None:
    old = today() - timedelta(days=90)
    await clerk.give(20)
    [posting] = (await session.scalars(select(Posting))).all()
    whole = await line_of(session, clerk.bank, 16, day=old)
    part = await line_of(session, clerk.bank, 20, day=old)
    for line, amount in ((whole, 16), (part, 4)):
        body = {"matches": [{"posting_id": str(posting.id), "amount": fen(amount)}]}
        answer = await tell(clerk, f"/bank-lines/{line.id}/matches", body)
        assert answer.status_code == 201, answer.text

    taken = await bank_gifts.take_unclaimed(shared, days=90)
    again = await clerk.post(f"/bank-lines/{whole.id}/donation", {})
    partly = await tell(clerk, f"/bank-lines/{part.id}/classification", {"kind": "unknown"})
    named = await tell(clerk, f"/bank-lines/{whole.id}/classification", {"kind": "unknown"})
    later = await bank_gifts.take_unclaimed(shared, days=90)

    assert (again.status_code, again.json()["code"]) == (409, "line-matched")
    assert (partly.status_code, partly.json()["code"]) == (409, "line-matched")
    # What the books know as a whole is given its name, and books nothing.
    assert (named.status_code, named.json()["kind"], named.json()["entry_id"]) == (200, "unknown", None)
    assert (taken, later, len((await session.scalars(select(Donation))).all())) == (0, 0, 1)
    await books_agree(session)


async def test_a_line_is_taken_once_however_many_want_it(committed: Database) -> None:
    async with committed.writing() as session:
        organization = await members.organization(session, books_from=date(2026, 1, 1))
        channel = await bank(session, organization)
        campaign = await make.campaign(session, organization.id)
        line = await line_of(session, channel, 500)

    async def take(number: int) -> bool:
        try:
            async with committed.writing() as session:
                await bank_gifts.record(
                    session, BankGift(line_id=line.id, campaign=campaign), actor=f"{number}"
                )
        except Refusal:
            return False
        return True

    won = await asyncio.gather(*(take(number) for number in range(20)))

    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Donation)) == 1
        kept = await session.get_one(BankLine, line.id)
        assert (sum(won), kept.matched_minor) == (1, 500)
        assert await accounts.standing(session, [channel.account_id]) == {channel.account_id: 500}


@pytest.mark.parametrize(("chart", "code"), [("2004", "5301"), ("2026", "5401")])
async def test_a_fee_stands_where_the_members_chart_has_it(
    app: FastAPI, client: AsyncClient, session: WriteSession, chart: str, code: str
) -> None:
    at = await office(app, client, session, chart=chart)
    kept, back = await fees.line(session, at.bank, 60), await fees.line(session, at.bank, -60)
    cost = await session.get_one(Account, kept.debit)
    assert (cost.chart, cost.code) == (chart, code)
    assert (back.debit, back.credit, back.amount) == (kept.credit, kept.debit, kept.amount)
