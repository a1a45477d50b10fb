"""Examples: what the API document shows of vouchers and what hangs on them."""

from typing import Any

from app.kit.fields import shown

__all__ = ["BANK", "ENTRY", "ORGANIZATION", "PERSON", "VOUCHER", "VOUCHER_ID", "fen", "shown"]

Example = dict[str, Any]

ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
BANK = "01997d5d-ac96-774b-bcce-b302099a8003"
ENTRY = "01997d5d-ac96-774b-bcce-b302099a8006"
VOUCHER_ID = "01997d5d-ac96-774b-bcce-b302099a8011"
PERSON = "01997d5d-ac96-774b-bcce-b302099a8012"
FUND = "01997d5d-ac96-774b-bcce-b302099a8013"


def fen(amount: int) -> Example:
    """Return an amount as JSON shows it."""
    return {"amount": amount, "currency": "CNY"}


def _line(number: int, side: str, code: str, name_zh: str, name: str, **more: str | None) -> Example:
    dimensions = dict.fromkeys(("fund_id", "channel_id", "project_id", "counterparty_id"))
    return {
        "number": number,
        "side": side,
        "code": code,
        "name_zh": name_zh,
        "name": name,
        "amount": fen(800000),
        "sub": None,
        "summary": None,
        **dimensions,
        **more,
    }


VOUCHER: Example = {
    "id": VOUCHER_ID,
    "organization_id": ORGANIZATION,
    "happened_on": "2026-05-08",
    "summary": "支付五月房租",
    "template": "RENT",
    "state": "posted",
    "attachment_count": 2,
    "file_count": 1,
    "lines": [
        _line(1, "debit", "5301", "管理费用", "Administrative expense", fund_id=FUND),
        _line(2, "credit", "1002", "银行存款", "Bank deposits", channel_id=BANK),
    ],
    "total": fen(800000),
    "made_by": f"staff:{PERSON}",
    "prepared_by": PERSON,
    "prepared_at": "2026-05-08T02:30:00Z",
    "reviewed_by": "01997d5d-ac96-774b-bcce-b302099a8014",
    "reviewed_at": "2026-05-08T06:30:00Z",
    "posted_by": "01997d5d-ac96-774b-bcce-b302099a8015",
    "posted_at": "2026-05-08T08:30:00Z",
    "exception_reason": None,
    "return_reason": None,
    "entry_id": ENTRY,
    "reversal_entry_id": None,
    "reversed_by": None,
    "reversed_at": None,
    "reversal_reason": None,
    "created_at": "2026-05-08T02:00:00Z",
    "allowed_actions": ["reverse", "attach"],
}
