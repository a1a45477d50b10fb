"""Examples: what the API document shows for gifts in kind, their stock and their hand-outs."""

from typing import Any

Example = dict[str, Any]

ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
WAREHOUSE = "01997d5d-ac96-774b-bcce-b302099a8101"
GIFT_ID = "01997d5d-ac96-774b-bcce-b302099a8102"
LOT_ID = "01997d5d-ac96-774b-bcce-b302099a8103"
FUND = "01997d5d-ac96-774b-bcce-b302099a8104"
HANDOUT_ID = "01997d5d-ac96-774b-bcce-b302099a8105"
ENTRY = "01997d5d-ac96-774b-bcce-b302099a8006"
STAFF = "staff:01997d5d-ac96-774b-bcce-b302099a8009"
CREATED = "2026-05-02T02:30:00Z"


def fen(amount: int) -> Example:
    """Return an amount as JSON."""
    return {"amount": amount, "currency": "CNY"}


LOT_IN: Example = {
    "item": "医用外科口罩",
    "quantity": 10,
    "unit": "箱",
    "pieces": {"unit": "个", "per_unit": 2000},
    "batch_number": "20260301",
    "expires_on": "2028-03-01",
}
GIFT_IN: Example = {
    "organization_id": ORGANIZATION,
    "warehouse_id": WAREHOUSE,
    "received_on": "2026-05-01",
    "reference": "物资收据-000123",
    "giver": {"name": "某某医疗器械有限公司", "kind": "organization", "show_name": True},
    "lots": [LOT_IN],
}
LOT: Example = {
    "id": LOT_ID,
    "organization_id": ORGANIZATION,
    "warehouse_id": WAREHOUSE,
    "fund_id": FUND,
    "gift_id": GIFT_ID,
    "origin_lot_id": None,
    "number": 1,
    "item": "医用外科口罩",
    "spec": None,
    "batch_number": "20260301",
    "expires_on": "2028-03-01",
    "asset_class": "inventory",
    "unit": "个",
    "package_unit": "箱",
    "package_size": 2000,
    "received_count": 20000,
    "accepted_count": 19900,
    "refused_reason": "一盒外包装破损",
    "left_count": 17900,
    "method": "document",
    "basis": "发票 044001900111-12345678",
    "value": fen(995_000),
    "left_value": fen(895_000),
    "created_at": CREATED,
    "allowed_actions": ["hand_out"],
}
GIFT: Example = {
    "id": GIFT_ID,
    "organization_id": ORGANIZATION,
    "campaign_id": None,
    "fund_id": FUND,
    "emergency_id": None,
    "reference": "物资收据-000123",
    "received_on": "2026-05-01",
    "giver_kind": "organization",
    "giver_name": "某**",
    "anonymous": False,
    "show_name": True,
    "inspected_on": "2026-05-02",
    "actor": STAFF,
    "created_at": CREATED,
    "allowed_actions": ["value"],
}
INSPECTION: Example = {
    "inspected_on": "2026-05-02",
    "lots": [{"lot_id": LOT_ID, "accepted_count": 19900, "reason": "一盒外包装破损"}],
}
VALUATION_IN: Example = {
    "lots": [
        {
            "lot_id": LOT_ID,
            "method": "document",
            "basis": "发票 044001900111-12345678",
            "amount": fen(995_000),
        }
    ]
}
VALUATION: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8106",
    "gift_id": GIFT_ID,
    "amount": fen(995_000),
    "actor": STAFF,
    "entry_id": ENTRY,
    "created_at": CREATED,
}
HANDOUT_IN: Example = {
    "organization_id": ORGANIZATION,
    "handed_on": "2026-05-03",
    "recipient_kind": "organization",
    "recipient": "某某县人民医院",
    "reference": "发放单-000045",
    "lots": [{"lot_id": LOT_ID, "quantity": 1, "unit": "箱"}],
}
HANDOUT: Example = {
    "id": HANDOUT_ID,
    "organization_id": ORGANIZATION,
    "reference": "发放单-000045",
    "handed_on": "2026-05-03",
    "recipient_kind": "organization",
    "recipient": "某某县人民医院",
    "project_id": None,
    "counterparty_id": None,
    "value": fen(100_000),
    "entry_id": ENTRY,
    "signed_on": None,
    "reversed_on": None,
    "reversed_reason": None,
    "actor": STAFF,
    "created_at": CREATED,
    "allowed_actions": ["sign", "take_back"],
}
HANDOUT_LINE: Example = {"lot_id": LOT_ID, "count": 2000, "value": fen(100_000)}
