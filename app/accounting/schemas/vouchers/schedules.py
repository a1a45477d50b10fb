"""Recurring vouchers and fixed assets as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from app.accounting.models import Depreciation, FixedAsset, VoucherSchedule, VoucherState
from app.accounting.schemas.vouchers import examples
from app.accounting.vouchers.recurring import Owed
from app.kit.fields import Body, Code, Day, Line, MoneyIn, MoneyOut
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX

_SCHEDULE = {
    "organization_id": examples.ORGANIZATION,
    "summary": "支付办公室房租",
    "template": "RENT",
    "inputs": {"amount": 800000, "money_account": "1002", "channel_id": examples.BANK},
    "day_of_month": 8,
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
}
_SCHEDULE_OUT = _SCHEDULE | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8031",
    "refused": None,
    "stopped_at": None,
    "made_by": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
    "handed_to": None,
    "created_at": "2026-01-01T00:00:00Z",
}
_ASSET = {
    "organization_id": examples.ORGANIZATION,
    "code": "GD-2026-001",
    "name": "办公电脑",
    "cost": examples.fen(600000),
    "residual": 30000,
    "life_months": 36,
    "in_use_from": "2026-03-15",
    "cost_account": "5301",
}
_ASSET_OUT = _ASSET | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8032",
    "residual": examples.fen(30000),
    "fund_id": None,
    "project_id": None,
    "disposed_on": None,
}


class ScheduleIn(Body):
    """A voucher that falls due every month."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_SCHEDULE))

    organization_id: UUID
    summary: Line
    template: Code = Field(examples=["RENT"])
    inputs: dict[Annotated[str, Field(max_length=40)], StrictInt | StrictStr] = Field(max_length=20)
    day_of_month: int = Field(strict=True, ge=1, le=31, description="31 is the last day of every month.")
    starts_on: Day
    ends_on: Day | None = None

    def as_schedule(self, made_by: str) -> VoucherSchedule:
        """Return the row of it."""
        return VoucherSchedule(**dict(self), made_by=made_by)


class ScheduleQuery(PageQuery):
    """Which schedules to list."""

    organization_id: UUID | None = None
    stopped: bool | None = None


class ScheduleOut(BaseModel):
    """A schedule; `refused` tells why its last draft could not be written."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=examples.shown(_SCHEDULE_OUT))

    id: UUID
    organization_id: UUID
    summary: str
    template: str
    inputs: dict[str, int | str]
    day_of_month: int
    starts_on: date
    ends_on: date | None
    refused: str | None
    stopped_at: datetime | None
    made_by: str
    handed_to: str | None = Field(description="Who looks after it since its maker has left.")
    created_at: datetime


class OwedQuery(PageQuery):
    """Of which month to list what is due."""

    organization_id: UUID
    month: Day = Field(description="The first day of a month.")


class OwedOut(BaseModel):
    """A recurring voucher of a month that is not in the books yet."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "schedule_id": "01997d5d-ac96-774b-bcce-b302099a8031",
                "summary": "支付办公室房租",
                "due_on": "2026-05-08",
                "voucher_id": examples.VOUCHER_ID,
                "state": "submitted",
            }
        )
    )

    schedule_id: UUID
    summary: str
    due_on: date
    voucher_id: UUID | None
    state: VoucherState | None

    @classmethod
    def of(cls, owed: Owed) -> Self:
        """Return it as JSON shows it."""
        return cls(
            schedule_id=owed.schedule.id,
            summary=owed.schedule.summary,
            due_on=owed.day,
            voucher_id=owed.voucher and owed.voucher.id,
            state=owed.voucher and owed.voucher.state,
        )


class AssetIn(Body):
    """A fixed asset, to wear out by straight line from the month of addition."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_ASSET))

    organization_id: UUID
    code: Code
    name: Line
    cost: MoneyIn
    residual: int = Field(default=0, strict=True, ge=0, le=AMOUNT_MINOR_MAX, description="Fen.")
    life_months: int = Field(strict=True, ge=1, le=1200)
    in_use_from: Day
    cost_account: Literal["5101", "5301", "5401"] = "5301"
    fund_id: UUID | None = None
    project_id: UUID | None = None

    def as_asset(self, made_by: str) -> FixedAsset:
        """Return the row of it."""
        told: dict[str, Any] = dict(self) | {"cost": self.cost.amount, "made_by": made_by}
        return FixedAsset(**told)


class DisposalIn(Body):
    """When an asset was given up."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"disposed_on": "2027-03-01"}))

    disposed_on: Day


class AssetQuery(PageQuery):
    """Which assets to list."""

    organization_id: UUID | None = None


class AssetOut(BaseModel):
    """A fixed asset."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_ASSET_OUT))

    id: UUID
    organization_id: UUID
    code: str
    name: str
    cost: MoneyOut
    residual: MoneyOut
    life_months: int
    in_use_from: date
    cost_account: str
    fund_id: UUID | None
    project_id: UUID | None
    disposed_on: date | None

    @classmethod
    def of(cls, asset: FixedAsset) -> Self:
        """Return an asset as JSON shows it."""
        return cls(
            id=asset.id,
            organization_id=asset.organization_id,
            code=asset.code,
            name=asset.name,
            cost=MoneyOut.of(asset.cost),
            residual=MoneyOut.of(asset.residual),
            life_months=asset.life_months,
            in_use_from=asset.in_use_from,
            cost_account=asset.cost_account,
            fund_id=asset.fund_id,
            project_id=asset.project_id,
            disposed_on=asset.disposed_on,
        )


class WearOut(BaseModel):
    """What an asset wore out in one month, by which voucher."""

    month: date
    amount: MoneyOut
    voucher_id: UUID


class AssetDetail(AssetOut):
    """A fixed asset with its wear so far and what it is still worth."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            _ASSET_OUT
            | {
                "wear": [
                    {
                        "month": "2026-03-01",
                        "amount": examples.fen(15833),
                        "voucher_id": examples.VOUCHER_ID,
                    }
                ],
                "net": examples.fen(584167),
            }
        )
    )

    wear: list[WearOut]
    net: MoneyOut

    @classmethod
    def worn(cls, asset: FixedAsset, wear: list[Depreciation]) -> Self:
        """Return an asset as JSON shows it whole."""
        return cls(
            **dict(AssetOut.of(asset)),
            wear=[
                WearOut(month=one.month, amount=MoneyOut.of(one.amount), voucher_id=one.voucher_id)
                for one in wear
            ],
            net=MoneyOut.of(asset.cost - sum(one.amount for one in wear)),
        )
