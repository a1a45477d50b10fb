"""Orders through WeChat Pay and Alipay: asked for as their documents say, and paid by their notification."""

import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import psycopg
import pytest
from alipay.aop.api.util.SignatureUtils import get_sign_content, verify_with_rsa
from httpx import AsyncClient, Response
from sqlalchemy import select
from wechatpayv3.utils import rsa_sign

from app.fundraising.models import Donation, DonationOrder
from app.fundraising.paying.payables import Gates
from app.fundraising.ways import providers
from app.kit.database import Database, WriteSession
from app.organizations.models import PlatformSecret
from tests.databases import Cluster
from tests.fundraising.ways.gateway import H5_URL, PREPAY_ID, SERIAL, Gateway, running
from tests.webhooks.operators import Headers, operator
from tests.webhooks.platforms import Partner, partner
from tests.webhooks.translators.ant import APP_ID as ALIPAY_APP
from tests.webhooks.translators.ant import Ant
from tests.webhooks.translators.tenpay import APP_ID as WECHAT_APP
from tests.webhooks.translators.tenpay import MERCHANT_NO, Tenpay

ORDERS = "/v1/fundraising/orders"
OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
OURS = "https://charity.example"


@pytest.fixture
async def at(session: WriteSession) -> Partner:
    return await partner(session)


@pytest.fixture
async def staff(session: WriteSession, at: Partner) -> Headers:
    return await operator(session, at.organization)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with running(Gateway(Tenpay(slug="wx-pay"))) as gateway:
        yield gateway


def reached(session: WriteSession, gateway: Gateway, seconds: float = 60.0) -> None:
    session.info[providers.GATES] = Gates(wechat_pay=gateway.url, ours=OURS, seconds=seconds)


async def enrolled(client: AsyncClient, at: Partner, staff: Headers, platform: Tenpay | Ant) -> str:
    body = {
        "organization_id": str(at.organization.id),
        "slug": platform.slug,
        "name": "支付平台",
        "merchant_account": {"code": platform.slug, "name": "商户号"},
        "payment_terms": platform.terms,
    }
    answer = await client.post("/v1/platforms", json=body, headers=staff)
    assert answer.status_code == 201, answer.text
    return f"/v1/platforms/{answer.json()['id']}/credentials"


async def wechat(client: AsyncClient, at: Partner, staff: Headers, gateway: Gateway) -> str:
    door = await enrolled(client, at, staff, gateway.tenpay)
    key = {"key": gateway.private_key, "serial": SERIAL}
    answer = await client.post(door, json={"private_key": key}, headers=staff)
    assert (answer.status_code, answer.json()["purpose"], answer.json()["serial"]) == (201, "asks", SERIAL)
    return door


async def alipay(client: AsyncClient, at: Partner, staff: Headers) -> tuple[Ant, Ant]:
    """The platform, and the application of ours there: each has a key pair of its own."""
    platform, ours = Ant(slug="ali-pay"), Ant(slug="ours")
    door = await enrolled(client, at, staff, platform)
    answer = await client.post(door, json={"private_key": {"key": ours.private_key}}, headers=staff)
    assert answer.status_code == 201, answer.text
    return platform, ours


async def order(client: AsyncClient, at: Partner, slug: str, **payment: str) -> Response:
    wish = {
        "campaign": at.campaign.code,
        "platform": slug,
        "amount": {"amount": 5029, "currency": "CNY"},
        "terms_version": "2026-01",
        "giver": {"name": "王小明", "show_name": True},
        "message": "愿桥早日建成",
        "payment": payment or None,
    }
    return await client.post(ORDERS, json=wish)


async def ask(client: AsyncClient, made: dict[str, Any]) -> dict[str, Any]:
    headers = {"Order-Secret": made["secret"]}
    return (await client.get(f"{ORDERS}/{made['number']}", headers=headers)).json()


async def test_an_order_in_wechat_is_prepaid_signed_and_paid_by_its_notification(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, gateway: Gateway
) -> None:
    reached(session, gateway)
    await wechat(client, at, staff, gateway)

    made = (await order(client, at, "wx-pay", method="jsapi", openid=OPENID)).json()

    told = made["payment"]
    [(path, asked)] = gateway.asked
    assert path == "/v3/pay/transactions/jsapi"
    assert (asked["appid"], asked["mchid"], asked["out_trade_no"]) == (
        *(WECHAT_APP, MERCHANT_NO),
        made["number"],
    )
    assert (asked["amount"], asked["payer"]) == ({"total": 5029, "currency": "CNY"}, {"openid": OPENID})
    assert asked["notify_url"] == f"{OURS}/v1/webhooks/wx-pay"
    assert asked["time_expire"].endswith("+08:00")
    assert told["package"] == f"prepay_id={PREPAY_ID}"
    message = f"{WECHAT_APP}\n{told['timeStamp']}\n{told['nonceStr']}\n{told['package']}\n"
    assert (told["appId"], told["signType"]) == (WECHAT_APP, "RSA")
    assert told["paySign"] == rsa_sign(gateway.merchant, message)

    paid = gateway.tenpay.payment(asked["attach"], 5029, out_trade_no=made["number"])
    await gateway.tenpay.post(client, gateway.tenpay.sealed(paid))

    after = await ask(client, made)
    assert (after["state"], after["paid"]["amount"]) == ("paid", 5029)
    gift = (await session.scalars(select(Donation))).one()
    assert (gift.state, gift.campaign_id, gift.their_id) == ("posted", at.campaign.id, made["number"])


async def test_an_order_in_a_mobile_browser_gets_the_page_of_wechat_to_go_to(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, gateway: Gateway
) -> None:
    reached(session, gateway)
    await wechat(client, at, staff, gateway)

    made = (await order(client, at, "wx-pay", method="h5")).json()

    [(path, asked)] = gateway.asked
    assert (path, made["payment"]) == ("/v3/pay/transactions/h5", {"h5_url": H5_URL})
    assert asked["scene_info"] == {"payer_client_ip": "127.0.0.1", "h5_info": {"type": "Wap"}}


@pytest.mark.parametrize(
    ("method", "api"),
    [("app", "alipay.trade.app.pay"), ("page", "alipay.trade.page.pay"), ("wap", "alipay.trade.wap.pay")],
)
async def test_an_order_for_alipay_is_a_form_that_its_own_library_verifies(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, method: str, api: str
) -> None:
    session.info[providers.GATES] = Gates(ours=OURS)
    platform, ours = await alipay(client, at, staff)

    made = (await order(client, at, "ali-pay", method=method)).json()

    told = made["payment"].get("order_string") or urlsplit(made["payment"]["url"]).query
    form = dict(parse_qsl(told, strict_parsing=True))
    sign = form.pop("sign")
    assert verify_with_rsa(ours.public_key, get_sign_content(form).encode(), sign)
    content = orjson.loads(form["biz_content"])
    assert (form["method"], form["app_id"], form["notify_url"]) == (
        *(api, ALIPAY_APP),
        f"{OURS}/v1/webhooks/ali-pay",
    )
    assert (content["out_trade_no"], content["total_amount"]) == (made["number"], "50.29")

    trade = platform.trade(content["passback_params"], "50.29", out_trade_no=made["number"])
    assert (await platform.post(client, trade)).text == "success"
    after = await ask(client, made)
    assert (after["state"], after["paid"]["amount"]) == ("paid", 5029)
    gift = (await session.scalars(select(Donation))).one()
    assert (gift.state, gift.campaign_id) == ("posted", at.campaign.id)


async def test_a_platform_that_is_away_unsigned_or_unwilling_is_told_as_a_problem(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, gateway: Gateway
) -> None:
    reached(session, gateway)
    await wechat(client, at, staff, gateway)
    heard: list[tuple[int, str, str | None]] = []

    async def wish() -> None:
        answer = await order(client, at, "wx-pay", method="h5")
        heard.append((answer.status_code, answer.json()["code"], answer.headers.get("retry-after")))

    gateway.status = 500
    await wish()
    gateway.status, gateway.forged = 200, True
    await wish()
    gateway.forged, gateway.answer = False, {"h5_url": "javascript:alert(1)"}
    await wish()
    gateway.status, gateway.answer = 400, {"code": "PARAM_ERROR", "message": "no"}
    await wish()

    assert heard == [(503, "provider-away", "5")] * 3 + [(409, "payment-refused", None)]


async def test_a_platform_that_does_not_answer_is_not_waited_for_for_ever(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, gateway: Gateway
) -> None:
    reached(session, gateway, seconds=0.2)
    await wechat(client, at, staff, gateway)
    over = threading.Event()
    gateway.meanwhile = lambda: over.wait(60) and None

    silent = await order(client, at, "wx-pay", method="h5")
    over.set()
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{held.getsockname()[1]}"
        session.info[providers.GATES] = Gates(wechat_pay=closed, seconds=60)
        nobody = await order(client, at, "wx-pay", method="h5")

    assert (silent.status_code, silent.json()["code"]) == (503, "provider-away")
    assert (nobody.status_code, nobody.json()["code"]) == (503, "provider-away")


async def test_what_can_not_be_paid_is_refused_before_anything_is_kept(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, gateway: Gateway
) -> None:
    reached(session, gateway)
    await enrolled(client, at, staff, Tenpay(slug="wx-bare"))
    await wechat(client, at, staff, gateway)

    heard = [
        await order(client, at, "wx-bare", method="h5"),
        await order(client, at, "wx-pay", method="jsapi"),
        await order(client, at, "wx-pay", method="page"),
        await order(client, at, "wx-pay"),
    ]

    unfit = (422, "payment-method-unfit")
    said = [(one.status_code, one.json()["code"]) for one in heard]
    assert said == [(409, "provider-missing"), unfit, unfit, unfit]
    assert (await session.scalars(select(DonationOrder))).all() == []
    assert gateway.asked == []


async def test_our_key_at_a_platform_is_sealed_and_told_to_nobody(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, gateway: Gateway
) -> None:
    door = await wechat(client, at, staff, gateway)

    listed = await client.get(door, headers=staff)
    no_key = {"private_key": {"key": "my-secret-words", "serial": SERIAL + "A"}}
    refused = [
        await client.post(door, json=no_key, headers=staff),
        await client.post(door, json={"private_key": {"key": gateway.private_key}}, headers=staff),
    ]

    assert listed.json()["items"][0]["purpose"] == "asks"
    assert "PRIVATE" not in listed.text
    assert [one.json()["code"] for one in refused] == ["credential-unusable"] * 2
    assert "my-secret-words" not in refused[0].text
    for kept in await session.scalars(select(PlatformSecret)):
        assert b"PRIVATE" not in kept.sealed


async def test_a_platform_is_asked_when_the_order_is_committed_and_no_transaction_is_open(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_client: AsyncClient,
    gateway: Gateway,
) -> None:
    async with committed.writing() as session:
        at = await partner(session)
        staff = await operator(session, at.organization)
    await wechat(committed_client, at, staff, gateway)
    seen: list[tuple[int, int]] = []

    def look() -> None:
        with psycopg.connect(cluster.url(fresh_database)) as link:
            orders = link.execute("select count(*) from donation_orders").fetchone()
            busy = link.execute(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and state like 'idle in transaction%'"
            ).fetchone()
        assert orders is not None
        assert busy is not None
        seen.append((orders[0], busy[0]))

    gateway.meanwhile = look
    for pool in (committed._write, committed._read):
        pool.kw["info"][providers.GATES] = Gates(wechat_pay=gateway.url, seconds=60)

    answer = await order(committed_client, at, "wx-pay", method="h5")

    assert (answer.status_code, seen) == (201, [(1, 0)]), answer.text
