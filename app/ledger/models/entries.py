"""Entries: economic events, each with its postings. Nothing here is ever changed or deleted."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record, Xid8
from app.kit.money import AMOUNT_MINOR_MAX

LINES_MAX = 200


class EntryKind(enum.StrEnum):
    """What kind of economic event an entry records."""

    donation = "donation"
    claim = "claim"
    refund = "refund"
    reversal = "reversal"
    correction = "correction"
    disbursement = "disbursement"
    transfer = "transfer"
    returned = "returned"
    redesignation = "redesignation"
    matching = "matching"
    settlement = "settlement"
    opening = "opening"
    clearing = "clearing"
    closing = "closing"
    voucher = "voucher"


class Direction(enum.StrEnum):
    """Whether a posting brings money into its fund or takes it out."""

    inflow = "in"
    outflow = "out"


class FollowKind(enum.StrEnum):
    """How a posting goes on from an earlier one (books.md, "Follows")."""

    transfer = "transfer"
    returned = "returned"
    exchange = "exchange"


class Entry(Record, Base):
    """One economic event in one organization's books."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("entries_organization_id_booked_on_idx", "organization_id", "booked_on"),
        Index("entries_xid_id_idx", "xid", "id"),
        # Few among millions: whoever wants a balance without them finds them at once.
        Index("entries_closing_idx", "organization_id", postgresql_where=text("kind = 'closing'")),
        # Statements look at these one by one, and at gifts by what is folded of them.
        Index(
            "entries_not_gifts_idx",
            *("organization_id", "booked_on"),
            postgresql_where=text("kind <> 'donation'"),
        ),
        # No entry without a posting: line 1 must exist when the transaction commits.
        ForeignKeyConstraint(
            ["id", "first_line"],
            ["postings.entry_id", "postings.line"],
            name="entries_first_line_fkey",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    chart: Mapped[str]
    kind: Mapped[EntryKind]
    reference: Mapped[str] = mapped_column(unique=True)
    occurred_at: Mapped[datetime]
    booked_on: Mapped[date]
    actor: Mapped[str]
    currency: Mapped[str] = mapped_column(default="CNY")
    summary: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None)
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), unique=True, default=None)
    commit_donor: Mapped[bytes | None] = mapped_column(default=None)
    commit_reference: Mapped[bytes | None] = mapped_column(default=None)
    commit_body: Mapped[bytes | None] = mapped_column(default=None)
    body_salt: Mapped[bytes | None] = mapped_column(default=None)
    first_line: Mapped[int] = mapped_column(SmallInteger, Computed("1", persisted=True), init=False)
    xid: Mapped[str] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"), init=False)


class Posting(Base):
    """An amount debited to one account and credited to another: balanced by construction.

    One that moves a fund's money carries the first of its `amount` serial numbers in that fund and direction.
    """

    __tablename__ = "postings"
    __table_args__ = (
        *(
            ForeignKeyConstraint(
                [f"{side}_account_id", "organization_id", "chart", "currency"],
                ["accounts.id", "accounts.organization_id", "accounts.chart", "accounts.currency"],
                name=f"postings_{side}_account_fkey",
            )
            for side in ("debit", "credit")
        ),
        UniqueConstraint("entry_id", "line"),
        # Partial, so that the many postings without serial numbers or follows cost no index entry.
        Index(
            "postings_serial_idx",
            *("fund_id", "direction", "first_serial"),
            unique=True,
            postgresql_where=text("fund_id is not null"),
        ),
        Index(
            "postings_follows_idx",
            *("follows_posting_id", "follows_kind", "follows_offset"),
            unique=True,
            postgresql_where=text("follows_posting_id is not null"),
        ),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint(f"line between 1 and {LINES_MAX}", name="line"),
        CheckConstraint("debit_account_id <> credit_account_id", name="two_accounts"),
        CheckConstraint("num_nulls(fund_id, direction, first_serial) in (0, 3)", name="fund"),
        CheckConstraint("first_serial >= 0", name="first_serial"),
        CheckConstraint("direction in ('in', 'out')", name="direction"),
        CheckConstraint("follows_kind in ('transfer', 'returned', 'exchange')", name="follows_kind"),
        CheckConstraint(
            "num_nulls(follows_posting_id, follows_kind, follows_offset) in (0, 3)", name="follows"
        ),
        CheckConstraint(
            "case follows_kind when 'exchange' then coalesce(direction, 'out') = 'out'"
            " when 'transfer' then direction = 'in' when 'returned' then direction = 'in' else true end",
            name="follows_direction",
        ),
        Index("postings_debit_account_id_idx", "debit_account_id"),
        Index("postings_credit_account_id_idx", "credit_account_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    line: Mapped[int] = mapped_column(SmallInteger)
    organization_id: Mapped[UUID]
    chart: Mapped[str]
    debit_account_id: Mapped[UUID]
    credit_account_id: Mapped[UUID]
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(default="CNY")
    fund_id: Mapped[UUID | None] = mapped_column(default=None)
    direction: Mapped[str | None] = mapped_column(default=None)
    first_serial: Mapped[int | None] = mapped_column(default=None)
    follows_posting_id: Mapped[UUID | None] = mapped_column(ForeignKey("postings.id"), default=None)
    follows_kind: Mapped[str | None] = mapped_column(default=None)
    follows_offset: Mapped[int | None] = mapped_column(default=None)
    stands_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"), default=None)
