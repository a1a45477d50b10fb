"""Donation receipts as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Receipt, ReceiptGift, ReceiptState, ReversalReason
from app.fundraising.receipts.words import Payer
from app.kit.clock import legal_day, today
from app.kit.fields import Body, Line, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_DONATION = "01997d5d-ac96-774b-bcce-b302099a8005"
_RECEIPT = "01997d5d-ac96-774b-bcce-b302099a8020"
_BATCH = "01997d5d-ac96-774b-bcce-b302099a8021"
_MONEY = {"amount": 5000, "currency": "CNY"}
_PAYER = {"title": "示例有限公司", "tax_id": "91610000MA6TG00000", "email": "finance@example.org"}
_SHOWN: dict[str, Any] = {
    "id": _RECEIPT,
    "organization_id": _ORGANIZATION,
    "reference": "7ZQ4M0T2V9KX",
    "state": "issued",
    "amount": _MONEY,
    "age_days": 3,
    "code": "61060126",
    "number": "0000012345",
    "check_code": "a1b2c3",
    "issued_on": "2026-05-04",
    "batch_id": _BATCH,
    "refused_at": None,
    "reversal_reason": None,
    "reversal_at": None,
    "reversal_batch_id": None,
    "red_code": None,
    "red_number": None,
    "reversed_on": None,
    "replaces_id": None,
    "note": None,
    "requested_by": "staff:01997d5d-ac96-774b-bcce-b302099a8007",
    "created_at": "2026-05-01T02:30:00Z",
}

TaxId = Annotated[str, Field(strict=True, pattern=r"^[0-9A-Z]{15,20}$")]
Email = Annotated[str, Field(strict=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Gifts = Annotated[list[UUID], Field(min_length=1, max_length=100)]


class ReceiptPayerIn(Body):
    """To whom a receipt is made out; what is left out is taken from what the donor told with the gift."""

    model_config = ConfigDict(json_schema_extra=shown(_PAYER))

    title: Line | None = None
    tax_id: TaxId | None = Field(default=None, description="18 characters; a person's identity number.")
    email: Email | None = None

    def payer(self) -> Payer:
        """Return the same in the words of the rules."""
        return Payer(title=self.title, tax_id=self.tax_id, email=self.email)


class ReceiptIn(ReceiptPayerIn):
    """Gifts of one donor to be put on one receipt."""

    model_config = ConfigDict(json_schema_extra=shown({"donation_ids": [_DONATION]} | _PAYER))

    donation_ids: Gifts


class ReceiptWaiverIn(Body):
    """Gifts that get no receipt: their donor waived it, or is anonymous. It is recorded all the same."""

    model_config = ConfigDict(json_schema_extra=shown({"donation_ids": [_DONATION], "state": "waived"}))

    donation_ids: Gifts
    state: Literal[ReceiptState.waived, ReceiptState.anonymous]
    note: Words | None = None


class ReceiptReversalIn(Body):
    """Why an issued receipt is to be reversed."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "wrong_title"}))

    reason: Literal[
        ReversalReason.wrong_title,
        ReversalReason.wrong_tax_id,
        ReversalReason.refunded,
        ReversalReason.gift_corrected,
        ReversalReason.other,
    ]
    note: Words | None = None


class ReceiptQuery(PageQuery):
    """Which receipts to list; the one that has waited longest comes first."""

    organization_id: UUID | None = None
    state: ReceiptState | None = None
    donation_id: UUID | None = None
    to_reverse: bool | None = Field(default=None, description="Issued, and waiting for their reversal.")
    sort: Literal["created_at", "-created_at", "amount", "-amount"] = "created_at"


class ReceiptOut(BaseModel):
    """A receipt without the words that say to whom it is made out."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN))

    id: UUID
    organization_id: UUID
    reference: str = Field(description="Ours: by it the finance system's answer finds the request.")
    state: ReceiptState
    amount: MoneyOut
    age_days: int = Field(description="Days since it was asked for.")
    code: str | None = Field(description="The finance system's, as number and check code are.")
    number: str | None
    check_code: str | None
    issued_on: date | None
    batch_id: UUID | None
    refused_at: datetime | None
    reversal_reason: ReversalReason | None
    reversal_at: datetime | None
    reversal_batch_id: UUID | None
    red_code: str | None
    red_number: str | None
    reversed_on: date | None
    replaces_id: UUID | None
    note: str | None = Field(description="Staff's; `null` to those who may not read donors.")
    requested_by: str
    created_at: datetime

    @classmethod
    def of(cls, receipt: Receipt, note: str | None = None) -> Self:
        """Return a receipt as JSON shows it."""
        return cls(**_facts(receipt), note=note)


class ReceiptLineOut(BaseModel):
    """A gift on a receipt, and how much of it."""

    model_config = ConfigDict(json_schema_extra=shown({"donation_id": _DONATION, "amount": _MONEY}))

    donation_id: UUID
    amount: MoneyOut


class ReceiptDetail(ReceiptOut):
    """A receipt with its gifts and, for those who may read donors, to whom it is made out."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _SHOWN | _PAYER | {"refused": None, "lines": [{"donation_id": _DONATION, "amount": _MONEY}]}
        )
    )

    title: str | None
    tax_id: str | None
    email: str | None
    refused: str | None = Field(description="What the finance system had against it.")
    lines: list[ReceiptLineOut]

    @classmethod
    def with_lines(
        cls, receipt: Receipt, payer: Payer, lines: Sequence[ReceiptGift], *, note: str | None
    ) -> Self:
        """Return a receipt with everything about it."""
        covered = [
            ReceiptLineOut(donation_id=one.donation_id, amount=MoneyOut.of(one.amount)) for one in lines
        ]
        return cls(
            title=payer.title,
            tax_id=payer.tax_id,
            email=payer.email,
            refused=payer.refused,
            lines=covered,
            note=note,
            **_facts(receipt),
        )


def _facts(receipt: Receipt) -> dict[str, Any]:
    made = {"amount": MoneyOut.of(receipt.amount), "age_days": (today() - legal_day(receipt.created_at)).days}
    plain = ReceiptOut.model_fields.keys() - made.keys() - {"note"}
    return {name: getattr(receipt, name) for name in plain} | made
