"""Notifications of Alipay are believed, read and answered as its documents say."""

import itertools

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import func, select, text

from app.fundraising.models import Donation, Refund
from app.kit.database import WriteSession
from app.ledger.models import Entry
from app.webhooks.models import Delivery
from app.webhooks.translators import alipay
from tests.webhooks.operators import operator
from tests.webhooks.platforms import Partner, partner
from tests.webhooks.translators.ant import APP_ID, Ant


@pytest.fixture
async def at(session: WriteSession) -> Partner:
    return await partner(session)


async def enrolled(client: AsyncClient, session: WriteSession, at: Partner) -> Ant:
    platform = Ant(slug=f"{at.platform.slug}-ali")
    body = {
        "organization_id": str(at.organization.id),
        "slug": platform.slug,
        "name": "支付宝",
        "merchant_account": {"code": "ali2088", "name": "支付宝商户"},
        "payment_terms": platform.terms,
    }
    answer = await client.post("/v1/platforms", json=body, headers=await operator(session, at.organization))
    assert answer.status_code == 201, answer.text
    assert answer.json()["payment_terms"]["app_id"] == APP_ID
    return platform


@pytest.fixture
async def ant(client: AsyncClient, session: WriteSession, at: Partner) -> Ant:
    return await enrolled(client, session, at)


def said(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.text


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
async def test_a_paid_trade_is_a_gift_in_yuan_to_the_fen(
    client: AsyncClient, session: WriteSession, at: Partner, ant: Ant, charset: str
) -> None:
    ant.charset = charset
    trade = ant.trade(f"campaign%3D{at.campaign.code}", "0.29")

    answer = await ant.post(client, trade)

    assert said(answer) == (200, "success")
    assert answer.headers["content-type"].startswith("text/plain")
    donation = (await session.scalars(select(Donation))).one()
    assert (donation.amount, donation.their_id) == (29, trade["out_trade_no"])
    assert (donation.state, donation.campaign_id) == ("posted", at.campaign.id)
    assert donation.donated_at.isoformat() == "2026-04-30T23:59:58+00:00"
    assert alipay.UNIT == "yuan"


async def test_a_trade_told_again_and_once_more_as_finished_is_booked_once(
    client: AsyncClient, session: WriteSession, at: Partner, ant: Ant
) -> None:
    trade = ant.trade(at.campaign.code)
    again = trade | {"notify_time": "2026-05-01 08:04:03"}
    finished = trade | {"notify_id": "other", "trade_status": "TRADE_FINISHED"}
    waiting = ant.trade(at.campaign.code, trade_status="WAIT_BUYER_PAY")

    for form in (trade, again, finished, waiting):
        assert said(await ant.post(client, form)) == (200, "success")

    assert await session.scalar(select(func.count()).select_from(Entry)) == 1
    outcomes = set((await session.scalars(select(Delivery.outcome))).all())
    assert outcomes == {"posted", "duplicate", "ignored"}
    changed = await ant.post(client, trade | {"total_amount": "88.89"})
    assert said(changed) == (409, "fail")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_running_totals_of_refunds_end_alike_in_every_order(
    client: AsyncClient, session: WriteSession, at: Partner, ant: Ant, order: tuple[int, ...]
) -> None:
    trade = ant.trade(at.campaign.code, "100.00")
    later = {"gmt_refund": "2026-05-03 08:00:00.000", "trade_status": "TRADE_CLOSED"}
    told = [
        trade,
        ant.refund(trade, "30.00", "R-1"),
        ant.refund(trade, "100.00", "R-2", **later),
    ]
    for place in (*order, *order):
        assert said(await ant.post(client, told[place])) == (200, "success")

    donation = (await session.scalars(select(Donation))).one()
    await session.refresh(donation)
    assert donation.refunded == 100_00
    refunds = (await session.scalars(select(Refund).execution_options(populate_existing=True))).all()
    assert sum(one.amount for one in refunds if one.state == "posted") == 100_00
    assert {one.state for one in refunds} <= {"posted", "covered"}
    left = await session.execute(
        text(
            "select a.code, sum(x.amount)::bigint from ("
            " select debit_account_id as id, amount from postings"
            " union all select credit_account_id, -amount from postings) x"
            " join accounts a using (id) group by a.code having sum(x.amount) <> 0"
        )
    )
    assert left.all() == []


async def test_more_given_back_than_given_is_refused(client: AsyncClient, at: Partner, ant: Ant) -> None:
    trade = ant.trade(at.campaign.code, "10.00")
    await ant.post(client, trade)
    assert said(await ant.post(client, ant.refund(trade, "10.01", "R-1"))) == (409, "fail")


async def test_only_what_alipay_signed_for_us_is_let_in(
    client: AsyncClient, session: WriteSession, at: Partner, ant: Ant
) -> None:
    trade = ant.trade(at.campaign.code)
    stranger = Ant(slug=ant.slug)
    bodies = [
        stranger.signed(trade),
        ant.signed(trade | {"app_id": "2021000000000002"}),
        ant.signed(trade | {"seller_id": "2088000000000002"}),
        ant.signed({name: value for name, value in trade.items() if name != "seller_id"}),
        ant.signed(trade | {"notify_id": ""}),
        ant.signed(trade, sign_type="RSA"),
        ant.signed(trade, sign="not base64"),
        ant.signed(trade, total_amount="8888.88"),
        ant.signed(trade) + b"&total_amount=8888.88",
        ant.signed(trade | {"charset": "utf-7"}),
        ant.signed(trade).replace(b"%E6", b"%FF"),
        "慈善".encode(),
        b"{}",
        b"",
    ]
    for body in bodies:
        answer = await ant.post(client, body)
        assert (answer.status_code, answer.json()["code"]) == (401, "delivery-not-authentic"), body
    assert await session.scalar(select(func.count()).select_from(Delivery)) == 0


async def test_what_cannot_be_read_is_kept_as_rejected(
    client: AsyncClient, session: WriteSession, at: Partner, ant: Ant
) -> None:
    amounts = ["0", "0.00", "-1.00", "1.001", "1e2", "1,000.00", "￥1", "١.00", "NaN", "99999999999999"]
    forms = [ant.trade(at.campaign.code, amount) for amount in amounts]
    forms += [
        ant.trade(at.campaign.code, gmt_payment="yesterday"),
        ant.trade(at.campaign.code, gmt_payment="2026-02-30 08:00:00"),
        ant.trade(at.campaign.code, gmt_payment=""),
        ant.refund(ant.trade(at.campaign.code), "1.00", "R-1", gmt_refund="2026-02-30 08:00:00"),
        ant.trade(at.campaign.code, out_trade_no=""),
        ant.trade(at.campaign.code, out_trade_no="a\x00b"),
    ]
    for form in forms:
        assert said(await ant.post(client, form)) == (400, "fail"), form

    kept = (await session.scalars(select(Delivery))).all()
    assert [one.outcome for one in kept] == ["rejected"] * len(forms)


@pytest.mark.parametrize(
    "notify_time", ["2026-02-30 08:00:03", "2026-05-01 24:00:00", "0001-01-01 00:00:00", "yesterday"]
)
async def test_an_impossible_time_of_sending_is_refused_and_kept_and_the_gift_is_not_lost(
    client: AsyncClient, session: WriteSession, at: Partner, ant: Ant, notify_time: str
) -> None:
    trade = ant.trade(at.campaign.code)

    assert said(await ant.post(client, trade | {"notify_time": notify_time})) == (400, "fail")

    kept = (await session.scalars(select(Delivery))).one()
    assert (kept.outcome, kept.problem) == ("rejected", "event-unreadable")
    asked = await client.get(f"/v1/deliveries/{kept.id}", headers=await operator(session, at.organization))
    assert trade["out_trade_no"] in asked.json()["body"]
    assert said(await ant.post(client, trade)) == (200, "success")
    assert (await session.scalars(select(Donation))).one().amount == 8888
