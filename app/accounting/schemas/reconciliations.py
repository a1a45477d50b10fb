"""Bank reconciliations as JSON."""

from datetime import date, datetime
from typing import Any, Self, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import BankReconciliation
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Day, MoneyOut, shown
from app.kit.http.pages import PageQuery

_BY = "staff:01997d5d-ac96-774b-bcce-b302099a8011"
_ITEM = {
    "id": examples.LINE_ID,
    "happened_on": "2026-05-31",
    "amount": examples.fen(300),
    "about": "interest",
    "cheque": None,
}
_SIGNED = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8025",
    "channel_id": examples.CHANNEL,
    "month": "2026-05-01",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "prepared_by": _BY,
    "created_at": "2026-06-03T08:00:00Z",
    "reviewed_by": None,
    "reviewed_at": None,
}


class ReconciliationIn(Body):
    """The month whose reconciliation is signed as it is drawn now."""

    model_config = ConfigDict(json_schema_extra=shown({"month": "2026-05-01"}))

    month: Day = Field(description="Any day of it.")


class ReconciliationQuery(PageQuery):
    """Which signed reconciliations to list."""

    reviewed: bool | None = None


class ReconciliationOut(BaseModel):
    """A reconciliation that was signed, and is what it was then."""

    model_config = ConfigDict(json_schema_extra=shown(_SIGNED))

    id: UUID
    channel_id: UUID
    month: date
    sha256: str
    prepared_by: str
    created_at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None

    @classmethod
    def of(cls, signed: BankReconciliation) -> Self:
        """Return a signed reconciliation as JSON shows it."""
        facts = {name: getattr(signed, name) for name in cls.model_fields if name != "sha256"}
        return cls(sha256=signed.sha256.hex(), **facts)


class TransitOut(BaseModel):
    """Money that one side knows and the other does not yet."""

    id: UUID
    happened_on: date
    amount: MoneyOut
    about: str
    cheque: str | None = Field(default=None, description="Numbers of the cheques that paid it.")


class ReconcilementOut(BaseModel):
    """A month's 余额调节表: adjusted by what is in transit, bank and books are equal."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "month": "2026-05-01",
                "until": "2026-05-31",
                "covered_until": "2026-05-31",
                "bank_balance": examples.fen(100300),
                "ledger_balance": examples.fen(100000),
                "received_by_bank": [_ITEM],
                "paid_by_bank": [],
                "received_in_books": [],
                "paid_in_books": [],
                "cheques_received": [],
                "adjusted_bank": examples.fen(100300),
                "adjusted_ledger": examples.fen(100300),
                "difference": examples.fen(0),
                "signed": None,
            }
        )
    )

    month: date
    until: date
    covered_until: date | None
    bank_balance: MoneyOut
    ledger_balance: MoneyOut
    received_by_bank: list[TransitOut]
    paid_by_bank: list[TransitOut]
    received_in_books: list[TransitOut]
    paid_in_books: list[TransitOut]
    cheques_received: list[TransitOut] = Field(
        default=[], description="Others' cheques that no bank has paid: in no sum; `about` is their number."
    )
    adjusted_bank: MoneyOut
    adjusted_ledger: MoneyOut
    difference: MoneyOut
    signed: ReconciliationOut | None

    @classmethod
    def of(cls, told: dict[str, Any], signed: BankReconciliation | None) -> Self:
        """Return what was drawn, or kept, as JSON shows it."""
        shown_: dict[str, Any] = {}
        for name, value in told.items():
            if isinstance(value, list):
                shown_[name] = [_transit(item) for item in cast("list[dict[str, Any]]", value)]
            else:
                shown_[name] = MoneyOut.of(value) if isinstance(value, int) else value
        return cls(**shown_, signed=ReconciliationOut.of(signed) if signed else None)


def _transit(item: dict[str, Any]) -> TransitOut:
    return TransitOut(
        id=item["id"],
        happened_on=item["on"],
        amount=MoneyOut.of(item["amount"]),
        about=item["about"],
        # What was signed before cheques were told names none.
        cheque=item.get("cheque"),
    )
