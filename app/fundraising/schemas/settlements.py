"""Settlements in JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import (
    BillLayout,
    Settlement,
    SettlementNotice,
    SettlementState,
)
from app.fundraising.payouts.notices import Booked
from app.fundraising.schemas import examples
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from app.kit.fields import Body, MoneyOut
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX

_SETTLEMENT = "01997d5d-ac96-774b-bcce-b302099a8021"
_MERCHANT = "01997d5d-ac96-774b-bcce-b302099a8003"
_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_LINE = "01997d5d-ac96-774b-bcce-b302099a8022"
_ENTRY = "01997d5d-ac96-774b-bcce-b302099a8006"
_DONATION = "01997d5d-ac96-774b-bcce-b302099a8005"


def _fen(minor: int) -> dict[str, object]:
    return {"amount": minor, "currency": "CNY"}


_SHOWN: dict[str, object] = {
    "id": _SETTLEMENT,
    "organization_id": _ORGANIZATION,
    "channel_id": _MERCHANT,
    "layout": "wechat_pay",
    "begins_on": "2026-05-01",
    "ends_on": "2026-05-01",
    "line_count": 12,
    "new_count": 12,
    "gross": _fen(60000),
    "refunded": _fen(5000),
    "fee": _fen(330),
    "net": _fen(54670),
    "state": "settled",
    "settled_at": "2026-05-02T02:00:00Z",
    "fee_entry_id": _ENTRY,
    "payout_line_id": None,
    "actor": "staff:01997d5d-ac96-774b-bcce-b302099a8002",
    "created_at": "2026-05-02T02:00:00Z",
}
_NOTICE: dict[str, object] = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8023",
    "organization_id": _ORGANIZATION,
    "channel_id": _MERCHANT,
    "their_id": "S-20260501",
    "begins_on": "2026-05-01",
    "ends_on": "2026-05-01",
    "payment_count": 12,
    "gross": _fen(60000),
    "refunded": _fen(5000),
    "fee": _fen(330),
    "net": _fen(54670),
    "account_last4": "0403",
    "paid_at": "2026-05-02T02:00:00Z",
    "booked_count": 12,
    "booked": _fen(60000),
    "booked_refunds": _fen(5000),
    "bill_count": 1,
    "agrees": True,
    "created_at": "2026-05-02T02:00:00Z",
}
CSV = "paid_at,donation_id,amount,fee,campaign\n2026-05-01 08:00:00,T-1,50.00,0.30,SX-2026-BRIDGE\n"

Count = Field(default=None, ge=0, le=10_000_000)
Declaration = Field(default=None, ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX, description="In fen.")


class SettlementControls(BaseModel):
    """What is told beside a file and must agree with it, before anything of it is kept."""

    model_config = ConfigDict(extra="forbid")

    sha256: str | None = Field(default=None, pattern=r"^[0-9a-fA-F]{64}$")
    line_count: int | None = Count
    gross: int | None = Declaration
    refunded: int | None = Declaration
    fee: int | None = Declaration
    net: int | None = Declaration

    def declared(self) -> Declared:
        """Return the same in the words of the rules."""
        sums = Sums(
            line_count=self.line_count,
            gross=self.gross,
            refunded=self.refunded,
            fee=self.fee,
            net=self.net,
        )
        return Declared(sha256=self.sha256, sums=sums)


class SettlementImport(SettlementControls):
    """Whose file it is, and what it must agree with."""

    channel_id: UUID = Field(description="The merchant account.")


class SettlementQuery(PageQuery):
    """Which settlements to list."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None
    state: SettlementState | None = None


class PlatformSettlementOut(BaseModel):
    """A platform's account of some days; its sums are those of the lines that no earlier file had."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_SHOWN))

    id: UUID
    organization_id: UUID
    channel_id: UUID
    layout: BillLayout
    begins_on: date
    ends_on: date
    line_count: int
    new_count: int
    gross: MoneyOut
    refunded: MoneyOut
    fee: MoneyOut
    net: MoneyOut
    state: SettlementState
    settled_at: datetime | None
    fee_entry_id: UUID | None
    payout_line_id: UUID | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, settlement: Settlement) -> Self:
        """Return a settlement as JSON shows it."""
        amounts = ("gross", "refunded", "fee", "net")
        plain = {name: getattr(settlement, name) for name in cls.model_fields if name not in amounts}
        sums = {name: MoneyOut.of(getattr(settlement, f"{name}_minor")) for name in amounts}
        return cls.model_validate(plain | sums)


class SettlementNoticeQuery(PageQuery):
    """Which notices to list."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None


class SettlementNoticeOut(BaseModel):
    """What a platform tells that it settled and paid out, beside what the books have of the same days."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_NOTICE))

    id: UUID
    organization_id: UUID
    channel_id: UUID
    their_id: str
    begins_on: date
    ends_on: date
    payment_count: int
    gross: MoneyOut
    refunded: MoneyOut
    fee: MoneyOut
    net: MoneyOut
    account_last4: str | None
    paid_at: datetime
    booked_count: int
    booked: MoneyOut
    booked_refunds: MoneyOut
    bill_count: int
    agrees: bool
    created_at: datetime

    @classmethod
    def of(cls, notice: SettlementNotice, books: Booked) -> Self:
        """Return a notice as JSON shows it; it agrees if gifts and refunds of its days are the same here."""
        sums = ("gross", "refunded", "fee", "net")
        told = {name: MoneyOut.of(getattr(notice, f"{name}_minor")) for name in sums}
        theirs = (notice.payment_count, notice.gross_minor, notice.refunded_minor)
        found = {
            "booked_count": books.payment_count,
            "booked": MoneyOut.of(books.gross),
            "booked_refunds": MoneyOut.of(books.refunded),
            "bill_count": books.bill_count,
            "agrees": theirs == (books.payment_count, books.gross, books.refunded),
        }
        plain = {
            name: getattr(notice, name) for name in cls.model_fields if name not in told and name not in found
        }
        return cls.model_validate(plain | told | found)


class SettlementTakenOut(BaseModel):
    """What became of a file; `/v1/jobs/{job_id}` tells how far its lines are."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"settlement": _SHOWN, "repeated": False, "job_id": _LINE})
    )

    settlement: PlatformSettlementOut
    repeated: bool = Field(description="The very same file came before: nothing was done.")
    job_id: UUID | None


class PayoutIn(Body):
    """By which line of the bank's statement a settlement was paid out."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=examples.shown({"line_id": _LINE}))

    line_id: UUID
