"""Funds: pools of money with one purpose, the counters behind their serial numbers, and arrivals."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Fund(Record, Base):
    """A pool of money with one purpose in one organization. Its code appears in published leaves."""

    __tablename__ = "funds"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("cost_share_basis_points between 0 and 10000", name="cost_share"),
        CheckConstraint("restricted or cost_share_basis_points = 0", name="cost_share_restricted"),
        CheckConstraint("usable_until >= usable_from", name="usable"),
        CheckConstraint("not (general and restricted)", name="general"),
        Index("funds_general_idx", "organization_id", unique=True, postgresql_where=text("general")),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    title: Mapped[str]
    restricted: Mapped[bool]
    general: Mapped[bool] = mapped_column(default=False)
    cost_share_basis_points: Mapped[int] = mapped_column(default=0)
    usable_from: Mapped[date | None] = mapped_column(default=None)
    usable_until: Mapped[date | None] = mapped_column(default=None)


class FundCounter(Base):
    """How many fen a fund ever received and ever spent. Both only grow; apart from the fund, as it is hot."""

    __tablename__ = "fund_counters"
    __table_args__ = (
        CheckConstraint("0 <= spent and spent <= received", name="spent"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    received: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)


class FundProject(Base):
    """A project that a fund's purpose allows."""

    __tablename__ = "fund_projects"

    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)


class ArrivalKind(enum.StrEnum):
    """What shows that money reached the final beneficiary."""

    paid = "paid"
    signed_list = "signed_list"
    goods_handed_over = "goods_handed_over"
    asset_accepted = "asset_accepted"
    report_accepted = "report_accepted"


class Arrival(Record, Base):
    """A part of an outflow that has reached the final beneficiary, and what shows it."""

    __tablename__ = "arrivals"
    __table_args__ = (
        UniqueConstraint("posting_id", "start"),
        CheckConstraint("amount > 0 and start >= 0", name="range"),
    )

    posting_id: Mapped[UUID] = mapped_column(ForeignKey("postings.id"))
    start: Mapped[int]
    amount: Mapped[int]
    kind: Mapped[ArrivalKind]
    arrived_on: Mapped[date]
    evidence: Mapped[str]


class ArrivalReturn(Record, Base):
    """That the end of what a payment alone showed to have arrived came back, and so had not (ADR 0057)."""

    __tablename__ = "arrival_returns"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("arrival_returns_arrival_id_idx", "arrival_id"),
    )

    arrival_id: Mapped[UUID] = mapped_column(ForeignKey(Arrival.id))
    amount: Mapped[int]
    returned_on: Mapped[date]
    evidence: Mapped[str]
