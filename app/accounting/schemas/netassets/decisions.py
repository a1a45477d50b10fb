"""Decisions about net assets as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import FundMove, Ground, Investment, InvestmentKind, MoveKind, MoveState
from app.accounting.schemas.vouchers import examples
from app.kit.clock import today
from app.kit.fields import Body, Day, Flag, Line, MoneyIn, MoneyOut, Words
from app.kit.http.pages import PageQuery

_MOVE = {
    "organization_id": examples.ORGANIZATION,
    "kind": "release",
    "source_fund_id": examples.FUND,
    "target_fund_id": "01997d5d-ac96-774b-bcce-b302099a8016",
    "amount": examples.fen(100000),
    "ground": "limits_ended",
    "document": "2026年第3次理事会决议",
}
_MOVE_OUT = _MOVE | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8041",
    "requested_by": f"staff:{examples.PERSON}",
    "state": "booked",
    "decided_by": "staff:01997d5d-ac96-774b-bcce-b302099a8014",
    "decided_at": "2026-05-08T06:30:00Z",
    "entry_id": examples.ENTRY,
    "created_at": "2026-05-08T02:30:00Z",
}
_INVESTMENT = {
    "organization_id": examples.ORGANIZATION,
    "kind": "asset_management_product",
    "title": "购买银行理财产品",
    "amount": examples.fen(10000000),
    "fund_id": examples.FUND,
    "decided_on": "2026-05-08",
    "resolution": "2026年第3次理事会决议",
    "major": True,
    "votes_for": 8,
    "votes_total": 11,
}


class FundMoveIn(Body):
    """A move of money between two funds, with its ground and the paper that shows it."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_MOVE))

    organization_id: UUID
    kind: MoveKind
    source_fund_id: UUID
    target_fund_id: UUID
    amount: MoneyIn
    ground: Ground
    document: Line = Field(description="The resolution, consent or filing that it rests on.")

    def as_move(self, requested_by: str) -> FundMove:
        """Return the row of it."""
        told: dict[str, Any] = dict(self) | {"amount": self.amount.amount, "requested_by": requested_by}
        return FundMove(**told)


class FundMoveQuery(PageQuery):
    """Which moves to list."""

    organization_id: UUID | None = None
    kind: MoveKind | None = None
    state: MoveState | None = None


class FundMoveOut(BaseModel):
    """A move of money between two funds."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_MOVE_OUT))

    id: UUID
    organization_id: UUID
    kind: MoveKind
    source_fund_id: UUID
    target_fund_id: UUID
    amount: MoneyOut
    ground: Ground
    document: str
    requested_by: str
    state: MoveState
    decided_by: str | None
    decided_at: datetime | None
    entry_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, move: FundMove) -> Self:
        """Return a move as JSON shows it."""
        told: dict[str, Any] = {"amount": MoneyOut.of(move.amount)}
        return cls(**(told | {name: getattr(move, name) for name in cls.model_fields if name not in told}))


class InvestmentIn(Body):
    """An investment that the deciding body resolved."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            _INVESTMENT
            | {
                "government_funded": False,
                "money_account": "1002",
                "channel_id": examples.BANK,
                "investment_account": "1101",
            }
        )
    )

    organization_id: UUID
    kind: InvestmentKind
    title: Line
    amount: MoneyIn
    fund_id: UUID
    decided_on: Day = Field(default_factory=today)
    resolution: Words
    major: Flag = Field(description="By the organization's own rules.")
    votes_for: int = Field(strict=True, ge=0, le=10_000)
    votes_total: int = Field(strict=True, ge=1, le=10_000)
    government_funded: Flag = Field(description="Whether the money was given by the government.")
    money_account: Annotated[str, Field(pattern=r"^1(002|009|001)$")]
    channel_id: UUID
    investment_account: Annotated[str, Field(pattern=r"^1(101|401|402|403)$")]

    def as_investment(self, made_by: str) -> Investment:
        """Return the row of it; its voucher is written with it."""
        names = ("organization_id", "kind", "title", "fund_id", "decided_on", "resolution", "major")
        told: dict[str, Any] = {name: getattr(self, name) for name in (*names, "votes_for", "votes_total")}
        # Its voucher comes into being with it.
        return Investment(**told, amount=self.amount.amount, made_by=made_by, voucher_id=self.channel_id)

    def inputs(self) -> dict[str, str | int]:
        """Return what the voucher's template asks for."""
        return {
            "money_account": self.money_account,
            "channel_id": str(self.channel_id),
            "investment_account": self.investment_account,
        }


class InvestmentQuery(PageQuery):
    """Which investments to list."""

    organization_id: UUID | None = None


class InvestmentOut(BaseModel):
    """An investment with its resolution and the voucher that books it."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            _INVESTMENT
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8042",
                "made_by": f"staff:{examples.PERSON}",
                "voucher_id": examples.VOUCHER_ID,
            }
        )
    )

    id: UUID
    organization_id: UUID
    kind: InvestmentKind
    title: str
    amount: MoneyOut
    fund_id: UUID
    decided_on: date
    resolution: str
    major: bool
    votes_for: int
    votes_total: int
    made_by: str
    voucher_id: UUID

    @classmethod
    def of(cls, one: Investment) -> Self:
        """Return an investment as JSON shows it."""
        told: dict[str, Any] = {"amount": MoneyOut.of(one.amount)}
        return cls(**(told | {name: getattr(one, name) for name in cls.model_fields if name not in told}))
