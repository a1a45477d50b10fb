"""Examples: what the API document shows of trial balances and registers."""

from typing import Any

Example = dict[str, Any]

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_ACCOUNT = "01997d5d-ac96-774b-bcce-b302099a8009"
_FUND = "01997d5d-ac96-774b-bcce-b302099a800a"
_CHANNEL = "01997d5d-ac96-774b-bcce-b302099a8003"


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


_CODE: Example = {
    "chart": "2026",
    "code": "1009",
    "name": "Other monetary funds",
    "name_zh": "其他货币资金",
    "label": "1009/tencent",
}
_MERCHANT: Example = _CODE | {"debit": _fen(5000), "credit": _fen(0), "balance": _fen(5000)}
ACCOUNT: Example = _MERCHANT | {
    "id": _ACCOUNT,
    "fund_id": None,
    "channel_id": _CHANNEL,
    "project_id": None,
    "counterparty_id": None,
}
FUND: Example = {
    "id": _FUND,
    "code": "F-BRIDGE",
    "title": "慈安桥建设",
    "restricted": True,
    "general": False,
    "usable_from": None,
    "usable_until": None,
    "received": _fen(5000),
    "spent": _fen(0),
    "left": _fen(5000),
    "due": _fen(0),
    "settled": _fen(2000),
    "unsettled": _fen(3000),
}
TRIAL_BALANCE: Example = {
    "organization_id": _ORGANIZATION,
    "organization_code": "610000",
    "basis": "entity",
    "since": None,
    "as_of": "2026-05-01",
    "demo": False,
    "lines": [
        _MERCHANT | {"account_id": _ACCOUNT, "organization_id": _ORGANIZATION, "opening": _fen(0)},
        {
            "chart": "2026",
            "code": "4101",
            "name": "Donation income",
            "name_zh": "捐赠收入",
            "label": "4101/F-BRIDGE",
            "account_id": "01997d5d-ac96-774b-bcce-b302099a800b",
            "organization_id": _ORGANIZATION,
            "opening": _fen(0),
            "debit": _fen(0),
            "credit": _fen(5000),
            "balance": _fen(-5000),
        },
    ],
    "debit": _fen(5000),
    "credit": _fen(5000),
    "balance": _fen(0),
}
