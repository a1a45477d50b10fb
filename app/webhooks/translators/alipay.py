"""Alipay: asynchronous notifications of trades, as a form signed with RSA2.

https://opendocs.alipay.com/open/270/105902 (notifications), /common/02mse7 (how they are verified).
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError
from starlette.responses import PlainTextResponse, Response

from app.fundraising.gifts import Gift, GivenBack, Giver
from app.fundraising.models import RefundReason
from app.fundraising.paying import remarks
from app.kit.clock import LEGAL_ZONE
from app.kit.fields import Minor, PastMoment, wrong
from app.kit.money import read_yuan
from app.kit.signing import rsa
from app.webhooks.errors import DeliveryNotAuthentic, EventUnreadable
from app.webhooks.events import EVENT_ID_LENGTH_MAX, Event, Known, Sender, Signed
from app.webhooks.faults import fault, faults, missing
from app.webhooks.schemas import Said, Text

UNIT = "yuan"
FIELDS_MAX = 100
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
_UNSIGNED = frozenset({"sign", "sign_type"})
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?")
_YUAN = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
_PAID = frozenset({"TRADE_SUCCESS", "TRADE_FINISHED"})


def _fen(value: object) -> object:
    # Text by text: nothing that is yuan ever passes through a float.
    if isinstance(value, str) and _YUAN.fullmatch(value):
        return read_yuan(value)
    raise wrong(
        "an amount is written in yuan with at most two decimals", "金额以元为单位，最多两位小数", code="yuan"
    )


def _shanghai(value: object) -> object:
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return datetime.fromisoformat(value).replace(tzinfo=LEGAL_ZONE)
        except ValueError:
            pass
    raise wrong(
        "a time is written as 2026-05-01 08:00:00", "时间写作 2026-05-01 08:00:00", code="alipay_time"
    )


Yuan = Annotated[Minor, BeforeValidator(_fen)]
Time = Annotated[PastMoment, BeforeValidator(_shanghai)]
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Time)


def _printable(value: str) -> str:
    if "\x00" in value:
        raise wrong("control characters are not allowed here", "不能含有控制字符", code="control_character")
    return value


Named = Annotated[Text, AfterValidator(_printable)]


class TradeSaid(Said):
    """What a notification says of a trade."""

    trade_no: Named
    trade_status: Named
    out_trade_no: Named
    total_amount: Yuan
    notify_time: Time | None = None
    gmt_payment: Time | None = None
    gmt_refund: Time | None = None
    refund_fee: Yuan | None = None
    out_biz_no: Named | None = None
    buyer_id: Named | None = None
    buyer_open_id: Named | None = None
    passback_params: str | None = Field(default=None, max_length=1000)


def authenticate(
    known: Known | None, _headers: Mapping[bytes, bytes], body: bytes, *, at: datetime
) -> Signed:
    """Return what a notification is known by; DeliveryNotAuthentic unless Alipay signed it, and for us.

    That it comes late is no fault: Alipay repeats it for a day, and its `notify_id` claims it once.
    """
    keyring = known.sender.keyring if known else None
    try:
        charset, form = _form(body)
    except ValueError:
        raise DeliveryNotAuthentic from None
    if keyring is None or form.get("sign_type") != "RSA2":
        raise DeliveryNotAuthentic
    signed = _content(form, without=_UNSIGNED).encode(charset)
    if not any(rsa.genuine(key, form.get("sign", ""), signed) for _, key in keyring.verifying):
        raise DeliveryNotAuthentic
    terms, notify_id = keyring.terms, form.get("notify_id", "")
    if (form.get("app_id"), form.get("seller_id")) != (terms.app_id, terms.merchant_no):
        raise DeliveryNotAuthentic
    if not 0 < len(notify_id) <= EVENT_ID_LENGTH_MAX or not notify_id.isprintable():
        raise DeliveryNotAuthentic
    try:
        stamped = _MOMENT.validate_python(form.get("notify_time"))
    except ValidationError:
        # It is genuine all the same: `translate` refuses it by the name of this field, and it is kept.
        stamped = at
    return Signed(notify_id, stamped)


def _form(body: bytes) -> tuple[str, dict[str, str]]:
    text = body.decode("ascii")
    names = dict(parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=FIELDS_MAX))
    charset = _CHARSETS.get(names.get("charset", "utf-8").lower())
    if charset is None:
        raise ValueError("a charset that Alipay does not use")
    pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, encoding=charset, errors="strict")
    form = dict(pairs)
    if len(form) != len(pairs):
        raise ValueError("a field occurs twice")
    return charset, form


def _content(form: Mapping[str, str], *, without: frozenset[str]) -> str:
    return "&".join(f"{name}={form[name]}" for name in sorted(form) if name not in without)


def translate(sender: Sender, body: bytes) -> Event:
    """Return what a notification says of a trade; EventUnreadable with its faults if it can't be read."""
    try:
        _, form = _form(body)
        # An empty field says nothing.
        said = TradeSaid.model_validate({name: value for name, value in form.items() if value})
    except ValidationError as error:
        raise EventUnreadable(errors=faults(error, "")) from None
    except ValueError:
        raise EventUnreadable(
            errors=fault("", "form", "It is not a form that can be read.", "不是可读取的表单")
        ) from None
    # Its time and signature are new whenever it is sent again.
    essence = _content(form, without=_UNSIGNED | {"notify_time"}).encode()
    if said.refund_fee is not None and said.gmt_refund is not None:
        return Event("donation.refunded", _refund(sender, said), essence=essence)
    if said.trade_status not in _PAID:
        return Event(said.trade_status, essence=essence)
    if said.gmt_payment is None:
        raise EventUnreadable(errors=missing("/gmt_payment"))
    return Event("donation.succeeded", _gift(sender, said, said.gmt_payment), essence=essence)


def thank(_answer: bytes) -> tuple[bytes, bytes]:
    """Return exactly `success`: after anything else Alipay tells it again."""
    return b"text/plain; charset=utf-8", b"success"


def refuse(problem: Response) -> Response:
    """Return `fail` under the status of the refusal."""
    kept = {
        name: value for name, value in problem.headers.items() if name in {"retry-after", "cache-control"}
    }
    return PlainTextResponse("fail", problem.status_code, kept)


def _gift(sender: Sender, said: TradeSaid, paid_at: datetime) -> Gift:
    remark = remarks.read(said.passback_params)
    details = {"transaction": said.trade_no, "fundraiser": remark.fundraiser}
    return Gift(
        source_id=sender.platform_id,
        channel=sender.channel,
        their_id=said.out_trade_no,
        campaign=remark.campaign,
        designation=remark.designation,
        amount=said.total_amount,
        donated_at=paid_at,
        actor=sender.actor,
        source=sender.slug,
        giver=Giver(external_id=said.buyer_open_id or said.buyer_id),
        details={name: value for name, value in details.items() if value},
    )


def _refund(sender: Sender, said: TradeSaid) -> GivenBack:
    assert said.refund_fee is not None and said.gmt_refund is not None  # noqa: S101, PT018 - asked before
    # A refund's own number is unique within its trade only; a trade given back at once may have none.
    own = said.out_biz_no or said.gmt_refund.isoformat()
    return GivenBack(
        source_id=sender.platform_id,
        their_id=f"{said.out_trade_no}/{own}",
        their_gift_id=said.out_trade_no,
        amount=said.refund_fee,
        so_far=True,
        refunded_at=said.gmt_refund,
        reason=RefundReason.other,
        actor=sender.actor,
    )
