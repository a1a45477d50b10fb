"""Standard: the events of our own contract, signed as Standard Webhooks 1.0 say."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from pydantic import ValidationError
from starlette.responses import Response

from app.fundraising.gifts import Gift, GivenBack, Giver, Objection
from app.fundraising.models import DisputeState, RefundReason
from app.kit import signatures
from app.kit.chinese.faults import WORDS
from app.kit.errors import Unauthenticated
from app.kit.http.strict_json import parse
from app.webhooks.errors import DeliveryNotAuthentic, EventUnreadable
from app.webhooks.events import EVENT_ID_LENGTH_MAX, Event, Known, Sender, Signed
from app.webhooks.faults import fault, faults, missing
from app.webhooks.schemas import ConsentSaid, DisputeSaid, EventSaid, GiftSaid, ReceiptSaid, RefundSaid
from app.webhooks.translators import tidings

UNIT = "fen"

_SILENT, _NO_RECEIPT = ConsentSaid(), ReceiptSaid()
"""What holds of a gift that says nothing of consent, or of a receipt."""


def authenticate(known: Known | None, headers: Mapping[bytes, bytes], body: bytes, *, at: datetime) -> Signed:
    """Return what a message is known by; DeliveryNotAuthentic unless it is signed with a live secret."""
    message_id = headers.get(b"webhook-id", b"").decode("latin-1")
    timestamp = headers.get(b"webhook-timestamp", b"").decode("latin-1")
    try:
        # An unknown platform is checked against nothing, so that its answer is the same in word and time.
        signatures.verify(
            known.secrets if known else [],
            message_id=message_id,
            timestamp=timestamp,
            signatures=headers.get(b"webhook-signature", b"").decode("latin-1"),
            body=body,
            now=at,
        )
    except Unauthenticated:
        raise DeliveryNotAuthentic from None
    if len(message_id) > EVENT_ID_LENGTH_MAX:
        raise DeliveryNotAuthentic
    return Signed(message_id, datetime.fromtimestamp(int(timestamp), UTC))


def thank(answer: bytes) -> tuple[bytes, bytes]:
    """Return what became of the event, as it is."""
    return b"application/json", answer


def refuse(problem: Response) -> Response:
    """Return the problem document, as it is."""
    return problem


def translate(sender: Sender, body: bytes) -> Event:
    """Return what a message says; EventUnreadable with the places of its faults if it breaks the contract."""
    value = parse(body)
    try:
        event = EventSaid.model_validate(value)
    except ValidationError as error:
        raise EventUnreadable(errors=faults(error, "")) from None
    read = READERS.get(event.type)
    if read is None:
        return Event(event.type)
    if not isinstance(event.data, dict):
        raise EventUnreadable(errors=fault("/data", "dict_type", "not an object", WORDS["dict_type"]))
    try:
        return read(sender, event)
    except ValidationError as error:
        raise EventUnreadable(errors=faults(error, "/data")) from None


def _gift(sender: Sender, event: EventSaid) -> Event:
    said = GiftSaid.model_validate(event.data)
    if said.test:
        return Event(event.type)
    donor, consent = said.donor, said.donor.consent or _SILENT
    show_name = consent.name if donor.consent else donor.publish_consent
    receipt = said.receipt_request or _NO_RECEIPT
    details = {
        "payer": said.payer_name,
        "domicile": donor.domicile,
        "fundraiser": said.fundraiser_code,
        "plan": said.plan_id,
        "matches": said.matches,
        "receipt_title": receipt.title,
        "receipt_tax_id": receipt.tax_id,
        "receipt_email": receipt.email,
    }
    gift = Gift(
        source_id=sender.platform_id,
        channel=sender.channel,
        their_id=said.donation_id,
        campaign=said.campaign,
        amount=said.amount,
        donated_at=said.donated_at,
        actor=sender.actor,
        source=sender.slug,
        designation=said.designation,
        giver=Giver(
            external_id=donor.external_id,
            name=donor.display_name,
            kind=donor.kind,
            anonymous=donor.anonymous,
            show_name=show_name and not donor.anonymous,
            show_amount=consent.amount,
            show_message=consent.message,
            show_photo=consent.photo and not donor.anonymous,
        ),
        message=said.message,
        details={name: value for name, value in details.items() if value},
    )
    return Event(event.type, gift)


def _refund(sender: Sender, event: EventSaid) -> Event:
    said = RefundSaid.model_validate(event.data)
    if said.test:
        return Event(event.type)
    known = said.reason in set(RefundReason)
    told = GivenBack(
        source_id=sender.platform_id,
        their_id=said.refund_id,
        their_gift_id=said.donation_id,
        amount=said.amount,
        refunded_at=said.refunded_at,
        reason=RefundReason(said.reason) if known and said.reason else RefundReason.other,
        actor=sender.actor,
    )
    return Event(event.type, told)


def _dispute(sender: Sender, event: EventSaid) -> Event:
    said = DisputeSaid.model_validate(event.data)
    if event.type == "donation.dispute_closed" and said.outcome is None:
        raise EventUnreadable(errors=missing("/data/outcome"))
    if said.test:
        return Event(event.type)
    closed = event.type == "donation.dispute_closed" and said.outcome is not None
    told = Objection(
        source_id=sender.platform_id,
        their_id=said.dispute_id,
        their_gift_id=said.donation_id,
        amount=said.amount,
        at=said.at,
        state=DisputeState(said.outcome) if closed else DisputeState.open,
        actor=sender.actor,
    )
    return Event(event.type, told)


READERS: dict[str, Callable[[Sender, EventSaid], Event]] = {
    "donation.succeeded": _gift,
    "donation.refunded": _refund,
    "donation.disputed": _dispute,
    "donation.dispute_closed": _dispute,
    **tidings.READERS,
}
