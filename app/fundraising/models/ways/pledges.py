"""Tables of pledges: what somebody has promised to give, when it is due, and by which gifts it was paid."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.donations import DonorKind
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class PledgeState(enum.StrEnum):
    """Where a pledge stands: told from what was paid, and whether somebody gave it up."""

    open = "open"
    fulfilled = "fulfilled"
    written_off = "written_off"


class EnforceableGround(enum.StrEnum):
    """Why a pledge can be demanded (慈善法 art. 41): told in public, or written for a purpose of art. 3."""

    public_media = "public_media"
    written_agreement = "written_agreement"


class Pledge(Record, Base):
    """A promise to give; no money, and in no books. Who promised, and why it was given up, lies sealed."""

    __tablename__ = "pledges"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        UniqueConstraint("organization_id", "number"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("(written_off_on is null) = (written_off_by is null)", name="written_off"),
        CheckConstraint(
            "written_off_on is null or ground is null or reported_on is not null", name="reported"
        ),
        Index("pledges_organization_id_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    number: Mapped[str]
    person_id: Mapped[UUID]
    amount: Mapped[int]
    promised_on: Mapped[date]
    actor: Mapped[str]
    donor_kind: Mapped[DonorKind] = mapped_column(default=DonorKind.individual)
    ground: Mapped[EnforceableGround | None] = mapped_column(default=None)
    written_off_on: Mapped[date | None] = mapped_column(default=None)
    written_off_by: Mapped[str | None] = mapped_column(default=None)
    reported_on: Mapped[date | None] = mapped_column(default=None)


class PledgeInstalment(Base):
    """A part of a pledge with the day on which it is due."""

    __tablename__ = "pledge_instalments"
    __table_args__ = (CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),)

    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    due_on: Mapped[date]
    amount: Mapped[int]


class PledgePayment(Record, Base):
    """That a gift pays a pledge; a gift pays one."""

    __tablename__ = "pledge_payments"

    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), index=True)
    donation_id: Mapped[UUID] = mapped_column(ForeignKey("donations.id"), unique=True)
    actor: Mapped[str]
