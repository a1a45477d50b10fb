"""Tables of cash: sessions at the counter, boxes that were opened, and what was taken to the bank."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Staff


class CashSessionKind(enum.StrEnum):
    """Gifts taken one by one at a counter, or a donation box emptied at once."""

    counter = "counter"
    box = "box"


class CashSessionState(enum.StrEnum):
    """Gifts are taken while it is open; counted, it is closed once a difference has been decided about."""

    open = "open"
    counted = "counted"
    closed = "closed"


class CashSession(Record, Base):
    """Cash that comes into a cash box under one clerk's eyes, until two people have counted it.

    `taken_on` is the legal day of the cash; what was taken at a stall may be written down a day later.
    """

    __tablename__ = "cash_sessions"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        CheckConstraint("(kind = 'box') = (box_number is not null)", name="box"),
        CheckConstraint("expected_minor >= 0 and gift_count >= 0 and counted_minor >= 0", name="amounts"),
        CheckConstraint(
            "(state = 'open') = (counted_minor is null)"
            " and num_nulls(counted_minor, counted_by, counted_with, counted_at) in (0, 4)",
            name="counted",
        ),
        # Two people: whoever counts never counts alone, and a second one who opens is somebody else.
        CheckConstraint("opened_by <> 'staff:' || opened_with::text", name="opened_by_two"),
        CheckConstraint("counted_by <> 'staff:' || counted_with::text", name="two_people"),
        CheckConstraint(
            "state <> 'closed' or counted_minor = expected_minor or reason is not null", name="told"
        ),
        Index("cash_sessions_open_key", "channel_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("cash_sessions_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    kind: Mapped[CashSessionKind]
    taken_on: Mapped[date]
    opened_by: Mapped[str]
    opened_with: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    box_number: Mapped[str | None] = mapped_column(default=None)
    bag_number: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[CashSessionState] = mapped_column(default=CashSessionState.open)
    gift_count: Mapped[int] = mapped_column(default=0)
    expected_minor: Mapped[int] = mapped_column(default=0)
    counted_minor: Mapped[int | None] = mapped_column(default=None)
    denominations: Mapped[dict[str, int] | None] = mapped_column(JSONB, default=None)
    counted_by: Mapped[str | None] = mapped_column(default=None)
    counted_with: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    counted_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)


class CashDeposit(Record, Base):
    """Cash taken to the bank with a slip: Dr 1002 / Cr 1001, matched later with the bank's own line."""

    __tablename__ = "cash_deposits"
    __table_args__ = (
        ForeignKeyConstraint(["box_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        ForeignKeyConstraint(["bank_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("bank_id", "slip_number"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        Index("cash_deposits_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    box_id: Mapped[UUID]
    bank_id: Mapped[UUID]
    slip_number: Mapped[str]
    amount: Mapped[int]
    deposited_on: Mapped[date]
    actor: Mapped[str]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
