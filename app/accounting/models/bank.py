"""Tables of bank statements: what a bank says of an account, and what became of every line of it."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Organization


class LineKind(enum.StrEnum):
    """What a line of a bank statement is, once a person has said so."""

    gift = "gift"
    settlement = "settlement"
    cash_deposit = "cash_deposit"
    member_transfer = "member_transfer"
    returned_money = "returned_money"
    interest = "interest"
    fee = "fee"
    own_transfer = "own_transfer"
    payment = "payment"
    unknown = "unknown"
    membership_fee = "membership_fee"
    agency = "agency"


class BankStatement(Record, Base):
    """A file from a bank, known again by its content: opening balance and lines give the closing one."""

    __tablename__ = "bank_statements"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("channel_id", "file_mac"),
        CheckConstraint("opening_minor + in_minor - out_minor = closing_minor", name="sum"),
        CheckConstraint("ends_on >= begins_on", name="days"),
        CheckConstraint("line_count >= 1", name="count"),
        Index("bank_statements_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    file_mac: Mapped[bytes] = mapped_column(repr=False)
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    opening_minor: Mapped[int]
    in_minor: Mapped[int]
    out_minor: Mapped[int]
    closing_minor: Mapped[int]
    line_count: Mapped[int]
    actor: Mapped[str]


class BankLine(Record, Base):
    """One movement as the bank tells it: `amount` above zero came in, below zero went out.

    Who stands on the other side, the summary and the remark are sealed under the key of `person_id`: the
    line's own, and the giver's once it has become a gift, so that both are erased together. `identity` is
    the bank's serial number, or what equal lines have in common with which of them it is.
    """

    __tablename__ = "bank_lines"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("channel_id", "identity"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint(f"abs(amount) between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        # What is matched with the books is folded in by a trigger; a line is never matched beyond itself.
        CheckConstraint("matched_minor between 0 and abs(amount)", name="matched"),
        CheckConstraint("(entry_id is not null) <= (kind is not null)", name="booked"),
        CheckConstraint("num_nulls(kind, decided_by, decided_at) in (0, 3)", name="decided"),
        Index("bank_lines_channel_id_happened_on_idx", "channel_id", "happened_on", "id"),
        Index("bank_lines_waiting_idx", "organization_id", "id", postgresql_where=text("kind is null")),
        Index("bank_lines_unknown_idx", "organization_id", "id", postgresql_where=text("kind = 'unknown'")),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("bank_statements.id"))
    number: Mapped[int]
    identity: Mapped[bytes] = mapped_column(repr=False)
    happened_on: Mapped[date]
    amount: Mapped[int]
    balance_minor: Mapped[int | None]
    person_id: Mapped[UUID]
    sealed: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    account_index: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    proposed_kind: Mapped[str | None] = mapped_column(default=None)
    proposed_because: Mapped[str | None] = mapped_column(default=None)
    proposed_code: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[LineKind | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    matched_minor: Mapped[int] = mapped_column(default=0)


class BankRule(Record, Base):
    """An organization's own rule: lines like these are probably of that kind.

    Its patterns may name people: they are sealed in the vault under the rule's own id.
    """

    __tablename__ = "bank_rules"
    __table_args__ = (
        CheckConstraint("amount_to >= amount_from", name="amounts"),
        Index("bank_rules_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[LineKind]
    title: Mapped[str]
    amount_from: Mapped[int | None]
    amount_to: Mapped[int | None]
    code: Mapped[str | None]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
