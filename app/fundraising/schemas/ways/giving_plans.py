"""Monthly giving as JSON."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.gifts import PlanTold
from app.fundraising.models import Donation, GivingPlan, GivingPlanChange, GivingPlanState, GivingPlanStep
from app.fundraising.ways.plan_months import PlanMonth
from app.kit.clock import now
from app.kit.fields import Body, Code, Line, MoneyIn, MoneyOut, PastMoment, shown, wrong
from app.kit.http.pages import PageQuery

ChargeDay = Annotated[
    int, Field(strict=True, ge=1, le=31, description="Of the month; the last one of a shorter month.")
]
_ID = "01997d5d-ac96-774b-bcce-b302099a8021"
_CAMPAIGN = "01997d5d-ac96-774b-bcce-b302099a8002"
_PLATFORM = "01997d5d-ac96-774b-bcce-b302099a8004"
_FEN = {"amount": 3000, "currency": "CNY"}
_SHOWN = {
    "id": _ID,
    "campaign_id": _CAMPAIGN,
    "platform_id": _PLATFORM,
    "their_id": "P-20260105-0001",
    "amount": _FEN,
    "charge_day": 5,
    "state": "active",
    "created_at": "2026-01-05T02:00:00Z",
}
_STEP = {
    "kind": "activated",
    "occurred_at": "2026-01-05T02:00:00Z",
    "amount": _FEN,
    "charge_day": 5,
    "actor": "platform:tencent",
    "created_at": "2026-01-05T02:00:01Z",
}
_MONTH = {
    "month": "2026-01-01",
    "expected": _FEN,
    "received": _FEN,
    "gift_count": 1,
    "missed": False,
    "unexpected_count": 0,
}


class GivingPlanIn(Body):
    """A monthly plan that a platform did not tell of itself."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "campaign": "SX-2026-BRIDGE",
                "platform": "tencent",
                "their_id": "P-20260105-0001",
                "amount": _FEN,
                "charge_day": 5,
                "activated_at": "2026-01-05T10:00:00+08:00",
            }
        )
    )

    campaign: Code
    platform: Code
    their_id: Line = Field(description="The platform's number of the plan, which its gifts name.")
    amount: MoneyIn
    charge_day: ChargeDay
    activated_at: PastMoment


class GivingPlanChangeIn(Body):
    """What happened to a plan, as the giver said."""

    model_config = ConfigDict(json_schema_extra=shown({"kind": "cancelled"}))

    kind: Literal["changed", "paused", "resumed", "cancelled"]
    amount: MoneyIn | None = None
    charge_day: ChargeDay | None = None
    occurred_at: PastMoment | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if self.kind == "changed" and self.amount is None and self.charge_day is None:
            raise wrong("a change says the new amount or day", "变更须写明新的金额或日期")
        return self

    def told(self, plan: GivingPlan, actor: str) -> PlanTold:
        """Return the same in the words of the rules."""
        return PlanTold(
            source_id=plan.platform_id,
            organization_id=plan.organization_id,
            their_id=plan.their_id,
            campaign="",
            step=GivingPlanStep(self.kind),
            at=self.occurred_at or now(),
            actor=actor,
            amount=self.amount.amount if self.amount else None,
            charge_day=self.charge_day,
        )


class GivingPlanOut(BaseModel):
    """A monthly plan as it stands. Who gives, only the platform knows."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN))

    id: UUID
    campaign_id: UUID
    platform_id: UUID
    their_id: str
    amount: MoneyOut
    charge_day: int
    state: GivingPlanState
    created_at: datetime

    @classmethod
    def of(cls, plan: GivingPlan, **more: object) -> Self:
        """Return a plan as JSON shows it."""
        names = ("id", "campaign_id", "platform_id", "their_id", "charge_day", "state", "created_at")
        return cls.model_validate(
            {name: getattr(plan, name) for name in names} | {"amount": MoneyOut.of(plan.amount)} | more
        )


class GivingPlanChangeOut(BaseModel):
    """A step in a plan's life."""

    kind: GivingPlanStep
    occurred_at: datetime
    amount: MoneyOut | None
    charge_day: int | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, step: GivingPlanChange) -> Self:
        """Return a step as JSON shows it."""
        return cls(
            kind=step.kind,
            occurred_at=step.occurred_at,
            amount=MoneyOut.of(step.amount) if step.amount else None,
            charge_day=step.charge_day,
            actor=step.actor,
            created_at=step.created_at,
        )


class GivingPlanMonthOut(BaseModel):
    """What a plan should have brought in a month, and what it did."""

    month: date
    expected: MoneyOut
    received: MoneyOut
    gift_count: int
    missed: bool
    unexpected_count: int

    @classmethod
    def of(cls, month: PlanMonth) -> Self:
        """Return a month as JSON shows it."""
        return cls(
            month=month.month,
            expected=MoneyOut.of(month.expected),
            received=MoneyOut.of(month.received),
            gift_count=month.gift_count,
            missed=month.missed,
            unexpected_count=month.unexpected_count,
        )


class GivingPlanDetail(GivingPlanOut):
    """A monthly plan with its history and its months."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN | {"history": [_STEP], "months": [_MONTH]}))

    history: list[GivingPlanChangeOut]
    months: list[GivingPlanMonthOut]


class UnexpectedChargeOut(BaseModel):
    """A gift that was charged on a plan while it was paused or cancelled; it is booked all the same."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "donation_id": _ID,
                "plan_number": "P-20260105-0001",
                "campaign_id": _CAMPAIGN,
                "their_id": "T-20260405-000001",
                "amount": _FEN,
                "refunded": {"amount": 0, "currency": "CNY"},
                "donated_at": "2026-04-05T02:00:00Z",
            }
        )
    )

    donation_id: UUID
    plan_number: str | None
    campaign_id: UUID | None
    their_id: str
    amount: MoneyOut
    refunded: MoneyOut
    donated_at: datetime

    @classmethod
    def of(cls, gift: Donation) -> Self:
        """Return such a gift as JSON shows it."""
        return cls(
            donation_id=gift.id,
            plan_number=gift.their_plan_id,
            campaign_id=gift.campaign_id,
            their_id=gift.their_id,
            amount=MoneyOut.of(gift.amount),
            refunded=MoneyOut.of(gift.refunded),
            donated_at=gift.donated_at,
        )


class GivingPlanQuery(PageQuery):
    """Which monthly plans to list."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    state: GivingPlanState | None = None
    sort: Literal["created_at", "-created_at", "amount", "-amount"] = "-created_at"


class UnexpectedChargeQuery(PageQuery):
    """Of which organization to list unexpected charges."""

    organization_id: UUID | None = None
