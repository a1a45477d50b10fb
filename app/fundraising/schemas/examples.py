"""Examples: what the API document shows for campaigns, donations, refunds and disputes."""

from typing import Any, cast

from pydantic.config import JsonDict

Example = dict[str, Any]

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_CAMPAIGN = "01997d5d-ac96-774b-bcce-b302099a8002"
_CHANNEL = "01997d5d-ac96-774b-bcce-b302099a8003"
_PLATFORM = "01997d5d-ac96-774b-bcce-b302099a8004"
_DONATION = "01997d5d-ac96-774b-bcce-b302099a8005"
_ENTRY = "01997d5d-ac96-774b-bcce-b302099a8006"
_GIVEN = "2026-05-01T02:30:00Z"


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


def shown(example: Example) -> JsonDict:
    """Return what puts an example into a model's schema."""
    return {"examples": [cast("JsonDict", example)]}


DESIGNATION_IN: Example = {"code": "main", "title": "慈安桥建设", "fund_code": "F-BRIDGE"}
_SAID: Example = {
    "organization_id": _ORGANIZATION,
    "code": "SX-2026-BRIDGE",
    "title": "慈安桥",
    "purpose": "为山区村庄修建便民桥",
    "starts_on": "2026-01-01",
    "ends_on": None,
    "target": _fen(100_000_000),
    "filing_no": "52620600MJY949356HA26006",
    "kind": "public",
    "emergency_id": None,
}
CAMPAIGN_IN: Example = _SAID | {"designations": [DESIGNATION_IN]}
CAMPAIGN: Example = _SAID | {
    "id": _CAMPAIGN,
    "state": "open",
    "opened_at": "2026-01-01T00:00:00Z",
    "closed_at": None,
    "created_at": "2025-12-20T08:00:00Z",
    "totals": {
        "raised": _fen(50_000),
        "refunded": _fen(5_000),
        "net": _fen(45_000),
        "spent": _fen(20_000),
        "balance": _fen(25_000),
        "gift_count": 3,
        "donor_count": 2,
        "by_channel": [
            {
                "channel_id": _CHANNEL,
                "raised": _fen(50_000),
                "refunded": _fen(5_000),
                "net": _fen(45_000),
                "gift_count": 3,
                "refund_count": 1,
            }
        ],
    },
}
DESIGNATION: Example = DESIGNATION_IN | {
    "id": _ENTRY,
    "is_default": True,
    "fund_id": _DONATION,
    "restricted": True,
    "cost_share_basis_points": 0,
}
DONATION: Example = {
    "id": _DONATION,
    "organization_id": _ORGANIZATION,
    "campaign_id": _CAMPAIGN,
    "channel_id": _CHANNEL,
    "source_id": _CHANNEL,
    "their_id": "收据-0000123",
    "lookup_code": "7K2M9QX4T0V8R3W6ZBND",
    "amount": _fen(71_520),
    "original": {"currency": "USD", "amount": "100.00"},
    "refunded": _fen(0),
    "donated_at": _GIVEN,
    "donated_on": "2026-05-01",
    "created_at": _GIVEN,
    "state": "posted",
    "entry_id": _ENTRY,
    "correction_count": 0,
    "giver": {
        "kind": "individual",
        "anonymous": False,
        "donor_id": None,
        "name": "王小明",
        "message": "愿桥早日建成",
        "masked": False,
        "show_name": True,
        "show_amount": True,
        "show_message": False,
        "show_photo": False,
    },
}
REFUND: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8007",
    "donation_id": _DONATION,
    "source_id": _PLATFORM,
    "their_id": "R-20260502-000001",
    "their_gift_id": "T-20260501-000001",
    "amount": _fen(5_000),
    "designation": None,
    "refunded_at": "2026-05-02T00:00:00Z",
    "reason": "donor_request",
    "state": "posted",
    "actor": "platform:tencent",
    "entry_id": _ENTRY,
    "created_at": "2026-05-02T00:00:01Z",
}
DISPUTE: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8008",
    "source_id": _PLATFORM,
    "their_id": "D-20260502-000001",
    "their_gift_id": "T-20260501-000001",
    "amount": _fen(5_000),
    "disputed_at": "2026-05-02T00:00:00Z",
    "state": "open",
    "created_at": "2026-05-02T00:00:01Z",
}
CORRECTION: Example = {
    "number": 1,
    "kind": "amount",
    "reason": "金额录入错误",
    "actor": "staff:01997d5d-ac96-774b-bcce-b302099a8009",
    "old_amount": _fen(50_000),
    "new_amount": _fen(5_000),
    "old_entry_id": _DONATION,
    "new_entry_id": _ENTRY,
    "old_campaign_id": _CAMPAIGN,
    "new_campaign_id": _CAMPAIGN,
    "created_at": "2026-05-03T00:00:00Z",
}
ALLOCATION: Example = {"designation": "main", "amount": _fen(50_000)}

GIFT_IN = {
    "channel_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "amount": {"amount": 71520, "currency": "CNY"},
    "donated_at": "2026-05-01T10:30:00+08:00",
    "original": {"currency": "USD", "amount": "100.00"},
    "designation": "main",
    "giver": {"name": "王小明", "show_name": True},
    "message": "愿桥早日建成",
    "their_id": "收据-0000123",
}
TAKEN = {
    "done_count": 1,
    "refused_count": 1,
    "outcomes": [
        {
            "index": 0,
            "status": 201,
            "result": {
                "id": "01890a5d-ac96-774b-bcce-b302099a8057",
                "their_id": "收据-0000123",
                "lookup_code": "0123456789ABCDEFGHJK",
                "amount": {"amount": 50000, "currency": "CNY"},
                "outcome": "posted",
            },
            "problem": None,
        },
        {
            "index": 1,
            "status": 409,
            "result": None,
            "problem": {
                "type": "/problems/campaign-not-open",
                "title": "The campaign takes no gifts at that moment.",
                "status": 409,
                "code": "campaign-not-open",
            },
        },
    ],
}
