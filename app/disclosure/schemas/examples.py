"""Examples: what the API document shows of campaigns, gifts and traces as the public reads them."""

from typing import Any

Example = dict[str, Any]


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


_ORGANIZATION: Example = {"code": "610000", "name": "陕西省慈善联合会"}
CAMPAIGN: Example = {
    "code": "SX-2026-BRIDGE",
    "title": "慈安桥",
    "purpose": "为山区村庄修建便民桥",
    "organization": _ORGANIZATION,
    "filing_no": "53610000MJX00001-A26001",
    "state": "open",
    "starts_on": "2026-01-01",
    "ends_on": None,
    "opened_at": "2025-12-31T16:00:00Z",
    "closed_at": None,
    "target": _fen(100_000_000),
    "raised": _fen(36_500_000),
    "refunded": _fen(50_000),
    "net": _fen(36_450_000),
    "spent": _fen(16_400_000),
    "balance": _fen(20_050_000),
    "elsewhere": _fen(0),
    "gift_count": 7300,
    "donor_count": 6911,
    "demo": False,
}
CAMPAIGN_IN_FULL: Example = CAMPAIGN | {
    "settled": _fen(18_050_000),
    "unsettled": _fen(2_000_000),
    "cost_share_basis_points": 0,
    "purposes": [
        {
            "code": "main",
            "title": "慈安桥建设",
            "fund_code": "F-BRIDGE",
            "restricted": True,
            "cost_share_basis_points": 0,
        }
    ],
    "by_channel": [
        {
            "code": "tencent",
            "name": "腾讯公益",
            "kind": "merchant",
            "raised": _fen(36_500_000),
            "refunded": _fen(50_000),
            "net": _fen(36_450_000),
            "gift_count": 7300,
            "refund_count": 10,
        }
    ],
    "by_day": [
        {
            "day": "2026-05-01",
            "raised": _fen(250_000),
            "refunded": _fen(0),
            "gift_count": 50,
            "refund_count": 0,
        }
    ],
    "by_day_from": "2026-02-01",
    "by_day_to": "2026-05-01",
    "projects": [{"code": "P-2026-BRIDGE", "title": "紫阳县慈安桥", "spent": _fen(16_400_000)}],
    "as_of": "2026-05-01T00:00:00Z",
}
GIFT: Example = {
    "donated_at": "2026-04-30T23:59:58Z",
    "name": "爱心网友",
    "naming": "consented",
    "amount": _fen(5000),
    "refunded": _fen(0),
    "refund": "none",
    "state": "posted",
    "message": "加油",
    "channel": "腾讯公益",
}
TRACE: Example = {
    "lookup_code": "7ZQ4M0T2V9KXC3HB5N8D",
    "amount": _fen(5000),
    "refunded": _fen(0),
    "state": "posted",
    "donated_at": "2026-04-30T23:59:58Z",
    "organization": _ORGANIZATION,
    "campaign": {"code": "SX-2026-BRIDGE", "title": "慈安桥"},
    "entry_id": "01997d5d-ac96-774b-bcce-b302099a8006",
    "booked_on": "2026-05-01",
    "places": [
        {
            "kind": "spent",
            "amount": _fen(5000),
            "basis": "fifo",
            "organization": _ORGANIZATION,
            "fund": {"code": "F-BRIDGE", "title": "慈安桥建设"},
            "project_code": "P-2026-BRIDGE",
            "counterparty_code": "BUILDER",
            "entry_id": "01997d5d-ac96-774b-bcce-b302099a8008",
            "booked_on": "2026-05-20",
            "arrived": _fen(5000),
            "depth": 0,
        }
    ],
    "complete": True,
    "next_from": None,
    "demo": False,
}
RECEIPT_FILE: dict[str, Any] = {
    "format": "zhengxinlu-receipt/v1",
    "leaf": '{"commit":{"reference":"0b"},"id":"019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007","index":7,"v":1}',
    "opened": {"reference": {"value": "T-20260501-000001", "salt": "0b"}},
    "proof": "c2sp.org/tlog-proof@v1",
    "vkeys": ["charity.example/v1/log+03efdd13+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"],
}
