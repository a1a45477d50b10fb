"""Tables of bank reconciliations: what bank and books agreed on at the end of a month, as it was signed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class BankReconciliation(Record, Base):
    """A month's 余额调节表 of an account: `content` is what its preparer signed, and never changes.

    Bank and books are equal in it, and somebody else reviews it.
    """

    __tablename__ = "bank_reconciliations"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        CheckConstraint("extract(day from month) = 1", name="month"),
        CheckConstraint("num_nulls(reviewed_by, reviewed_at) in (0, 2)", name="reviewed"),
        CheckConstraint("reviewed_by <> prepared_by", name="two_people"),
        Index("bank_reconciliations_month_key", "channel_id", "month", unique=True),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    month: Mapped[date]
    content: Mapped[bytes]
    sha256: Mapped[bytes]
    prepared_by: Mapped[str]
    reviewed_by: Mapped[str | None] = mapped_column(default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
