"""Tables of what comes again every month: scheduled vouchers, and fixed assets that wear out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.accounting.models.vouchers import Voucher
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class VoucherSchedule(Record, Base):
    """A voucher that falls due every month: a template with its inputs, from a day to another."""

    __tablename__ = "voucher_schedules"
    __table_args__ = (
        CheckConstraint("day_of_month between 1 and 31", name="day_of_month"),
        CheckConstraint("ends_on >= starts_on", name="ends_on"),
        Index("voucher_schedules_organization_id_idx", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    summary: Mapped[str]
    template: Mapped[str]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONB)
    day_of_month: Mapped[int] = mapped_column(SmallInteger)
    starts_on: Mapped[date]
    made_by: Mapped[str]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    refused: Mapped[str | None] = mapped_column(default=None)
    """Why its last draft could not be written."""

    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
    handed_to: Mapped[str | None] = mapped_column(default=None)
    """Who looks after it since whoever made it has left."""


class ScheduledVoucher(Base):
    """That a schedule's draft of one month was made: once."""

    __tablename__ = "scheduled_vouchers"

    schedule_id: Mapped[UUID] = mapped_column(ForeignKey(VoucherSchedule.id), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey(Voucher.id), unique=True)


class FixedAsset(Record, Base):
    """Something that lasts for years (固定资产): what it cost, and over how many months it wears out."""

    __tablename__ = "fixed_assets"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        CheckConstraint(f"cost between 1 and {AMOUNT_MINOR_MAX}", name="cost"),
        CheckConstraint("residual between 0 and cost - 1", name="residual"),
        CheckConstraint("life_months between 1 and 1200", name="life_months"),
        CheckConstraint("cost_account in ('5101', '5301', '5401')", name="cost_account"),
        CheckConstraint("disposed_on >= in_use_from", name="disposed_on"),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    name: Mapped[str]
    cost: Mapped[int]
    residual: Mapped[int]
    life_months: Mapped[int]
    in_use_from: Mapped[date]
    cost_account: Mapped[str]
    made_by: Mapped[str]
    fund_id: Mapped[UUID | None] = mapped_column(default=None)
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    disposed_on: Mapped[date | None] = mapped_column(default=None)


class Depreciation(Base):
    """What an asset wore out in one month, and the voucher that says so: once."""

    __tablename__ = "depreciations"
    __table_args__ = (CheckConstraint("amount >= 1", name="amount"),)

    asset_id: Mapped[UUID] = mapped_column(ForeignKey(FixedAsset.id), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int]
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey(Voucher.id), index=True)
