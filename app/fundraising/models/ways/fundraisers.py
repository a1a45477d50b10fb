"""Tables of fundraisers: who asks for gifts, what they mean to raise, and which gifts came through them."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX

WHOLE = 10_000
"""The shares of a gift in basis points: all of it."""


class FundraiserKind(enum.StrEnum):
    """Who asks."""

    organization = "organization"
    department = "department"
    team = "team"
    person = "person"


class Fundraiser(Record, Base):
    """Somebody who asks for gifts, under a code that the gifts name. A person's name is in the vault."""

    __tablename__ = "fundraisers"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["parent_id", "organization_id"], ["fundraisers.id", "fundraisers.organization_id"]
        ),
        CheckConstraint("(kind = 'person') = (name is null)", name="name"),
        CheckConstraint("parent_id <> id", name="parent"),
        Index("fundraisers_organization_id_id_idx", "organization_id", "id"),
        Index("fundraisers_parent_id_idx", "parent_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[FundraiserKind]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None] = mapped_column(default=None)
    parent_id: Mapped[UUID | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class FundraisingTarget(Record, Base):
    """What a fundraiser means to raise from one day to another."""

    __tablename__ = "fundraising_targets"
    __table_args__ = (
        UniqueConstraint("fundraiser_id", "starts_on"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    fundraiser_id: Mapped[UUID] = mapped_column(ForeignKey("fundraisers.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    amount: Mapped[int]
    actor: Mapped[str]


class GiftAttribution(Base):
    """Which share of a gift came through a fundraiser, and how much of it is folded into their day.

    It is a word about who asked, and never about whose the money is.
    """

    __tablename__ = "gift_attributions"
    __table_args__ = (
        CheckConstraint(f"share_basis_points between 0 and {WHOLE}", name="share"),
        CheckConstraint("amount >= 0", name="amount"),
        Index("gift_attributions_fundraiser_id_idx", "fundraiser_id"),
    )

    donation_id: Mapped[UUID] = mapped_column(ForeignKey("donations.id"), primary_key=True)
    fundraiser_id: Mapped[UUID] = mapped_column(ForeignKey("fundraisers.id"), primary_key=True)
    share_basis_points: Mapped[int]
    amount: Mapped[int]
    given_on: Mapped[date]
    actor: Mapped[str]


class FundraiserDay(Base):
    """What came through a fundraiser on one day; league tables add up days, not gifts."""

    __tablename__ = "fundraiser_days"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    fundraiser_id: Mapped[UUID] = mapped_column(ForeignKey("fundraisers.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int]
    gift_count: Mapped[int]
