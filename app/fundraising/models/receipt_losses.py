"""Table of lost receipts: paper receipts that are missing, until they are declared void or found."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.receipts import Receipt
from app.kit.database import Base, Record


class LostReceiptKind(enum.StrEnum):
    """Whether a lost receipt was still blank, or which part of one that had been written."""

    blank = "blank"
    written = "written"
    stub = "stub"


class ReceiptLoss(Record, Base):
    """That a paper receipt is missing; who finds it, or recorded it by mistake, withdraws that.

    How it got lost, and how it was found, lies in the vault: with the giver if it is a receipt of ours.
    """

    __tablename__ = "receipt_losses"
    __table_args__ = (
        ForeignKeyConstraint(["receipt_id", "organization_id"], [Receipt.id, Receipt.organization_id]),
        CheckConstraint("num_nonnulls(declared_on, declared_in, declared_by) in (0, 3)", name="declared"),
        CheckConstraint("declared_on >= lost_on", name="order"),
        CheckConstraint("(withdrawn_on is null) = (withdrawn_by is null)", name="withdrawn"),
        # What was declared void is void, also when it turns up.
        CheckConstraint("num_nonnulls(declared_on, withdrawn_on) < 2", name="over"),
        Index(
            "receipt_losses_live_idx",
            *("organization_id", "code", "number"),
            unique=True,
            postgresql_where=text("withdrawn_on is null"),
        ),
        Index("receipt_losses_organization_id_idx", "organization_id", "lost_on", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[LostReceiptKind]
    code: Mapped[str]
    number: Mapped[str]
    lost_on: Mapped[date]
    recorded_by: Mapped[str]
    # Ours, if it was asked for here.
    receipt_id: Mapped[UUID | None] = mapped_column(default=None)
    declared_on: Mapped[date | None] = mapped_column(default=None)
    declared_in: Mapped[str | None] = mapped_column(default=None)
    declared_by: Mapped[str | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)
