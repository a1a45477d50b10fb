"""WeChat Pay: an order is told to its API v3 first, then the payer's device gets signed parameters.

https://pay.weixin.qq.com/doc/v3/merchant/4012791856 (JSAPI), .../4012791834 (H5), .../4012365336 (signing).
"""

import secrets
from collections.abc import Mapping
from functools import partial
from time import time
from typing import Any, cast

import orjson

from app.fundraising.paying import calls
from app.fundraising.paying.calls import Answer
from app.fundraising.paying.errors import PaymentMethodUnfit, PaymentRefused, ProviderAway
from app.fundraising.paying.payables import Asking, Merchant, Payable, PaymentMethod, remark
from app.kit.clock import LEGAL_ZONE
from app.kit.signing import rsa

SCHEME = "WECHATPAY2-SHA256-RSA2048"
ATTACH_BYTES_MAX = 128
DESCRIPTION_CHARACTERS_MAX = 40
"""WeChat allows 127 bytes, and a Chinese character has three."""

_PREPAID = {PaymentMethod.jsapi: "prepay_id", PaymentMethod.h5: "h5_url"}


def prepare(order: Payable, merchant: Merchant | None) -> Asking:
    """Have WeChat Pay know an order; it ends in what `WeixinJSBridge` wants (JSAPI), or in an `h5_url`.

    Raises PaymentMethodUnfit; asking raises PaymentRefused and ProviderAway.
    """
    assert merchant is not None, "whoever signs with keys of their own has a merchant"  # noqa: S101
    method = order.payer.method
    if method is None or method not in _PREPAID:
        raise PaymentMethodUnfit(methods=list(_PREPAID))
    return partial(_ask, merchant, method, orjson.dumps(_order(order, merchant, method)))


async def _ask(merchant: Merchant, method: PaymentMethod, body: bytes) -> Mapping[str, Any]:
    path = f"/v3/pay/transactions/{method}"
    headers = {
        "Authorization": _authorization(merchant, path, body),
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": "zhengxinlu",
    }
    gates = merchant.gates
    answer = await calls.post(gates.wechat_pay + path, body, headers, seconds=gates.seconds)
    told = _read(answer, merchant).get(_PREPAID[method])
    if not isinstance(told, str) or not told.startswith("https://" if method is PaymentMethod.h5 else ""):
        raise ProviderAway(retry_after_seconds=calls.RETRY_SECONDS)
    return _bridge(merchant, told) if method is PaymentMethod.jsapi else {"h5_url": told}


def _order(order: Payable, merchant: Merchant, method: PaymentMethod) -> dict[str, Any]:
    terms, payer = merchant.keyring.terms, order.payer
    said: dict[str, Any] = {
        "appid": terms.app_id,
        "mchid": terms.merchant_no,
        "description": order.title[:DESCRIPTION_CHARACTERS_MAX],
        "out_trade_no": order.number,
        "time_expire": order.expires_at.astimezone(LEGAL_ZONE).isoformat(timespec="seconds"),
        "attach": remark(order, bytes_max=ATTACH_BYTES_MAX),
        "notify_url": merchant.notify_url,
        "amount": {"total": order.amount, "currency": "CNY"},
    }
    if method is PaymentMethod.jsapi:
        if payer.openid is None:
            raise PaymentMethodUnfit(missing=["openid"])
        return said | {"payer": {"openid": payer.openid}}
    scene = {"payer_client_ip": payer.address or "127.0.0.1", "h5_info": {"type": "Wap"}}
    return said | {"scene_info": scene}


def _authorization(merchant: Merchant, path: str, body: bytes) -> str:
    moment, nonce = str(int(time())), secrets.token_hex(16)
    signature = rsa.sign(merchant.key, f"POST\n{path}\n{moment}\n{nonce}\n".encode() + body + b"\n")
    said = {
        "mchid": merchant.keyring.terms.merchant_no,
        "nonce_str": nonce,
        "signature": signature,
        "timestamp": moment,
        "serial_no": merchant.serial,
    }
    return f"{SCHEME} " + ",".join(f'{name}="{value}"' for name, value in said.items())


def _read(answer: Answer, merchant: Merchant) -> dict[str, Any]:
    try:
        read = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        read = None
    told = cast("dict[str, Any]", read if isinstance(read, dict) else {})
    if 400 <= answer.status < 500 and answer.status != 429:
        raise PaymentRefused(provider_code=str(told.get("code", ""))[:64])
    # What it answered is handed to the payer's device: it is believed only if WeChat Pay has signed it.
    if answer.status != 200 or not _genuine(answer, merchant):
        raise ProviderAway(retry_after_seconds=calls.RETRY_SECONDS)
    return told


def _genuine(answer: Answer, merchant: Merchant) -> bool:
    told = answer.headers
    moment, nonce = told.get("wechatpay-timestamp", ""), told.get("wechatpay-nonce", "")
    serial, signature = told.get("wechatpay-serial", ""), told.get("wechatpay-signature", "")
    signed = f"{moment}\n{nonce}\n".encode() + answer.body + b"\n"
    keys = [key for name, key in merchant.keyring.verifying if name == serial]
    return any(rsa.genuine(key, signature, signed) for key in keys)


def _bridge(merchant: Merchant, prepay_id: str) -> dict[str, str]:
    app_id, package = merchant.keyring.terms.app_id, f"prepay_id={prepay_id}"
    moment, nonce = str(int(time())), secrets.token_hex(16)
    return {
        "appId": app_id,
        "timeStamp": moment,
        "nonceStr": nonce,
        "package": package,
        "signType": "RSA",
        "paySign": rsa.sign(merchant.key, f"{app_id}\n{moment}\n{nonce}\n{package}\n".encode()),
    }
