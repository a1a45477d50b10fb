"""Tables of settlements: the files in which platforms account for what they collected, line by line."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.fields import CODE
from app.kit.money import AMOUNT_MINOR_MAX

_CODE = CODE.strip("^$")
_NAMED = f"(campaign|designation|fundraiser)={_CODE}"


class BillLayout(enum.StrEnum):
    """Whose columns a settlement file has."""

    wechat_pay = "wechat_pay"
    alipay = "alipay"
    plain = "plain"


class SettlementState(enum.StrEnum):
    """How far a file is: its sums are checked, or every line has been held against the books."""

    checked = "checked"
    settled = "settled"


class BillKind(enum.StrEnum):
    """What a line of a settlement file tells of."""

    payment = "payment"
    refund = "refund"


class BillState(enum.StrEnum):
    """What became of a line."""

    new = "new"
    matched = "matched"
    differs = "differs"
    booked = "booked"
    unknown = "unknown"


class Settlement(Record, Base):
    """A platform's account of some days, kept once per file; its sums are of the lines that were new."""

    __tablename__ = "settlements"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("channel_id", "file_hash"),
        CheckConstraint("line_count >= new_count and new_count >= 0", name="counts"),
        CheckConstraint("ends_on >= begins_on", name="days"),
        CheckConstraint("(state = 'settled') = (settled_at is not null)", name="settled"),
        Index("settlements_days_idx", "channel_id", "begins_on", "ends_on"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    layout: Mapped[BillLayout]
    file_hash: Mapped[bytes]
    actor: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    line_count: Mapped[int]
    new_count: Mapped[int]
    gross_minor: Mapped[int]
    refunded_minor: Mapped[int]
    fee_minor: Mapped[int]
    state: Mapped[SettlementState] = mapped_column(default=SettlementState.checked)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    fee_entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    # The line of the bank's statement by which it was paid out.
    payout_line_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("bank_lines.id"), unique=True, default=None
    )

    @property
    def net_minor(self) -> int:
        """What the platform owes for it."""
        return self.gross_minor - self.refunded_minor - self.fee_minor


class BillLine(Record, Base):
    """One payment or refund of a file, known once per merchant account, whatever file it comes in."""

    __tablename__ = "bill_lines"
    __table_args__ = (
        UniqueConstraint("channel_id", "kind", "their_id"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("(kind = 'refund') = (their_gift_id is not null)", name="gift"),
        # Other words of a platform's remark may name somebody (paying/remarks.py).
        CheckConstraint(f"remark ~ '^({_CODE}|{_NAMED}(&{_NAMED})*)$'", name="remark"),
        Index("bill_lines_new_idx", "settlement_id", "kind", "id", postgresql_where=text("state = 'new'")),
        Index(
            "bill_lines_odd_idx", "channel_id", "id", postgresql_where=text("state in ('differs', 'unknown')")
        ),
        Index("bill_lines_settlement_id_id_idx", "settlement_id", "id"),
        Index("bill_lines_day_idx", "channel_id", "happened_at"),
    )

    settlement_id: Mapped[UUID] = mapped_column(ForeignKey("settlements.id"))
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    line_number: Mapped[int]
    kind: Mapped[BillKind]
    their_id: Mapped[str]
    their_gift_id: Mapped[str | None]
    amount: Mapped[int]
    fee_minor: Mapped[int]
    happened_at: Mapped[datetime]
    remark: Mapped[str | None]
    state: Mapped[BillState] = mapped_column(default=BillState.new)
    donation_id: Mapped[UUID | None] = mapped_column(ForeignKey("donations.id"), default=None)


class BillRow(Base):
    """A line on its way in, until the sums of its file are checked; then it is gone."""

    __tablename__ = "bill_rows"

    settlement_id: Mapped[UUID] = mapped_column(primary_key=True)
    line_number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    kind: Mapped[BillKind]
    their_id: Mapped[str]
    their_gift_id: Mapped[str | None]
    amount: Mapped[int]
    fee_minor: Mapped[int]
    happened_at: Mapped[datetime]
    remark: Mapped[str | None]


class SettlementNotice(Record, Base):
    """What a platform tells that it settled and paid out, by sums; its bill and the bank book it."""

    __tablename__ = "settlement_notices"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("channel_id", "their_id"),
        CheckConstraint("ends_on >= begins_on", name="days"),
        CheckConstraint(
            "least(payment_count, gross_minor, refunded_minor, fee_minor) >= 0", name="not_negative"
        ),
        Index("settlement_notices_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    their_id: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    payment_count: Mapped[int]
    gross_minor: Mapped[int]
    refunded_minor: Mapped[int]
    fee_minor: Mapped[int]
    paid_at: Mapped[datetime]
    actor: Mapped[str]
    account_last4: Mapped[str | None] = mapped_column(default=None)

    @property
    def net_minor(self) -> int:
        """What the platform paid out."""
        return self.gross_minor - self.refunded_minor - self.fee_minor


class MerchantBalance(Record, Base):
    """What a platform says that it held for a merchant account when a month ended; the latest counts."""

    __tablename__ = "merchant_balances"
    __table_args__ = (
        CheckConstraint("extract(day from month) = 1", name="month"),
        Index("merchant_balances_channel_id_month_idx", "channel_id", "month", "id"),
    )

    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    month: Mapped[date]
    balance_minor: Mapped[int]
    actor: Mapped[str]
