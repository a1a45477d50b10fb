"""Tables of honours that organizations hold, and of who lends them their face."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class Honour(Record, Base):
    """What an organization was honoured with, by whom and when (五星级党组织, 5A)."""

    __tablename__ = "honours"
    __table_args__ = (
        CheckConstraint("expires_on > awarded_on", name="expires"),
        CheckConstraint("num_nonnulls(withdrawn_on, withdrawn_reason) in (0, 2)", name="withdrawn"),
        CheckConstraint("withdrawn_on >= awarded_on", name="withdrawal"),
        Index("honours_awarded_on_idx", "awarded_on", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    title: Mapped[str]
    awarded_by: Mapped[str]
    awarded_on: Mapped[date]
    recorded_by: Mapped[str]
    document: Mapped[str | None] = mapped_column(default=None)
    expires_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_reason: Mapped[str | None] = mapped_column(default=None)


class Ambassador(Record, Base):
    """A known person who speaks for an organization under a contract; the name lies in the vault.

    Whether it is a disguised advertisement is a question that another person answers before it begins. Why
    they found so, and why it ended early, lies with the name.
    """

    __tablename__ = "ambassadors"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="term"),
        CheckConstraint(
            "num_nonnulls(reviewed_by, reviewed_on, is_advertisement) in (0, 3)", name="reviewed"
        ),
        CheckConstraint("reviewed_by <> recorded_by", name="reviewer"),
        CheckConstraint("withdrawn_on is null or consented_on is not null", name="consent"),
        Index("ambassadors_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    person_id: Mapped[UUID] = mapped_column(unique=True)
    contract: Mapped[str]
    scope: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    recorded_by: Mapped[str]
    # That they agreed to be named in public, and took that back.
    consented_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    reviewed_by: Mapped[str | None] = mapped_column(default=None)
    reviewed_on: Mapped[date | None] = mapped_column(default=None)
    is_advertisement: Mapped[bool | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def named(self) -> bool:
        """Whether everybody may know who it is."""
        return self.consented_on is not None and self.withdrawn_on is None
