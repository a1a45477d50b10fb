"""Populations: how many people live in a region, as somebody counted them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization
from app.organizations.models.regions import Region


class RegionPopulation(Record, Base):
    """So many people on a day, with the source. It is never changed: a better count is recorded beside it."""

    __tablename__ = "region_populations"
    __table_args__ = (
        CheckConstraint("people_count > 0", name="people_count"),
        CheckConstraint("source <> ''", name="source"),
        Index("region_populations_region_code_idx", "region_code", "counted_on"),
        Index("region_populations_organization_id_idx", "organization_id"),
    )

    region_code: Mapped[str] = mapped_column(ForeignKey(Region.code))
    counted_on: Mapped[date]
    people_count: Mapped[int]
    source: Mapped[str]
    recorded_by: Mapped[str]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organization.id), default=None)
    """Who recorded it; null of what came with the program."""
