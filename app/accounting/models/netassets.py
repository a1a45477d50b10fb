"""Tables of decisions about net assets: moves between funds with their ground, and investments."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.accounting.models.vouchers import Voucher
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class MoveKind(enum.StrEnum):
    """Whether a restriction ends (J16), or money gets another purpose or a new restriction (J17)."""

    release = "release"
    redesignation = "redesignation"


class Ground(enum.StrEnum):
    """By what right money moves to another fund."""

    limits_ended = "limits_ended"
    provider_revoked = "provider_revoked"
    donor_consent = "donor_consent"
    filed_change = "filed_change"
    provider_restricted = "provider_restricted"
    law = "law"


class MoveState(enum.StrEnum):
    """Whether a move waits for a second person, is in the books, or was turned down."""

    requested = "requested"
    booked = "booked"
    declined = "declined"


class FundMove(Record, Base):
    """A move of money between two funds of one organization: asked for by one person, booked by another."""

    __tablename__ = "fund_moves"
    __table_args__ = (
        Index("fund_moves_organization_id_idx", "organization_id"),
        ForeignKeyConstraint(["source_fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        ForeignKeyConstraint(["target_fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        CheckConstraint("source_fund_id <> target_fund_id", name="two_funds"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("document <> ''", name="document"),
        CheckConstraint("(state = 'requested') = (num_nulls(decided_by, decided_at) = 2)", name="decided"),
        CheckConstraint("(state = 'booked') = (entry_id is not null)", name="booked"),
        CheckConstraint("decided_by <> requested_by", name="separate"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[MoveKind]
    source_fund_id: Mapped[UUID]
    target_fund_id: Mapped[UUID]
    amount: Mapped[int]
    ground: Mapped[Ground]
    document: Mapped[str]
    requested_by: Mapped[str]
    state: Mapped[MoveState] = mapped_column(default=MoveState.requested)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), unique=True, default=None)


class InvestmentKind(enum.StrEnum):
    """What a charity may put money into (民政部令第62号 art. 4), and what art. 7 forbids by name."""

    asset_management_product = "asset_management_product"
    equity_participation = "equity_participation"
    entrusted = "entrusted"
    listed_shares = "listed_shares"
    commodities_or_derivatives = "commodities_or_derivatives"
    life_insurance = "life_insurance"
    loan = "loan"
    against_industrial_policy = "against_industrial_policy"
    unlimited_liability = "unlimited_liability"
    against_purpose = "against_purpose"


class Investment(Record, Base):
    """An investment that passed the legal gate, with its resolution and the voucher that books it."""

    __tablename__ = "investments"
    __table_args__ = (
        Index("investments_organization_id_idx", "organization_id"),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint(
            "kind in ('asset_management_product', 'equity_participation', 'entrusted')", name="allowed"
        ),
        CheckConstraint("votes_for between 0 and votes_total and votes_total > 0", name="votes"),
        # A major plan takes two thirds of the members of the deciding body (慈善法 art. 55).
        CheckConstraint("not major or votes_for * 3 >= votes_total * 2", name="two_thirds"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[InvestmentKind]
    title: Mapped[str]
    amount: Mapped[int]
    fund_id: Mapped[UUID]
    decided_on: Mapped[date]
    resolution: Mapped[str]
    major: Mapped[bool]
    votes_for: Mapped[int]
    votes_total: Mapped[int]
    made_by: Mapped[str]
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey(Voucher.id), unique=True)
