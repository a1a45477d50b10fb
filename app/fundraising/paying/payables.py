"""Payables: orders as a payment platform sees them, and as whom it is asked to collect them."""

import enum
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from app.fundraising.gifts import Giver
from app.fundraising.paying import remarks
from app.fundraising.paying.errors import PaymentMethodUnfit
from app.kit.facts import fact
from app.organizations.platforms import Keyring


class PaymentMethod(enum.StrEnum):
    """Where the giver is when they pay."""

    jsapi = "jsapi"
    h5 = "h5"
    app = "app"
    page = "page"
    wap = "wap"


@fact(kw_only=True)
class Payer:
    """How a giver wants to pay, and what a platform must know of them for it; it is kept nowhere."""

    method: PaymentMethod | None = None
    openid: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)


@fact(kw_only=True)
class Payable:
    """An order as its provider sees it: what to collect, under which number, and what was said with it."""

    number: str
    campaign: str
    title: str
    amount: int
    expires_at: datetime
    designation: str | None
    giver: Giver
    message: str | None
    receipt: Mapping[str, str]
    payer: Payer = Payer()


@fact(kw_only=True)
class Gates:
    """Where payment platforms are asked, where they are to tell us, and how long an answer may take."""

    wechat_pay: str = "https://api.mch.weixin.qq.com"
    alipay: str = "https://openapi.alipay.com/gateway.do"
    ours: str = "http://127.0.0.1:8000"
    seconds: float = 8.0


@fact(kw_only=True)
class Merchant:
    """As whom a payment platform is asked, signed with which key, and where it tells that it was paid."""

    keyring: Keyring
    serial: str | None
    key: bytes = field(repr=False)
    gates: Gates
    notify_url: str


Asking = Callable[[], Awaitable[Mapping[str, Any]]]
"""Returns the payment parameters of an order; it may ask over the network, so never in a transaction."""

Provider = Callable[[Payable, Merchant | None], Asking]
"""Says how an order is going to be asked for, at once: what can't be is refused before anything is kept.

A payment platform that signs with keys of its own comes with a merchant; the others are told nothing.
"""


def ready(parameters: Mapping[str, Any]) -> Asking:
    """Return parameters that nobody has to be asked for."""

    async def told() -> Mapping[str, Any]:
        return parameters

    return told


def remark(order: Payable, *, bytes_max: int) -> str:
    """Return what travels with a payment and comes back: the campaign, and the use that was chosen."""
    text = remarks.write(order.campaign, order.designation)
    if len(text) > bytes_max:
        raise PaymentMethodUnfit(
            "The codes of campaign and use are too long to travel with the payment.",
            "活动与用途的编号过长，无法随支付传递",
        )
    return text
