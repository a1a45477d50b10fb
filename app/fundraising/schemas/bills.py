"""Bills in JSON: lines of platforms' files, the days that they tell of, the gifts that they do not."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.models import BillKind, BillLine, BillState, Donation
from app.fundraising.schemas import examples
from app.fundraising.settling.differences import DAYS_MAX, Day
from app.kit.clock import legal_day, today
from app.kit.fields import Day as DayIn
from app.kit.fields import MoneyOut, wrong
from app.kit.http.pages import PageQuery

_SETTLEMENT = "01997d5d-ac96-774b-bcce-b302099a8021"
_LINE = "01997d5d-ac96-774b-bcce-b302099a8022"
_MERCHANT = "01997d5d-ac96-774b-bcce-b302099a8003"
_DONATION = "01997d5d-ac96-774b-bcce-b302099a8005"


def _fen(minor: int) -> dict[str, object]:
    return {"amount": minor, "currency": "CNY"}


class BillLineQuery(PageQuery):
    """Which lines to list."""

    organization_id: UUID | None = None
    settlement_id: UUID | None = None
    channel_id: UUID | None = None
    state: BillState | None = None
    kind: BillKind | None = None
    sort: Literal["line_number", "-line_number", "amount", "-amount"] = "line_number"


class BillLineOut(BaseModel):
    """A payment or refund of a file, and what became of it."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "id": _LINE,
                "settlement_id": _SETTLEMENT,
                "line_number": 2,
                "kind": "payment",
                "their_id": "4200001202605010000000001",
                "their_gift_id": None,
                "amount": _fen(5000),
                "fee": _fen(30),
                "happened_at": "2026-05-01T00:00:00Z",
                "remark": "SX-2026-BRIDGE",
                "state": "booked",
                "donation_id": _DONATION,
            }
        )
    )

    id: UUID
    settlement_id: UUID
    line_number: int
    kind: BillKind
    their_id: str
    their_gift_id: str | None
    amount: MoneyOut
    fee: MoneyOut
    happened_at: datetime
    remark: str | None = Field(
        description="Its codes: campaign, use, fundraiser. Other words of a remark may name somebody, and are"
        " not kept."
    )
    state: BillState
    donation_id: UUID | None

    @classmethod
    def of(cls, line: BillLine) -> Self:
        """Return a line as JSON shows it."""
        plain = {name: getattr(line, name) for name in cls.model_fields if name not in {"amount", "fee"}}
        return cls(**plain, amount=MoneyOut.of(line.amount), fee=MoneyOut.of(line.fee_minor))


class SettlementDaysQuery(BaseModel):
    """Which days of which merchant account to compare."""

    model_config = ConfigDict(extra="forbid")

    channel_id: UUID
    day_from: DayIn
    day_to: DayIn
    agrees: bool | None = Field(default=None, description="Only the days that agree, or that do not.")

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if not 0 <= (self.day_to - self.day_from).days < DAYS_MAX:
            raise wrong(f"between one day and {DAYS_MAX}", f"须在 1 至 {DAYS_MAX} 天之间")
        return self


class SettlementDayOut(BaseModel):
    """One day: what the platform's files say, and what the books say."""

    day: date
    billed_count: int
    billed: MoneyOut
    booked_count: int
    booked: MoneyOut
    refunds_billed: MoneyOut
    refunds_booked: MoneyOut
    difference: MoneyOut
    odd_count: int = Field(description="Lines of which the books know another amount, or no gift.")
    agrees: bool

    @classmethod
    def of(cls, day: Day) -> Self:
        """Return a day as JSON shows it."""
        amounts = ("billed", "booked", "refunds_billed", "refunds_booked", "difference")
        plain = {name: getattr(day, name) for name in cls.model_fields if name not in amounts}
        sums = {name: MoneyOut.of(getattr(day, f"{name}_minor")) for name in amounts}
        return cls.model_validate(plain | sums)


class SettlementDaysOut(BaseModel):
    """The days of a merchant account, in their order."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "days": [
                    {
                        "day": "2026-05-01",
                        "billed_count": 12,
                        "billed": _fen(60000),
                        "booked_count": 11,
                        "booked": _fen(55000),
                        "refunds_billed": _fen(5000),
                        "refunds_booked": _fen(5000),
                        "difference": _fen(5000),
                        "odd_count": 0,
                        "agrees": False,
                    }
                ]
            }
        )
    )

    days: list[SettlementDayOut]


class UnsettledDonationQuery(PageQuery):
    """Which gifts to list that no settlement knows, though the platform has settled their day."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None
    sort: Literal["donated_at", "-donated_at", "amount", "-amount"] = "donated_at"


class UnsettledDonationOut(BaseModel):
    """A gift that a platform told us of and has not settled."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "id": _DONATION,
                "channel_id": _MERCHANT,
                "their_id": "T-20260501-000001",
                "amount": _fen(5000),
                "donated_at": "2026-05-01T00:00:00Z",
                "age_days": 3,
            }
        )
    )

    id: UUID
    channel_id: UUID
    their_id: str
    amount: MoneyOut
    donated_at: datetime
    age_days: int

    @classmethod
    def of(cls, donation: Donation) -> Self:
        """Return a gift with the days that it has waited to be settled."""
        return cls(
            id=donation.id,
            channel_id=donation.channel_id,
            their_id=donation.their_id,
            amount=MoneyOut.of(donation.first_amount),
            donated_at=donation.donated_at,
            age_days=(today() - legal_day(donation.donated_at)).days,
        )
