"""Alipay: an order is a signed form that the payer's own device carries to it; nobody is asked before.

https://opendocs.alipay.com/open/02e7gq (app), /open/59da99d0_alipay.trade.page.pay, /common/02mse3 (signing).
"""

from urllib.parse import quote, urlencode

import orjson

from app.fundraising.paying.errors import PaymentMethodUnfit
from app.fundraising.paying.payables import Asking, Merchant, Payable, PaymentMethod, ready, remark
from app.kit.clock import LEGAL_ZONE, now
from app.kit.money import yuan
from app.kit.signing import rsa

PASSBACK_BYTES_MAX = 512
SUBJECT_CHARACTERS_MAX = 128

_WAYS = {
    PaymentMethod.app: ("alipay.trade.app.pay", "QUICK_MSECURITY_PAY"),
    PaymentMethod.page: ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"),
    PaymentMethod.wap: ("alipay.trade.wap.pay", "QUICK_WAP_WAY"),
}


def prepare(order: Payable, merchant: Merchant | None) -> Asking:
    """Write the string that Alipay's app is handed (`order_string`), or the page to go to (`url`).

    Raises PaymentMethodUnfit.
    """
    assert merchant is not None, "whoever signs with keys of their own has a merchant"  # noqa: S101
    way = order.payer.method
    if way is None or way not in _WAYS:
        raise PaymentMethodUnfit(methods=list(_WAYS))
    method, product = _WAYS[way]
    content = {
        "out_trade_no": order.number,
        "total_amount": yuan(order.amount).replace(",", ""),
        "subject": order.title[:SUBJECT_CHARACTERS_MAX],
        "product_code": product,
        "time_expire": f"{order.expires_at.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M:%S}",
        # Alipay asks that it be encoded once more, and hands it back as it got it.
        "passback_params": quote(remark(order, bytes_max=PASSBACK_BYTES_MAX // 3), safe=""),
    }
    form = {
        "app_id": merchant.keyring.terms.app_id,
        "method": method,
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": f"{now().astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M:%S}",
        "version": "1.0",
        "notify_url": merchant.notify_url,
        "biz_content": orjson.dumps(content).decode(),
    }
    signed = "&".join(f"{name}={form[name]}" for name in sorted(form))
    written = urlencode(form | {"sign": rsa.sign(merchant.key, signed.encode())})
    if way is PaymentMethod.app:
        return ready({"order_string": written})
    return ready({"url": f"{merchant.gates.alipay}?{written}"})
