"""Tables of voucher numbers: which entries stand under which number of a month, without gaps."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class VoucherMonth(Base):
    """How far the numbers of one organization's month have come; its row is the lock of who numbers it."""

    __tablename__ = "voucher_months"
    __table_args__ = (CheckConstraint("last_number >= 0", name="last_number"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    last_number: Mapped[int] = mapped_column(default=0)
    numbered_at: Mapped[datetime | None] = mapped_column(default=None)


class VoucherNumber(Record, Base):
    """One number of a month: an entry, or the gifts of a day through one merchant or bank account."""

    __tablename__ = "voucher_numbers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "month"], ["voucher_months.organization_id", "voucher_months.month"]
        ),
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("organization_id", "month", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("date_trunc('month', day)::date = month", name="day"),
        CheckConstraint("num_nonnulls(entry_id, channel_id) = 1", name="entry_or_channel"),
        CheckConstraint(
            "entry_count >= 1 and (channel_id is not null or entry_count = 1)", name="entry_count"
        ),
    )

    organization_id: Mapped[UUID]
    month: Mapped[date]
    number: Mapped[int]
    day: Mapped[date]
    amount: Mapped[int]
    entry_count: Mapped[int]
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), unique=True, default=None)
    channel_id: Mapped[UUID | None] = mapped_column(default=None)

    @property
    def label(self) -> str:
        """The number as it is printed: 记-202605-0001."""
        return f"记-{self.month:%Y%m}-{self.number:04d}"


class VoucherNumberEntry(Base):
    """That an entry stands under a number: once, and for ever."""

    __tablename__ = "voucher_number_entries"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    number_id: Mapped[UUID] = mapped_column(ForeignKey(VoucherNumber.id), index=True)
