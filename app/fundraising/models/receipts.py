"""Tables of donation receipts (捐赠票据): receipts, the gifts on them, and the batches sent to be issued."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class ReceiptState(enum.StrEnum):
    """The life of a receipt; `waived` and `anonymous` are gifts that are recorded and get none."""

    requested = "requested"
    issued = "issued"
    red_reversed = "red_reversed"
    replaced = "replaced"
    withdrawn = "withdrawn"
    waived = "waived"
    anonymous = "anonymous"


class ReversalReason(enum.StrEnum):
    """Why an issued receipt is reversed by a red-letter one."""

    wrong_title = "wrong_title"
    wrong_tax_id = "wrong_tax_id"
    refunded = "refunded"
    gift_corrected = "gift_corrected"
    other = "other"


ACTIVE = ("requested", "issued", "waived", "anonymous")
"""In these states a receipt holds its gifts: none of them can be on another."""


class ReceiptBatch(Record, Base):
    """What was handed to the finance system at one time, to be issued or reversed."""

    __tablename__ = "receipt_batches"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("receipt_count + reversal_count > 0", name="counts"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    receipt_count: Mapped[int]
    reversal_count: Mapped[int]
    made_by: Mapped[str]


class Receipt(Record, Base):
    """A receipt, from the request on. Title, tax id, address and note lie in the vault of `person_id`.

    The finance system gives code, number and check code; `reference` is ours, by which it answers.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("id", "active"),
        UniqueConstraint("id", "organization_id"),
        UniqueConstraint("reference"),
        UniqueConstraint("code", "number"),
        UniqueConstraint("red_code", "red_number"),
        ForeignKeyConstraint(["replaces_id", "organization_id"], ["receipts.id", "receipts.organization_id"]),
        ForeignKeyConstraint(
            ["batch_id", "organization_id"],
            ["receipt_batches.id", "receipt_batches.organization_id"],
        ),
        ForeignKeyConstraint(
            ["reversal_batch_id", "organization_id"],
            ["receipt_batches.id", "receipt_batches.organization_id"],
        ),
        CheckConstraint(f"active = (state in {ACTIVE})", name="active"),
        CheckConstraint("amount > 0 or (amount = 0 and not active)", name="amount"),
        CheckConstraint("num_nulls(code, number, check_code, issued_on) in (0, 4)", name="numbers"),
        CheckConstraint(
            "(state in ('issued', 'red_reversed', 'replaced')) = (number is not null)", name="issued"
        ),
        CheckConstraint("number is null or batch_id is not null", name="sent"),
        CheckConstraint("num_nulls(reversal_reason, reversal_by, reversal_at) in (0, 3)", name="reversal"),
        CheckConstraint("num_nulls(red_code, red_number, reversed_on) in (0, 3)", name="red"),
        CheckConstraint(
            "(state in ('red_reversed', 'replaced')) = (red_number is not null)", name="reversed"
        ),
        CheckConstraint("red_number is null or reversal_batch_id is not null", name="reversal_sent"),
        CheckConstraint("reversal_batch_id is null or reversal_reason is not null", name="reversal_asked"),
        Index("receipts_organization_id_idx", "organization_id", "id"),
        Index("receipts_person_id_idx", "person_id", "id"),
        Index(
            "receipts_requested_idx", "organization_id", "id", postgresql_where=text("state = 'requested'")
        ),
        Index(
            "receipts_replaces_id_idx",
            "replaces_id",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    person_id: Mapped[UUID]
    reference: Mapped[str]
    amount: Mapped[int]
    requested_by: Mapped[str]
    state: Mapped[ReceiptState] = mapped_column(default=ReceiptState.requested)
    active: Mapped[bool] = mapped_column(default=True)
    replaces_id: Mapped[UUID | None] = mapped_column(default=None)
    batch_id: Mapped[UUID | None] = mapped_column(default=None)
    refused_at: Mapped[datetime | None] = mapped_column(default=None)
    code: Mapped[str | None] = mapped_column(default=None)
    number: Mapped[str | None] = mapped_column(default=None)
    check_code: Mapped[str | None] = mapped_column(default=None)
    issued_on: Mapped[date | None] = mapped_column(default=None)
    reversal_reason: Mapped[ReversalReason | None] = mapped_column(default=None)
    reversal_by: Mapped[str | None] = mapped_column(default=None)
    reversal_at: Mapped[datetime | None] = mapped_column(default=None)
    reversal_batch_id: Mapped[UUID | None] = mapped_column(default=None)
    red_code: Mapped[str | None] = mapped_column(default=None)
    red_number: Mapped[str | None] = mapped_column(default=None)
    reversed_on: Mapped[date | None] = mapped_column(default=None)


class ReceiptGift(Base):
    """A gift on a receipt, and how much of it; `active` follows the receipt by its foreign key."""

    __tablename__ = "receipt_gifts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["receipt_id", "active"], ["receipts.id", "receipts.active"], onupdate="CASCADE"
        ),
        CheckConstraint("amount >= 0", name="amount"),
        Index("receipt_gifts_active_idx", "donation_id", unique=True, postgresql_where=text("active")),
    )

    receipt_id: Mapped[UUID] = mapped_column(primary_key=True)
    donation_id: Mapped[UUID] = mapped_column(ForeignKey("donations.id"), primary_key=True)
    amount: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
