"""Tables of vouchers: their lines as the bookkeeper wrote them, and who took which step."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.kit.models import Attachment
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Staff

VOUCHER_LINES_MAX = 100


class VoucherState(enum.StrEnum):
    """How far a voucher has come."""

    draft = "draft"
    submitted = "submitted"
    reviewed = "reviewed"
    posted = "posted"
    returned = "returned"
    withdrawn = "withdrawn"
    reversed = "reversed"


class Side(enum.StrEnum):
    """Debit (借) or credit (贷)."""

    debit = "debit"
    credit = "credit"


class Voucher(Record, Base):
    """One voucher of one organization. Three people prepare, review and post it; then it never changes."""

    __tablename__ = "vouchers"
    __table_args__ = (
        UniqueConstraint("id", "organization_id", "chart"),
        Index("vouchers_organization_id_happened_on_idx", "organization_id", "happened_on"),
        Index(
            "vouchers_waiting_idx",
            *("organization_id", "state"),
            postgresql_where=text("state in ('draft', 'submitted', 'reviewed', 'returned')"),
        ),
        CheckConstraint("attachment_count between 0 and 9999", name="attachment_count"),
        CheckConstraint(
            "state in ('draft', 'returned', 'withdrawn') or prepared_by is not null", name="prepared"
        ),
        CheckConstraint(
            "state not in ('reviewed', 'posted', 'reversed') or reviewed_by is not null", name="reviewed"
        ),
        CheckConstraint(
            "(state in ('posted', 'reversed')) = (num_nonnulls(posted_by, posted_at, entry_id) = 3)",
            name="posted",
        ),
        CheckConstraint(
            "(state = 'reversed') ="
            " (num_nonnulls(reversal_entry_id, reversed_by, reversed_at, reversal_reason) = 4)",
            name="reversed",
        ),
        # Nobody reviews what they prepared, whatever the reason; who posts is a third person, unless somebody
        # wrote down why not.
        CheckConstraint("reviewed_by <> prepared_by", name="separate_review"),
        CheckConstraint("reversed_by <> prepared_by", name="separate_reversal"),
        CheckConstraint(
            "posted_by is null or exception_reason is not null"
            " or posted_by not in (prepared_by, reviewed_by)",
            name="separate_posting",
        ),
        CheckConstraint("exception_reason <> ''", name="exception_reason"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    chart: Mapped[str]
    happened_on: Mapped[date]
    summary: Mapped[str]
    made_by: Mapped[str]
    template: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[VoucherState] = mapped_column(default=VoucherState.draft)
    attachment_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    prepared_by: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    prepared_at: Mapped[datetime | None] = mapped_column(default=None)
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    posted_by: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    posted_at: Mapped[datetime | None] = mapped_column(default=None)
    exception_reason: Mapped[str | None] = mapped_column(default=None)
    return_reason: Mapped[str | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), unique=True, default=None)
    reversal_entry_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("entries.id"), unique=True, default=None
    )
    reversed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    reversed_at: Mapped[datetime | None] = mapped_column(default=None)
    reversal_reason: Mapped[str | None] = mapped_column(default=None)


class VoucherLine(Base):
    """One line of a voucher: a statutory code with its dimensions, debited or credited."""

    __tablename__ = "voucher_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["voucher_id", "organization_id", "chart"],
            ["vouchers.id", "vouchers.organization_id", "vouchers.chart"],
        ),
        ForeignKeyConstraint(["chart", "code"], ["chart_accounts.chart", "chart_accounts.code"]),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        CheckConstraint(f"number between 1 and {VOUCHER_LINES_MAX}", name="number"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
    )

    voucher_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    organization_id: Mapped[UUID]
    chart: Mapped[str]
    side: Mapped[Side]
    code: Mapped[str]
    amount: Mapped[int]
    sub: Mapped[str | None] = mapped_column(default=None)
    summary: Mapped[str | None] = mapped_column(default=None)
    fund_id: Mapped[UUID | None] = mapped_column(default=None)
    channel_id: Mapped[UUID | None] = mapped_column(default=None)
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    counterparty_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)


class VoucherAttachment(Base):
    """That a file supports a voucher (附件). What was taken away before the review stays on record."""

    __tablename__ = "voucher_attachments"
    __table_args__ = (
        CheckConstraint("num_nulls(removed_by, removed_at) in (0, 2)", name="removed"),
        Index("voucher_attachments_voucher_id_idx", "voucher_id"),
    )

    attachment_id: Mapped[UUID] = mapped_column(ForeignKey(Attachment.id), primary_key=True)
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey(Voucher.id))
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    removed_by: Mapped[str | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
