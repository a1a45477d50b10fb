"""Tables of cheques: what was handed out or taken in, until the bank has paid it."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class ChequeDirection(enum.StrEnum):
    """A cheque that we drew, or one that somebody gave us."""

    drawn = "drawn"
    received = "received"


class Cheque(Record, Base):
    """A cheque on its way: one that we drew is in the books, one that we received only in mind.

    `line_id` is the bank's line by which it was paid; until then it is outstanding.
    """

    __tablename__ = "cheques"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        ForeignKeyConstraint(["line_id", "organization_id"], ["bank_lines.id", "bank_lines.organization_id"]),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        # What we drew was paid by a voucher; what we received is no money until the bank has paid it.
        CheckConstraint("(direction = 'drawn') = (entry_id is not null)", name="entry"),
        CheckConstraint("num_nulls(line_id, presented_by) in (0, 2)", name="presented"),
        CheckConstraint(
            "num_nulls(cancelled_at, cancelled_by, cancelled_because) in (0, 3)", name="cancelled"
        ),
        CheckConstraint("line_id is null or cancelled_at is null", name="one_end"),
        Index("cheques_line_id_key", "line_id", unique=True),
        Index(
            "cheques_number_key",
            *("channel_id", "direction", "number"),
            unique=True,
            postgresql_where=text("cancelled_at is null"),
        ),
        Index("cheques_entry_id_idx", "entry_id"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    direction: Mapped[ChequeDirection]
    number: Mapped[str]
    amount: Mapped[int]
    written_on: Mapped[date]
    recorded_by: Mapped[str]
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    line_id: Mapped[UUID | None] = mapped_column(default=None)
    presented_by: Mapped[str | None] = mapped_column(default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    cancelled_by: Mapped[str | None] = mapped_column(default=None)
    cancelled_because: Mapped[str | None] = mapped_column(default=None)
