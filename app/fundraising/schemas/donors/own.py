"""A donor's own papers and data as JSON."""

from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Receipt, ReceiptState
from app.fundraising.receipts.words import Payer
from app.fundraising.schemas.donors import examples
from app.kit.fields import Body, MoneyOut, shown


class OwnReceiptOut(BaseModel):
    """A receipt as its donor reads it, with the numbers by which the finance authority knows it."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8018",
                "organization_id": examples.ORGANIZATION,
                "reference": "7ZQ4M0T2V9KX",
                "state": "issued",
                "amount": {"amount": 15000, "currency": "CNY"},
                "title": "王小明",
                "code": "61060126",
                "number": "0012345678",
                "check_code": "a1b2c3",
                "issued_on": "2026-05-04",
            }
        )
    )

    id: UUID
    organization_id: UUID
    reference: str
    state: ReceiptState
    amount: MoneyOut
    title: str | None
    code: str | None
    number: str | None
    check_code: str | None
    issued_on: date | None

    @classmethod
    def of(cls, receipt: Receipt, payer: Payer | None) -> Self:
        """Return a receipt as JSON shows it to its donor."""
        names = ("id", "organization_id", "reference", "state", "code", "number", "check_code", "issued_on")
        copied: dict[str, Any] = {name: getattr(receipt, name) for name in names}
        return cls(amount=MoneyOut.of(receipt.amount), title=payer.title if payer else None, **copied)


class OwnCertificateIn(Body):
    """Any gift to the organization, and the year that the certificate is over."""

    model_config = ConfigDict(json_schema_extra=shown({"donation_id": examples.DONATION, "year": 2026}))

    donation_id: UUID
    year: int = Field(strict=True, ge=2000, le=2999)


class OwnDataOut(BaseModel):
    """Everything that is kept about a donor, in one document."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "donor_ids": [examples.KEPT],
                "donations": [{"id": examples.DONATION, "amount": 5000, "told": {"name": "王小明"}}],
                "plans": [],
                "receipts": [],
                "certificates": [],
                "contacts": [],
                "requests": [],
            }
        )
    )

    donor_ids: list[UUID]
    donations: list[dict[str, Any]]
    plans: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    certificates: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    requests: list[dict[str, Any]]
