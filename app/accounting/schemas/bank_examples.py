"""Examples: what the API document shows for bank statements and their lines."""

from typing import Any

Example = dict[str, Any]

ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
CHANNEL = "01997d5d-ac96-774b-bcce-b302099a8003"
STATEMENT_ID = "01997d5d-ac96-774b-bcce-b302099a8021"
LINE_ID = "01997d5d-ac96-774b-bcce-b302099a8022"
ENTRY = "01997d5d-ac96-774b-bcce-b302099a8006"
_AT = "2026-05-31T08:00:00Z"
_BY = "staff:01997d5d-ac96-774b-bcce-b302099a8011"


def fen(amount: int) -> Example:
    """Return an amount as JSON."""
    return {"amount": amount, "currency": "CNY"}


CSV = (
    "交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,对方账号,附言,交易流水号\n"
    "2026-05-01,转账,,500.00,10500.00,王小明,6222020200012345678,慈安桥,H260501000001\n"
)
STATEMENT: Example = {
    "id": STATEMENT_ID,
    "channel_id": CHANNEL,
    "begins_on": "2026-05-01",
    "ends_on": "2026-05-31",
    "opening": fen(1000000),
    "came_in": fen(250000),
    "went_out": fen(50000),
    "closing": fen(1200000),
    "line_count": 4,
    "actor": _BY,
    "created_at": _AT,
}
GAP: Example = {
    "after_on": "2026-03-31",
    "before_on": "2026-05-01",
    "closing": fen(900000),
    "opening": fen(1000000),
}
LINE: Example = {
    "id": LINE_ID,
    "organization_id": ORGANIZATION,
    "channel_id": CHANNEL,
    "statement_id": STATEMENT_ID,
    "number": 1,
    "happened_on": "2026-05-01",
    "amount": fen(50000),
    "balance": fen(1050000),
    "matched": fen(0),
    "counterparty": {
        "name": "王小明",
        "account": "6222020200012345678",
        "summary": "转账",
        "remark": "慈安桥",
        "masked": False,
    },
    "proposal": {"kind": "gift", "because": "campaign:SX-2026-BRIDGE", "code": "SX-2026-BRIDGE"},
    "kind": None,
    "decided_by": None,
    "decided_at": None,
    "entry_id": None,
}
RULE_IN: Example = {
    "organization_id": ORGANIZATION,
    "kind": "settlement",
    "title": "财付通结算款",
    "counterparty": "财付通",
    "code": "tencent",
}
RULE: Example = RULE_IN | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8023",
    "remark": None,
    "amount_from": None,
    "amount_to": None,
    "made_by": _BY,
    "created_at": _AT,
    "ended_at": None,
}
