"""Tables of onboarding: which workbook an organization went live with, and what it said of earlier times."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class Onboarding(Record, Base):
    """That an organization went live, with which file and on which day."""

    __tablename__ = "onboardings"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), unique=True)
    live_on: Mapped[date]
    file_sha256: Mapped[bytes]
    actor: Mapped[str]
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CarriedCampaign(Base):
    """What a running campaign had published before it came here: its clocks go on from there."""

    __tablename__ = "carried_campaigns"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    last_published_on: Mapped[date]


class CarriedGift(Record, Base):
    """What was unspent of a gift that was given before: fen of its fund from `first_serial` on.

    Who gave is sealed under the gift's own key in the vault.
    """

    __tablename__ = "carried_gifts"
    __table_args__ = (
        UniqueConstraint("fund_id", "first_serial"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("first_serial >= 0", name="first_serial"),
        CheckConstraint("earlier_number <> ''", name="earlier_number"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), index=True)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    first_serial: Mapped[int]
    amount: Mapped[int]
    given_on: Mapped[date]
    earlier_number: Mapped[str | None] = mapped_column(default=None)
    sealed: Mapped[bytes | None] = mapped_column(default=None)


class CarriedTransit(Base):
    """Money that was on its way when the books went live: what it is, when it is due, what has arrived."""

    __tablename__ = "carried_transits"
    __table_args__ = (
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("arrived_minor between 0 and amount", name="arrived"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    amount: Mapped[int]
    expected_on: Mapped[date | None] = mapped_column(default=None)
    arrived_minor: Mapped[int] = mapped_column(default=0)


class TransitArrival(Record, Base):
    """That some of that money reached an account, `fee` being what was kept of it, and its entry."""

    __tablename__ = "transit_arrivals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "number"], ["carried_transits.organization_id", "carried_transits.number"]
        ),
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint(f"fee between 0 and {AMOUNT_MINOR_MAX}", name="fee"),
        Index("transit_arrivals_of_idx", "organization_id", "number", "id"),
    )

    organization_id: Mapped[UUID]
    number: Mapped[int]
    channel_id: Mapped[UUID]
    amount: Mapped[int]
    fee: Mapped[int]
    arrived_on: Mapped[date]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    actor: Mapped[str]
