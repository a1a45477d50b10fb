"""WeChat Pay: notifications of its API v3, signed with a platform key by serial, and enciphered.

https://pay.weixin.qq.com/doc/v3/merchant/4012791861 (payments), .../4012791865 (refunds); signatures and
decryption: .../4013053249 and .../4012071382.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field, ValidationError
from starlette.responses import Response

from app.fundraising.gifts import Gift, GivenBack, Giver
from app.fundraising.models import RefundReason
from app.fundraising.paying import remarks
from app.kit import signatures
from app.kit.errors import Malformed
from app.kit.fields import Minor, Moment, PastMoment
from app.kit.http.strict_json import parse
from app.kit.signing import rsa
from app.webhooks.errors import DeliveryNotAuthentic, EventUnreadable
from app.webhooks.events import EVENT_ID_LENGTH_MAX, Event, Known, Sender, Signed
from app.webhooks.faults import fault, faults
from app.webhooks.schemas import Said, Text

UNIT = "fen"
SCHEME = b"WECHATPAY2-SHA256-RSA2048"
PROBE = b"WECHATPAY/SIGNTEST/"
"""How signatures begin by which WeChat Pay probes whether a merchant checks them; they are never genuine."""

_TIMESTAMP = re.compile(rb"[0-9]{1,12}")


class SealedSaid(Said):
    """The enciphered part of a notification."""

    algorithm: Literal["AEAD_AES_256_GCM"]
    ciphertext: str = Field(strict=True, min_length=1)
    nonce: str = Field(strict=True, min_length=1, max_length=32)
    associated_data: str | None = None


class IdentitySaid(Said):
    """What a notification is known by, even if nothing else of it can be read."""

    id: Text


class NotificationSaid(IdentitySaid):
    """What every notification says."""

    create_time: Moment
    event_type: Text
    resource: SealedSaid


class TotalSaid(Said):
    """The amount of a payment, in fen."""

    total: Minor
    currency: Literal["CNY"] = "CNY"


class PayerSaid(Said):
    """Who has paid: a number of the application's own."""

    openid: Text | None = None


class PaymentSaid(Said):
    """The resource of `TRANSACTION.SUCCESS`."""

    appid: str
    mchid: str
    out_trade_no: Text
    transaction_id: Text
    trade_state: str
    success_time: PastMoment
    amount: TotalSaid
    attach: str | None = None
    payer: PayerSaid = PayerSaid()


class RefundedSaid(Said):
    """The amount of a refund, in fen."""

    refund: Minor


class RepaymentSaid(Said):
    """The resource of `REFUND.SUCCESS`."""

    mchid: str
    out_trade_no: Text
    refund_id: Text
    refund_status: str
    success_time: PastMoment
    amount: RefundedSaid


def authenticate(known: Known | None, headers: Mapping[bytes, bytes], body: bytes, *, at: datetime) -> Signed:
    """Return what a notification is known by; DeliveryNotAuthentic unless a key that we know signed it."""
    timestamp, nonce = headers.get(b"wechatpay-timestamp", b""), headers.get(b"wechatpay-nonce", b"")
    signature = headers.get(b"wechatpay-signature", b"")
    serial = headers.get(b"wechatpay-serial", b"").decode("latin-1")
    keyring = known.sender.keyring if known else None
    scheme = headers.get(b"wechatpay-signature-type", SCHEME)
    sound = _TIMESTAMP.fullmatch(timestamp) and nonce and scheme == SCHEME
    if keyring is None or not sound or signature.startswith(PROBE):
        raise DeliveryNotAuthentic
    signed = b"%b\n%b\n%b\n" % (timestamp, nonce, body)
    keys = [key for name, key in keyring.verifying if name == serial]
    if not any(rsa.genuine(key, signature.decode("latin-1"), signed) for key in keys):
        raise DeliveryNotAuthentic
    # Asked last: who cannot sign learns nothing about our clock.
    if abs(at.timestamp() - int(timestamp)) > signatures.WINDOW_SECONDS:
        raise DeliveryNotAuthentic
    event_id = _event_id(body) or nonce.decode("latin-1")
    return Signed(event_id[:EVENT_ID_LENGTH_MAX], datetime.fromtimestamp(int(timestamp), UTC))


def _event_id(body: bytes) -> str | None:
    try:
        said = parse(body)
    except Malformed:
        return None
    try:
        return IdentitySaid.model_validate(said).id
    except ValidationError:
        return None


def translate(sender: Sender, body: bytes) -> Event:
    """Return what a notification says; EventUnreadable with its faults if it can't be deciphered or read."""
    try:
        told = NotificationSaid.model_validate(parse(body))
    except ValidationError as error:
        raise EventUnreadable(errors=faults(error, "")) from None
    plain = _decipher(sender, told.resource)
    essence = told.event_type.encode() + b"\n" + plain
    read = _READERS.get(told.event_type)
    if read is None:
        return Event(told.event_type, essence=essence)
    try:
        return read(sender, parse(plain), essence)
    except ValidationError as error:
        raise EventUnreadable(errors=faults(error, "/resource")) from None


def thank(_answer: bytes) -> tuple[bytes, bytes]:
    """Return what WeChat Pay takes for having been understood: 200, and a code that it can log."""
    return b"application/json", b'{"code":"SUCCESS","message":""}'


def refuse(problem: Response) -> Response:
    """Return a refusal as WeChat Pay expects it: the status, and JSON with a code and a message."""
    told = orjson.loads(problem.body)
    content = orjson.dumps({"code": "FAIL", "message": told["title"]})
    kept = {
        name: value for name, value in problem.headers.items() if name in {"retry-after", "cache-control"}
    }
    return Response(content, problem.status_code, kept, "application/json")


def _decipher(sender: Sender, resource: SealedSaid) -> bytes:
    keys = sender.keyring.decrypting if sender.keyring else ()
    try:
        sealed = base64.b64decode(resource.ciphertext, validate=True)
        nonce, beside = resource.nonce.encode(), (resource.associated_data or "").encode()
    except (binascii.Error, UnicodeEncodeError):
        keys, sealed, nonce, beside = (), b"", b"", b""
    for key in keys:
        try:
            return AESGCM(key).decrypt(nonce, sealed, beside)
        except (InvalidTag, ValueError):
            continue
    raise EventUnreadable(
        errors=fault(
            "/resource/ciphertext",
            "undecipherable",
            "None of the keys that we know opens it.",
            "我方已知的密钥均无法解密",
        )
    )


def _ours(sender: Sender, merchant_no: str, app_id: str | None) -> None:
    terms = sender.keyring.terms if sender.keyring else None
    if terms is None or merchant_no != terms.merchant_no:
        raise EventUnreadable(
            errors=fault("/resource/mchid", "foreign", "It is for another merchant.", "属于其他商户")
        )
    if app_id is not None and app_id != terms.app_id:
        raise EventUnreadable(
            errors=fault("/resource/appid", "foreign", "It is for another application.", "属于其他应用")
        )


def _gift(sender: Sender, said: object, essence: bytes) -> Event:
    paid = PaymentSaid.model_validate(said)
    _ours(sender, paid.mchid, paid.appid)
    if paid.trade_state != "SUCCESS":
        return Event("TRANSACTION.SUCCESS", essence=essence)
    remark = remarks.read(paid.attach)
    details = {"transaction": paid.transaction_id, "fundraiser": remark.fundraiser}
    gift = Gift(
        source_id=sender.platform_id,
        channel=sender.channel,
        their_id=paid.out_trade_no,
        campaign=remark.campaign,
        designation=remark.designation,
        amount=paid.amount.total,
        donated_at=paid.success_time,
        actor=sender.actor,
        source=sender.slug,
        giver=Giver(external_id=paid.payer.openid),
        details={name: value for name, value in details.items() if value},
    )
    return Event("donation.succeeded", gift, essence=essence)


def _refund(sender: Sender, said: object, essence: bytes) -> Event:
    back = RepaymentSaid.model_validate(said)
    _ours(sender, back.mchid, None)
    if back.refund_status != "SUCCESS":
        return Event("REFUND.SUCCESS", essence=essence)
    told = GivenBack(
        source_id=sender.platform_id,
        their_id=back.refund_id,
        their_gift_id=back.out_trade_no,
        amount=back.amount.refund,
        refunded_at=back.success_time,
        reason=RefundReason.other,
        actor=sender.actor,
    )
    return Event("donation.refunded", told, essence=essence)


_READERS: Mapping[str, Callable[[Sender, Any, bytes], Event]] = {
    "TRANSACTION.SUCCESS": _gift,
    "REFUND.SUCCESS": _refund,
}
