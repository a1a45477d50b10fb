"""Examples: what the API document shows of statements and ledgers."""

from typing import Any

Example = dict[str, Any]

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_ENTRY = "01997d5d-ac96-774b-bcce-b302099a8010"


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


_CASH: Example = {"code": "1009", "name": "Other monetary funds", "name_zh": "其他货币资金", "chart": "2026"}

STATEMENT: Example = {
    "organization_id": _ORGANIZATION,
    "organization_code": "610000",
    "statement": "balance-sheet",
    "form": "会民非01表",
    "title": "Balance sheet",
    "title_zh": "资产负债表",
    "chart": "2026",
    "confidence": "A1",
    "period": "2026-05",
    "basis": "entity",
    "first_day": "2026-05-01",
    "last_day": "2026-05-31",
    "demo": False,
    "ties": True,
    "columns": [
        {"key": "opening", "title": "At the beginning of the year", "title_zh": "年初余额"},
        {"key": "closing", "title": "At the end of the period", "title_zh": "期末余额"},
    ],
    "lines": [
        {
            "key": "cash",
            "number": 1,
            "label": "Cash and deposits",
            "label_zh": "货币资金",
            "level": 1,
            "total": False,
            "amounts": [_fen(0), _fen(5000)],
        }
    ],
    "proofs": [
        {
            "name": "balance_closing",
            "title": "Assets equal liabilities and net assets, at the end",
            "title_zh": "资产总计等于负债和净资产总计（期末）",
            "left": _fen(5000),
            "right": _fen(5000),
            "difference": _fen(0),
            "holds": True,
        }
    ],
}
BALANCES: Example = {
    "organization_id": _ORGANIZATION,
    "organization_code": "610000",
    "from": "2026-05-01",
    "to": "2026-05-31",
    "demo": False,
    "lines": [
        _CASH
        | {
            "level": 1,
            "label": "1009",
            "opening": _fen(0),
            "debit": _fen(5000),
            "credit": _fen(0),
            "closing": _fen(5000),
        }
    ],
    "debit": _fen(5000),
    "credit": _fen(5000),
}
GENERAL: Example = {
    "organization_id": _ORGANIZATION,
    "organization_code": "610000",
    "from": "2026-05-01",
    "to": "2026-05-31",
    "demo": False,
    "lines": [
        _CASH
        | {
            "month": "2026-05-01",
            "opening": _fen(0),
            "debit": _fen(5000),
            "credit": _fen(0),
            "closing": _fen(5000),
            "year_debit": _fen(5000),
            "year_credit": _fen(0),
        }
    ],
}
DETAIL: Example = {
    "entry_id": _ENTRY,
    "line": 1,
    "booked_on": "2026-05-01",
    "occurred_at": "2026-04-30T23:59:58Z",
    "kind": "donation",
    "reference": "donation:01997d5d-ac96-774b-bcce-b302099a8011",
    "summary": None,
    "label": "1009/tencent",
    "other_code": "4101",
    "other_label": "4101/F-BRIDGE",
    "debit": _fen(5000),
    "credit": _fen(0),
    "balance": _fen(5000),
}
CHRONICLE: Example = {
    "id": _ENTRY,
    "booked_on": "2026-05-01",
    "occurred_at": "2026-04-30T23:59:58Z",
    "created_at": "2026-05-01T00:00:01Z",
    "kind": "donation",
    "reference": "donation:01997d5d-ac96-774b-bcce-b302099a8011",
    "summary": None,
    "actor": "platform:tencent",
    "late": False,
    "postings": [
        {
            "line": 1,
            "debit_code": "1009",
            "debit_name_zh": "其他货币资金",
            "debit_label": "1009/tencent",
            "credit_code": "4101",
            "credit_name_zh": "捐赠收入",
            "credit_label": "4101/F-BRIDGE",
            "amount": _fen(5000),
        }
    ],
}
