"""Tables of the care for donors: merges of duplicates, contacts with them, thanks for their gifts."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.donations import Donation, Donor
from app.kit.database import Base, Record


class MergeGround(enum.StrEnum):
    """By what two donors were found to be one; a code, because words about people would name them."""

    donor_said = "donor_said"
    same_phone = "same_phone"
    same_name = "same_name"
    same_receipt_title = "same_receipt_title"
    other = "other"


class DonorMerge(Record, Base):
    """That to one organization two donors are one person: who found it, by what, and who took it back."""

    __tablename__ = "donor_merges"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two"),
        CheckConstraint("(undone_at is null) = (undone_by is null)", name="undone"),
        Index(
            "donor_merges_standing_idx",
            *("organization_id", "merged_id"),
            unique=True,
            postgresql_where=text("undone_at is null"),
        ),
        Index("donor_merges_kept_idx", "organization_id", "kept_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kept_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id))
    merged_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id))
    ground: Mapped[MergeGround]
    merged_by: Mapped[str]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_by: Mapped[str | None] = mapped_column(default=None)


class DonorGroup(Base):
    """As whom a merged donor counts to an organization, however many merges lie between the two."""

    __tablename__ = "donor_groups"
    __table_args__ = (
        CheckConstraint("donor_id <> root_id", name="two"),
        Index("donor_groups_root_idx", "root_id", "organization_id"),
    )

    donor_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    root_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id))


class ContactWay(enum.StrEnum):
    """How an organization and a donor speak with each other."""

    phone = "phone"
    letter = "letter"
    email = "email"
    message = "message"
    visit = "visit"
    event = "event"
    other = "other"


class DonorContact(Record, Base):
    """That somebody of an organization spoke with a donor. What was said lies in the donor's vault."""

    __tablename__ = "donor_contacts"
    __table_args__ = (Index("donor_contacts_donor_idx", "organization_id", "donor_id", "id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    donor_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id))
    way: Mapped[ContactWay]
    happened_at: Mapped[datetime]
    noted_by: Mapped[str]


class ThanksKind(enum.StrEnum):
    """What a giver was told: thanks for the gift, or what has become of it."""

    thanks = "thanks"
    feedback = "feedback"


class GiftThanks(Record, Base):
    """That a gift's giver was thanked, which happens once, or told what has become of the gift."""

    __tablename__ = "gift_thanks"
    __table_args__ = (
        Index("gift_thanks_once_idx", "donation_id", unique=True, postgresql_where=text("kind = 'thanks'")),
        Index("gift_thanks_organization_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    donation_id: Mapped[UUID] = mapped_column(ForeignKey(Donation.id))
    kind: Mapped[ThanksKind]
    way: Mapped[ContactWay]
    told_by: Mapped[str]
