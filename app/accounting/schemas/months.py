"""What accounting says and hears of months over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import MonthStep, StepKind
from app.accounting.months.checklist import CheckWeight, Item
from app.kit.fields import Body, Words, shown
from app.kit.http.pages import PageQuery
from app.ledger.models import Period
from app.ledger.models.accounts import PeriodState

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_STAFF = "01997d5d-ac96-774b-bcce-b302099a8005"
_ITEM: dict[str, Any] = {
    "key": "suspense",
    "title": "No gift waits in suspense",
    "title_zh": "待认领款项已清零",
    "weight": "warning",
    "why": "It stands as a payable and is claimed in an open month: the month is right without it.",
    "why_zh": "待认领款项列示为其他应付款，认领后记入未结账月份，不影响本月正确性",
    "done": False,
    "facts": {"amount_minor": 5000},
}


def first_day(month: str) -> date:
    """Return the first day of "2026-05"."""
    return date.fromisoformat(f"{month}-01")


class BookMonthOut(BaseModel):
    """A month of an organization's books. It comes into being when first used."""

    model_config = ConfigDict(
        json_schema_extra=shown({"month": "2026-05", "state": "open", "closed_at": None, "version": 0})
    )

    month: str
    state: PeriodState
    closed_at: datetime | None
    version: int = Field(description="How often it was closed.")

    @classmethod
    def of(cls, period: Period) -> "BookMonthOut":
        """Return a month as JSON says it."""
        return cls(
            month=f"{period.month:%Y-%m}",
            state=period.state,
            closed_at=period.closed_at,
            version=period.version,
        )


class MonthsQuery(PageQuery):
    """Which months."""

    state: PeriodState | None = None


class MonthCheckOut(BaseModel):
    """One thing on the checklist. Facts are counts, days, and amounts in fen (`..._minor`)."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_ITEM))

    key: str
    title: str
    title_zh: str
    # Steps taken before items had a weight: then whatever was open took a reason.
    weight: CheckWeight = CheckWeight.blocking
    why: str = Field(default="", description="Why it weighs what it weighs.")
    why_zh: str = ""
    done: bool
    facts: dict[str, int | str]


class MonthChecklistOut(BaseModel):
    """What is looked at before a month is closed, as it stands now."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"organization_id": _ORGANIZATION, "month": "2026-05", "done": False, "checks": [_ITEM]}
        )
    )

    organization_id: UUID
    month: str
    done: bool
    checks: list[MonthCheckOut]

    @classmethod
    def of(cls, organization_id: UUID, month: str, items: list[Item]) -> "MonthChecklistOut":
        """Return a checklist as JSON says it."""
        return cls(
            organization_id=organization_id,
            month=month,
            done=all(item.done for item in items),
            checks=[MonthCheckOut.model_validate(item) for item in items],
        )


class CheckWaiverIn(Body):
    """Why an item that blocks and is open does not hold up this month."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["banks"])]
    reason: Words


class CheckWaiverOut(BaseModel):
    """An item that the approver waived, and why."""

    key: str
    reason: str


_WAIVER = {"key": "banks", "reason": "银行回单尚未到齐，差额已电话核实"}


class MonthConfirmationIn(Body):
    """That a month closes; each item that blocks and is open is waived with a reason, recorded for ever."""

    model_config = ConfigDict(json_schema_extra=shown({"waivers": [_WAIVER]}))

    waivers: list[CheckWaiverIn] = Field(default_factory=list[CheckWaiverIn], max_length=50)

    def as_waivers(self) -> dict[str, str]:
        """Return the reasons by item."""
        return {one.key: one.reason for one in self.waivers}


class MonthClosingIn(Body):
    """That a month be closed; with items open that block, why it may close all the same."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "待认领款项正在核实，不影响结账"}))

    reason: Words | None = None


class MonthReopeningIn(Body):
    """Why a month is opened again; auditors read it."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "5 月工资漏记一笔"}))

    reason: Words


class MonthStepOut(BaseModel):
    """One step in a month's life: who took it, when and why, and the checklist as it then stood."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8031",
                "organization_id": _ORGANIZATION,
                "month": "2026-05",
                "kind": "closed",
                "taken_by": "01997d5d-ac96-774b-bcce-b302099a8006",
                "asked_by": _STAFF,
                "reason": None,
                "created_at": "2026-06-03T02:00:00Z",
                "waivers": [_WAIVER],
                "checklist": [_ITEM | {"done": True, "facts": {"amount_minor": 0}}],
            }
        ),
    )

    id: UUID
    organization_id: UUID
    month: str
    kind: StepKind
    taken_by: UUID
    asked_by: UUID | None
    reason: str | None
    created_at: datetime
    waivers: list[CheckWaiverOut]
    checklist: list[MonthCheckOut]

    @classmethod
    def of(cls, step: MonthStep) -> "MonthStepOut":
        """Return a step as JSON says it."""
        said = {name: getattr(step, name) for name in cls.model_fields if name != "month"}
        return cls.model_validate(said | {"month": f"{step.month:%Y-%m}"})


class MonthStepsQuery(PageQuery):
    """Which steps."""

    month: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")] | None = None
    kind: StepKind | None = None
