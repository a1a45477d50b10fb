"""Notifications of WeChat Pay are believed, read and answered as its API v3 says."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from httpx import AsyncClient
from sqlalchemy import func, select
from wechatpayv3.utils import aes_decrypt, load_public_key, rsa_verify

from app.fundraising.models import Donation, Refund
from app.kit.database import WriteSession
from app.ledger.models import Entry
from app.webhooks.models import Delivery
from app.webhooks.translators import wechat_pay
from tests.fundraising.test_reasons import places_in_clear
from tests.webhooks.operators import operator
from tests.webhooks.platforms import Partner, partner
from tests.webhooks.translators.tenpay import API_V3_KEY, Tenpay

Headers = dict[str, str]


@pytest.fixture
async def at(session: WriteSession) -> Partner:
    return await partner(session)


@pytest.fixture
async def staff(session: WriteSession, at: Partner) -> Headers:
    return await operator(session, at.organization)


async def enrolled(client: AsyncClient, at: Partner, staff: Headers) -> Tenpay:
    platform = Tenpay(slug=f"{at.platform.slug}-wx")
    body = {
        "organization_id": str(at.organization.id),
        "slug": platform.slug,
        "name": "微信支付",
        "merchant_account": {"code": "wx1900000109", "name": "微信支付商户号 1900000109"},
        "payment_terms": platform.terms,
    }
    answer = await client.post("/v1/platforms", json=body, headers=staff)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["kind"], made["secret"]) == ("wechat_pay", None)
    assert API_V3_KEY not in answer.text
    return platform


@pytest.fixture
async def wechat(client: AsyncClient, at: Partner, staff: Headers) -> Tenpay:
    return await enrolled(client, at, staff)


def test_the_official_library_verifies_and_opens_what_the_tests_send() -> None:
    platform = Tenpay(slug="wx")
    body = platform.sealed(platform.payment("SX"))
    headers, resource = platform.headers(body), json.loads(body)["resource"]
    told = (headers["wechatpay-timestamp"], headers["wechatpay-nonce"], body.decode())
    key = load_public_key(platform.public_key)
    assert rsa_verify(*told, headers["wechatpay-signature"], key)
    plain = aes_decrypt(resource["nonce"], resource["ciphertext"], resource["associated_data"], API_V3_KEY)
    assert plain is not None
    assert json.loads(plain)["trade_state"] == "SUCCESS"


async def test_a_payment_is_a_gift_in_fen(
    client: AsyncClient, session: WriteSession, at: Partner, wechat: Tenpay
) -> None:
    paid = wechat.payment(f"campaign={at.campaign.code}", 12345)

    answer = await wechat.post(client, wechat.sealed(paid))

    assert (answer.status_code, answer.json()["code"]) == (200, "SUCCESS"), answer.text
    donation = (await session.scalars(select(Donation))).one()
    assert (donation.amount, donation.their_id) == (12345, paid["out_trade_no"])
    assert (donation.state, donation.campaign_id) == ("posted", at.campaign.id)
    assert wechat_pay.UNIT == "fen"


async def test_a_payment_told_again_in_another_cipher_is_the_same(
    client: AsyncClient, session: WriteSession, at: Partner, wechat: Tenpay
) -> None:
    paid = wechat.payment(at.campaign.code)
    for _ in range(3):
        answer = await wechat.post(client, wechat.sealed(paid, event_id="EV-1"))
        assert answer.status_code == 200, answer.text
    other = await wechat.post(client, wechat.sealed(wechat.payment(at.campaign.code), event_id="EV-1"))

    assert (other.status_code, other.json()["code"]) == (409, "FAIL")
    assert await session.scalar(select(func.count()).select_from(Entry)) == 1


async def test_a_refund_brings_back_its_payment(
    client: AsyncClient, session: WriteSession, at: Partner, wechat: Tenpay
) -> None:
    paid = wechat.payment(at.campaign.code, 5000)
    back = wechat.refund(paid, 2000)

    early = await wechat.post(client, wechat.sealed(back, "REFUND.SUCCESS"))
    await wechat.post(client, wechat.sealed(paid))

    assert early.status_code == 200
    refund = (await session.scalars(select(Refund))).one()
    await session.refresh(refund)
    donation = (await session.scalars(select(Donation))).one()
    assert (refund.state, refund.their_id, donation.refunded) == ("posted", back["refund_id"], 2000)


async def test_what_is_no_money_is_kept_and_ignored(
    client: AsyncClient, session: WriteSession, at: Partner, wechat: Tenpay
) -> None:
    paid = wechat.payment(at.campaign.code)
    said = [
        (paid | {"trade_state": "CLOSED"}, "TRANSACTION.SUCCESS"),
        (wechat.refund(paid, refund_status="ABNORMAL"), "REFUND.ABNORMAL"),
        ({"anything": 1}, "PAYSCORE.USER_OPEN"),
    ]
    for resource, kind in said:
        assert (await wechat.post(client, wechat.sealed(resource, kind))).status_code == 200

    kept = (await session.scalars(select(Delivery).order_by(Delivery.id))).all()
    assert [one.outcome for one in kept] == ["ignored"] * 3
    assert await session.scalar(select(func.count()).select_from(Entry)) == 0


async def test_a_payment_without_a_campaign_waits_in_suspense(
    client: AsyncClient, session: WriteSession, wechat: Tenpay
) -> None:
    paid = wechat.payment("x")
    del paid["attach"], paid["payer"]
    assert (await wechat.post(client, wechat.sealed(paid))).status_code == 200
    assert (await session.scalars(select(Donation))).one().state == "suspense"


async def test_a_name_given_along_with_a_payment_is_no_campaign_and_stands_nowhere(
    client: AsyncClient, session: WriteSession, wechat: Tenpay
) -> None:
    paid = wechat.sealed(wechat.payment("金丝雀王先生 13577778888"))
    assert (await wechat.post(client, paid)).status_code == 200
    assert (await session.scalars(select(Donation))).one().first_campaign_code == ""
    assert await places_in_clear(session) == []


async def test_only_what_a_known_key_signed_in_time_is_let_in(
    client: AsyncClient, session: WriteSession, at: Partner, wechat: Tenpay
) -> None:
    body = wechat.sealed(wechat.payment(at.campaign.code))
    stranger = Tenpay(slug=wechat.slug, key=generate_private_key(65537, 2048))
    genuine = wechat.headers(body)
    probe = "WECHATPAY/SIGNTEST/" + genuine["wechatpay-signature"]
    refused = [
        genuine | {"wechatpay-signature": probe},
        genuine | {"wechatpay-signature": probe.removeprefix("WECHATPAY/")},
        genuine | {"wechatpay-signature": "ü"},
        genuine | {"wechatpay-serial": "PUB_KEY_ID_OTHER"},
        genuine | {"wechatpay-nonce": "another"},
        genuine | {"wechatpay-timestamp": "soon"},
        genuine | {"wechatpay-signature-type": "WECHATPAY2-SM2-WITH-SM3"},
        wechat.headers(body, late=timedelta(seconds=301)),
        wechat.headers(body, late=timedelta(seconds=-302)),
        stranger.headers(body),
        {name: value for name, value in genuine.items() if name != "wechatpay-signature"},
        at.headers(body),
    ]
    for headers in refused:
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        answer = await client.post(f"/v1/webhooks/{wechat.slug}", content=body, headers=raw)
        assert (answer.status_code, answer.json()["code"]) == (401, "delivery-not-authentic"), headers
    changed = await client.post(f"/v1/webhooks/{wechat.slug}", content=body + b" ", headers=genuine)
    assert changed.status_code == 401
    assert await session.scalar(select(func.count()).select_from(Delivery)) == 0
    within = await wechat.post(client, body, **wechat.headers(body, late=timedelta(seconds=290)))
    assert within.status_code == 200


async def test_what_cannot_be_read_is_kept_as_rejected(
    client: AsyncClient, session: WriteSession, at: Partner, wechat: Tenpay
) -> None:
    paid = wechat.payment(at.campaign.code)
    amounts: list[Any] = [0, -1, "100", 1.5, True, 10**16, None]
    foreign = [paid | {"mchid": "1900000110"}, paid | {"appid": "wx0"}]
    times = ["1777593598", "2026-02-30T08:00:00+08:00", "0001-01-01T00:00:00+08:00"]
    bodies = [wechat.sealed(paid | {"amount": {"total": one, "currency": "CNY"}}) for one in amounts]
    bodies += [wechat.sealed(paid | {"amount": {"total": 1, "currency": "USD"}})]
    bodies += [wechat.sealed(one) for one in (*foreign, *[paid | {"success_time": one} for one in times])]
    bodies += [wechat.sealed(paid, key="0" * 32), b"{}", b"[]", b"no json", b'{"id": 1, "resource": null}']
    for body in bodies:
        answer = await wechat.post(client, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "FAIL"), body
        assert set(answer.json()) == {"code", "message"}

    kept = (await session.scalars(select(Delivery))).all()
    assert [one.outcome for one in kept] == ["rejected"] * len(bodies)


async def test_a_new_key_serves_beside_the_old_one_until_that_is_revoked(
    client: AsyncClient, at: Partner, staff: Headers, wechat: Tenpay
) -> None:
    platform = (await client.get("/v1/platforms", headers=staff)).json()["items"][0]
    url = f"/v1/platforms/{platform['id']}/credentials"
    later = Tenpay(slug=wechat.slug, serial="5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
    said = {"public_key": {"key": later.public_key, "serial": later.serial}}

    made = await client.post(url, json=said, headers=staff)
    twice = await client.post(url, json=said, headers=staff)
    unnamed = await client.post(url, json={"public_key": {"key": later.public_key}}, headers=staff)
    short = await client.post(url, json={"api_v3_key": "short"}, headers=staff)
    listed = (await client.get(url, headers=staff)).json()["items"]
    old = next(one for one in listed if one["serial"] == wechat.serial)
    revoked = await client.delete(f"{url}/{old['id']}", headers=staff)

    assert [one.status_code for one in (made, twice, unnamed, short, revoked)] == [201, 409, 422, 422, 200]
    assert [one["purpose"] for one in listed] == ["verifies", "decrypts", "verifies"]
    assert revoked.json()["expires_at"] is not None
    new = await later.post(client, later.sealed(later.payment(at.campaign.code)))
    gone = await wechat.post(client, wechat.sealed(wechat.payment(at.campaign.code)))
    assert (new.status_code, gone.status_code) == (200, 401)


async def test_a_kept_notification_is_replayed_with_the_key_of_its_day(
    client: AsyncClient, session: WriteSession, at: Partner, staff: Headers, wechat: Tenpay
) -> None:
    platform = (await client.get("/v1/platforms", headers=staff)).json()["items"][0]
    url = f"/v1/platforms/{platform['id']}/credentials"
    paid = wechat.payment(at.campaign.code)
    early = wechat.sealed(wechat.refund(paid), "REFUND.SUCCESS")
    assert (await wechat.post(client, early)).status_code == 200
    kept = (await session.scalars(select(Delivery))).one()
    assert kept.outcome == "pending"
    assert (await wechat.post(client, wechat.sealed(paid))).status_code == 200
    listed = (await client.get(url, headers=staff)).json()["items"]
    old = next(one for one in listed if one["purpose"] == "decrypts")
    assert (await client.post(url, json={"api_v3_key": "9" * 32}, headers=staff)).status_code == 201
    assert (await client.delete(f"{url}/{old['id']}", headers=staff)).status_code == 200

    key = {"Idempotency-Key": "once"}
    answer = await client.post(f"/v1/deliveries/{kept.id}/replay", headers=staff | key)

    assert (answer.status_code, answer.json()["outcome"]) == (200, "posted"), answer.text
