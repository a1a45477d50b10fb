"""Balances of merchant accounts in JSON: what platforms' statements say at the ends of months."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import MerchantBalance
from app.fundraising.schemas import examples
from app.kit.fields import Body, MoneyOut
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX

_LINE = "01997d5d-ac96-774b-bcce-b302099a8022"
_MERCHANT = "01997d5d-ac96-774b-bcce-b302099a8003"


def _fen(minor: int) -> dict[str, object]:
    return {"amount": minor, "currency": "CNY"}


class SignedMoneyIn(Body):
    """An amount that may be below zero: whole fen."""

    amount: int = Field(strict=True, ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX, examples=[5000])
    currency: Literal["CNY"]


class MerchantBalanceIn(Body):
    """What a platform's statement says that it holds when a month ends."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra=examples.shown(
            {"channel_id": _MERCHANT, "month": "2026-05", "balance": _fen(54670)}
        ),
    )

    channel_id: UUID
    month: str = Field(strict=True, pattern=r"^20\d\d-(0[1-9]|1[0-2])$")
    balance: SignedMoneyIn

    @property
    def first_day(self) -> date:
        """The month by its first day."""
        return date.fromisoformat(f"{self.month}-01")


class MerchantBalanceQuery(PageQuery):
    """Which statements' balances to list."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None


class MerchantBalanceOut(BaseModel):
    """What a platform's statement said that it held when a month ended."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "id": _LINE,
                "channel_id": _MERCHANT,
                "month": "2026-05",
                "balance": _fen(54670),
                "actor": "staff:01997d5d-ac96-774b-bcce-b302099a8002",
                "created_at": "2026-06-01T02:00:00Z",
            }
        )
    )

    id: UUID
    channel_id: UUID
    month: str
    balance: MoneyOut
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, told: MerchantBalance) -> Self:
        """Return a statement's balance as JSON shows it."""
        return cls(
            id=told.id,
            channel_id=told.channel_id,
            month=f"{told.month:%Y-%m}",
            balance=MoneyOut.of(told.balance_minor),
            actor=told.actor,
            created_at=told.created_at,
        )
