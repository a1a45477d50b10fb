"""What funds owe, and who covers it, as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.accounting.netassets.coverage import DuePayer
from app.accounting.schemas.vouchers import examples
from app.kit.fields import Body, MoneyIn, MoneyOut
from app.ledger.movements.dues import Due
from app.organizations.models import Approval

_DUE = {
    "posting_id": "01997d5d-ac96-774b-bcce-b302099a8042",
    "entry_id": examples.ENTRY,
    "fund_id": examples.FUND,
    "amount": examples.fen(60000),
    "left": examples.fen(35000),
    "booked_on": "2026-05-08",
}


class DueOut(BaseModel):
    """What a fund owes for one posting, and how much of it is still to be covered."""

    posting_id: UUID
    entry_id: UUID
    fund_id: UUID
    amount: MoneyOut
    left: MoneyOut
    booked_on: date

    @classmethod
    def of(cls, due: Due) -> Self:
        """Return what is due as JSON shows it."""
        told: dict[str, Any] = {"amount": MoneyOut.of(due.amount), "left": MoneyOut.of(due.left)}
        return cls(**(told | {name: getattr(due, name) for name in cls.model_fields if name not in told}))


class DuesOut(BaseModel):
    """What an organization's funds owe, and how much that is together."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"dues": [_DUE], "left": examples.fen(35000)}))

    dues: list[DueOut]
    left: MoneyOut

    @classmethod
    def of(cls, found: Sequence[Due]) -> Self:
        """Return what is due as JSON shows it."""
        left = MoneyOut.of(sum(due.left for due in found))
        return cls(dues=[DueOut.of(due) for due in found], left=left)


class DueCoverageIn(Body):
    """Who is to cover what a fund owes, and how much of it: all, unless it says so."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"payer": "general"}))

    payer: DuePayer
    amount: MoneyIn | None = None


class DueCoverageOut(BaseModel):
    """The request that others decide; approved, it is booked."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"approval_id": examples.VOUCHER_ID, "amount": examples.fen(35000)})
    )

    approval_id: UUID
    amount: MoneyOut

    @classmethod
    def of(cls, approval: Approval) -> Self:
        """Return a request as JSON shows it."""
        return cls(approval_id=approval.id, amount=MoneyOut.of(approval.amount_minor or 0))
