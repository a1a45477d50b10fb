"""Tables of decisions about bank lines, and of their matches with the books."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounting.models.bank import LineKind
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class BankDecision(Record, Base):
    """What a person said that a line is, and what that booked; without a kind the line was opened again.

    What they noted lies in the vault, with the line's own words.
    """

    __tablename__ = "bank_decisions"
    __table_args__ = (Index("bank_decisions_line_id_idx", "line_id", "id"),)

    line_id: Mapped[UUID] = mapped_column(ForeignKey("bank_lines.id"))
    kind: Mapped[LineKind | None]
    actor: Mapped[str]
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)


class BankMatch(Record, Base):
    """That a part of a bank's line and a part of a posting are the same money, until somebody undoes it.

    A trigger checks that the posting stands on the line's account and on its side, and folds the amount into
    both: neither is ever matched beyond itself. Why it was undone lies in the vault.
    """

    __tablename__ = "bank_matches"
    __table_args__ = (
        ForeignKeyConstraint(["line_id", "organization_id"], ["bank_lines.id", "bank_lines.organization_id"]),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("num_nulls(undone_at, undone_by) in (0, 2)", name="undoer"),
        Index("bank_matches_line_id_idx", "line_id"),
        Index("bank_matches_posting_id_idx", "posting_id"),
        Index(
            "bank_matches_standing_key",
            *("line_id", "posting_id"),
            unique=True,
            postgresql_where=text("undone_at is null"),
        ),
    )

    organization_id: Mapped[UUID]
    line_id: Mapped[UUID]
    posting_id: Mapped[UUID] = mapped_column(ForeignKey("postings.id"))
    amount: Mapped[int]
    actor: Mapped[str]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_by: Mapped[str | None] = mapped_column(default=None)


class MatchedPosting(Base):
    """How much of a posting is matched with lines of the bank account that it debits or credits."""

    __tablename__ = "matched_postings"
    __table_args__ = (CheckConstraint("matched_minor between 0 and amount", name="matched"),)

    posting_id: Mapped[UUID] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    amount: Mapped[int]
    matched_minor: Mapped[int]
