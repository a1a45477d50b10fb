"""Catalogue: the events that subscribers may be told of, and what each says: ids, codes, days, amounts."""

import enum
from collections.abc import Mapping
from typing import Any

Form = dict[str, Any]


class EventType(enum.StrEnum):
    """What may be told to subscribers."""

    donation_succeeded = "donation.succeeded"
    donation_refunded = "donation.refunded"
    donation_disputed = "donation.disputed"
    donation_dispute_closed = "donation.dispute_closed"
    donation_consent_changed = "donation.consent_changed"
    donation_thanked = "donation.thanked"
    donation_feedback_given = "donation.feedback_given"
    settlement_paid = "settlement.paid"
    matching_result = "matching.result"
    campaign_opened = "campaign.opened"
    campaign_closed = "campaign.closed"
    emergency_opened = "emergency.opened"
    emergency_campaign_opened = "emergency.campaign_opened"
    emergency_closed = "emergency.closed"
    plan_filed = "plan.filed"
    plan_use_changed = "plan.use_changed"
    certificate_revoked = "certificate.revoked"
    receipt_requested = "receipt.requested"
    receipt_issued = "receipt.issued"
    receipt_red_reversed = "receipt.red_reversed"
    receipt_replaced = "receipt.replaced"
    receipt_waived = "receipt.waived"
    receipt_anonymous = "receipt.anonymous"
    receipt_withdrawn = "receipt.withdrawn"
    receipt_loss_told = "receipt_loss.told"
    goods_received = "goods.received"
    goods_shipped = "goods.shipped"
    goods_handed_out = "goods.handed_out"
    goods_handout_reversed = "goods.handout_reversed"
    publication_published = "publication.published"
    publication_corrected = "publication.corrected"
    event_published = "event.published"
    event_cancelled = "event.cancelled"
    commendation_publicised = "commendation.publicised"
    commendation_decided = "commendation.decided"
    commendation_filed = "commendation.filed"
    complaint_closed = "complaint.closed"
    subscription_tested = "subscription.tested"


T = EventType

BULK = (T.donation_succeeded, T.donation_refunded)
"""What happens by the thousand, and is written only when somebody wants to be told."""

_UUID: Form = {"type": "string", "format": "uuid"}
_DAY: Form = {"type": "string", "format": "date"}
_MOMENT: Form = {"type": "string", "format": "date-time"}
_FEN: Form = {"type": "integer", "minimum": 0}
_ID, _OTHER_ID = "01997d5d-ac96-774b-bcce-b302099a8005", "01997d5d-ac96-774b-bcce-b302099a8009"

# A member means the same in every event: what it is, and an example.
_MEMBERS: Mapping[str, tuple[Form, Any]] = {
    "amount": (_FEN, 5000),
    "campaign_id": (_UUID | {"type": ["string", "null"]}, _OTHER_ID),
    "category": ({"type": "string"}, "volunteering"),
    "change_id": (_UUID, _ID),
    "closed_on": (_DAY, "2026-12-31"),
    "code": ({"type": "string"}, "SX-2026-BRIDGE"),
    "commendation_id": (_UUID, _ID),
    "complaint_id": (_UUID, _ID),
    "corrects": (_UUID, _OTHER_ID),
    "count": ({"type": "integer", "minimum": 0}, 10),
    "currency": ({"const": "CNY"}, "CNY"),
    "donated_at": (_MOMENT, "2026-05-01T07:59:58+08:00"),
    # Null until the receipt is declared void; the same stands with what was found again.
    "declared_on": (_DAY | {"type": ["string", "null"]}, "2026-05-04"),
    "dispute_id": (_UUID, _OTHER_ID),
    # Null if a dispute comes before its gift.
    "donation_id": (_UUID | {"type": ["string", "null"]}, _ID),
    "donations": (
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"donation_id": _UUID, "amount": _FEN},
                "required": ["donation_id", "amount"],
            },
        },
        [{"donation_id": _ID, "amount": 5000}],
    ),
    "emergency_id": (_UUID | {"type": ["string", "null"]}, None),
    "ends_on": (_DAY | {"type": ["string", "null"]}, None),
    "event_id": (_UUID, _ID),
    "every_days": ({"type": "integer", "minimum": 1}, 5),
    "fee": (_FEN, 300),
    "file_by": (_DAY, "2026-05-11"),
    "filed_on": (_DAY, "2026-04-10"),
    "filing_no": ({"type": "string"}, "53610000MJX00001-A26001"),
    "first_due_on": (_DAY, "2026-05-06"),
    "from": (_DAY, "2026-05-01"),
    "gift_id": (_UUID, _ID),
    "gross": (_FEN, 50000),
    "handout_id": (_UUID, _ID),
    "kind": ({"type": "string"}, "public"),
    "loss_id": (_UUID, _ID),
    "lost_on": (_DAY, "2026-05-01"),
    "lot_count": ({"type": "integer", "minimum": 1}, 3),
    "matches": (
        {"type": ["string", "null"], "description": "The gift, by the platform's number, that this matches."},
        None,
    ),
    "matching_id": (_UUID, _OTHER_ID),
    "net": ({"type": "integer"}, 49700),
    "opened_on": (_DAY, "2026-05-01"),
    "outcome": ({"enum": ["won", "lost", None]}, None),
    "paid_on": (_DAY, "2026-05-03"),
    "publication_id": (_UUID, _ID),
    "published_on": (_DAY, "2026-05-01"),
    "receipt_id": (_UUID, _ID),
    "receiver_id": (_UUID, _OTHER_ID),
    "refund_id": (_UUID, _OTHER_ID),
    "refunded": (_FEN, 0),
    "refunded_at": (_MOMENT, "2026-05-02T08:00:00+08:00"),
    "released": (_FEN, 0),
    "revoked_on": (_DAY, "2026-05-01"),
    "result": ({"type": "string"}, "upheld"),
    "settlement_id": (_UUID, _ID),
    "sha256": ({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "9f" * 32),
    "shipment_id": (_UUID, _ID),
    "show_amount": ({"type": "boolean"}, True),
    "show_message": ({"type": "boolean"}, False),
    "show_name": ({"type": "boolean"}, False),
    "show_photo": ({"type": "boolean"}, False),
    "starts_at": (_MOMENT, "2026-05-09T01:00:00+00:00"),
    "started_on": (_DAY, "2026-05-01"),
    "starts_on": (_DAY, "2026-05-01"),
    "state": ({"enum": ["posted", "suspense"]}, "posted"),
    "stopped": ({"type": "array", "items": _UUID}, [_OTHER_ID]),
    "subject_code": ({"type": ["string", "null"]}, "SX-2026-BRIDGE"),
    "subject_kind": ({"type": "string"}, "campaign"),
    "subscription_id": (_UUID, _ID),
    "to": (_DAY, "2026-05-01"),
    "value": (_FEN, 120000),
    "way": ({"type": "string"}, "letter"),
    "withdrawn_on": (_DAY | {"type": ["string", "null"]}, None),
    "year": ({"type": "integer"}, 2026),
}
_DISPUTE = ("dispute_id", "donation_id", "amount", "currency", "outcome")
_RECEIPT = ("receipt_id", "amount")
_PUBLICATION = ("publication_id", "kind", "subject_code", "from", "to", "published_on", "sha256")
_EVENT = ("event_id", "code", "kind", "starts_at")
_COMMENDATION = ("commendation_id", "year", "category")

DATA: Mapping[EventType, tuple[str, ...]] = {
    T.donation_succeeded: (
        "donation_id",
        "campaign_id",
        "amount",
        "currency",
        "donated_at",
        "state",
        "matches",
    ),
    T.donation_refunded: (*("refund_id", "donation_id", "campaign_id", "amount", "currency", "refunded_at"),),
    T.donation_disputed: _DISPUTE,
    T.donation_dispute_closed: _DISPUTE,
    T.donation_consent_changed: (*("donation_id", "show_name", "show_amount", "show_message", "show_photo"),),
    T.donation_thanked: ("donation_id", "way"),
    T.donation_feedback_given: ("donation_id", "way"),
    T.settlement_paid: (
        *("settlement_id", "from", "to", "count", "gross", "fee", "refunded", "net", "currency", "paid_on"),
    ),
    T.matching_result: ("matching_id", "campaign_id", "amount", "released", "currency", "donations"),
    T.campaign_opened: ("code", "kind", "opened_on", "starts_on", "ends_on", "emergency_id"),
    T.campaign_closed: ("code", "closed_on"),
    T.emergency_opened: ("code", "opened_on"),
    T.emergency_campaign_opened: (
        *("code", "campaign_id", "started_on", "every_days", "first_due_on", "file_by"),
    ),
    T.emergency_closed: ("code", "closed_on"),
    T.plan_filed: ("code", "filing_no", "filed_on"),
    T.plan_use_changed: ("code", "change_id", "published_on"),
    T.certificate_revoked: ("revoked_on", "stopped"),
    T.receipt_requested: _RECEIPT,
    T.receipt_issued: _RECEIPT,
    T.receipt_red_reversed: _RECEIPT,
    T.receipt_replaced: _RECEIPT,
    T.receipt_waived: _RECEIPT,
    T.receipt_anonymous: _RECEIPT,
    T.receipt_withdrawn: _RECEIPT,
    T.receipt_loss_told: ("loss_id", "lost_on", "declared_on", "withdrawn_on"),
    T.goods_received: ("gift_id", "lot_count"),
    T.goods_shipped: ("shipment_id", "receiver_id"),
    T.goods_handed_out: ("handout_id", "value"),
    T.goods_handout_reversed: ("handout_id", "value"),
    T.publication_published: _PUBLICATION,
    T.publication_corrected: (*_PUBLICATION, "corrects"),
    T.event_published: _EVENT,
    T.event_cancelled: _EVENT,
    T.commendation_publicised: _COMMENDATION,
    T.commendation_decided: _COMMENDATION,
    T.commendation_filed: _COMMENDATION,
    # That there is one is told when it is over: whom it is about must not hear of it before.
    T.complaint_closed: ("complaint_id", "subject_kind", "result"),
    T.subscription_tested: ("subscription_id",),
}
"""The members of each event's `data`: always all of them, and never a word about a person."""


def schema(kind: EventType) -> Form:
    """Return the JSON schema of the body with which an event of this type is told."""
    members = DATA[kind]
    data = {
        "type": "object",
        "properties": {name: _MEMBERS[name][0] for name in members},
        "required": [*members],
    }
    return {
        "type": "object",
        "properties": {"type": {"const": kind.value}, "timestamp": _MOMENT, "data": data},
        "required": ["type", "timestamp", "data"],
    }


def example(kind: EventType) -> Form:
    """Return a body as it might be told."""
    data = {name: _MEMBERS[name][1] for name in DATA[kind]}
    return {"type": kind.value, "timestamp": "2026-05-01T00:00:01+00:00", "data": data}
