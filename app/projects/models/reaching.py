"""Tables of what shows that paid money reached its beneficiaries, or came back."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.projects.models.disbursements import Disbursement


class PayeeReportState(enum.StrEnum):
    """Whether a payee's report was accepted."""

    submitted = "submitted"
    accepted = "accepted"
    declined = "declined"


class PayeeReport(Record, Base):
    """What a payee reports of money it was paid: how much of it reached those it is meant for."""

    __tablename__ = "payee_reports"
    __table_args__ = (
        UniqueConstraint("disbursement_id", "number"),
        CheckConstraint(f"reached_minor between 0 and {AMOUNT_MINOR_MAX}", name="reached"),
        CheckConstraint("decided_by <> submitted_by", name="two_people"),
        CheckConstraint("num_nulls(decided_by, decided_at) in (0, 2)", name="decided"),
        CheckConstraint("(state = 'submitted') = (decided_by is null)", name="state"),
    )

    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey(Disbursement.id))
    number: Mapped[int]
    reached_minor: Mapped[int]
    reported_on: Mapped[date]
    content: Mapped[str]
    submitted_by: Mapped[str]
    state: Mapped[PayeeReportState] = mapped_column(default=PayeeReportState.submitted)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class SignedList(Record, Base):
    """A list that beneficiaries signed for what they were given: one attachment, many rows."""

    __tablename__ = "signed_lists"
    __table_args__ = (
        CheckConstraint("row_count >= 1 and amount >= 1", name="rows"),
        CheckConstraint("identified_count >= 0 and counted_count >= 0", name="people"),
        CheckConstraint("identified_count + counted_count <= row_count", name="counts"),
    )

    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey(Disbursement.id))
    arrival_id: Mapped[UUID] = mapped_column(ForeignKey("arrivals.id"))
    signed_on: Mapped[date]
    row_count: Mapped[int]
    # People whose document is known, each once; and rows of people who are only counted.
    identified_count: Mapped[int]
    counted_count: Mapped[int]
    amount: Mapped[int]
    recorded_by: Mapped[str]


class SignedRow(Record, Base):
    """One who signed, for which benefit: the name is in the vault under the row's own id."""

    __tablename__ = "signed_rows"
    __table_args__ = (
        UniqueConstraint("list_id", "number"),
        # A benefit is signed for once.
        UniqueConstraint("benefit_id"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
    )

    list_id: Mapped[UUID] = mapped_column(ForeignKey(SignedList.id))
    number: Mapped[int]
    amount: Mapped[int]
    # None where the payment itself counted already whom it helped.
    benefit_id: Mapped[UUID | None] = mapped_column(ForeignKey("benefits.id"), default=None)


class DisbursementReturn(Record, Base):
    """Money that a payee gave back, booked as the end of what it was paid (J10)."""

    __tablename__ = "disbursement_returns"
    __table_args__ = (CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),)

    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey(Disbursement.id))
    amount: Mapped[int]
    returned_on: Mapped[date]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"), unique=True)
    recorded_by: Mapped[str]
