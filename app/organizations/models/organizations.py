"""Organizations: the members of the federation, a tree of legal persons with books of their own."""

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
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base
from app.organizations.models.regions import Region


class Tier(enum.StrEnum):
    """A member's place in the federation, apart from its region's level: Hancheng, a county, has a city's."""

    province = "province"
    city = "city"
    county = "county"


class LegalForm(enum.StrEnum):
    """What kind of legal person a member is registered as."""

    association = "association"
    foundation = "foundation"
    social_service_org = "social_service_org"
    other = "other"


class Organization(Base):
    """A member of the federation. It shares its id and its immutable code with its dimension in the books."""

    __tablename__ = "organizations"
    __table_args__ = (
        UniqueConstraint("id", "rank"),
        ForeignKeyConstraint(
            ["id", "dimension_kind"],
            ["dimensions.id", "dimensions.kind"],
            name="organizations_dimension_fkey",
        ),
        # A parent stands strictly higher than its child, and its height is part of what the child points to:
        # so there is no cycle, whoever moves whom at the same moment.
        ForeignKeyConstraint(
            ["parent_id", "parent_rank"],
            ["organizations.id", "organizations.rank"],
            name="organizations_parent_fkey",
        ),
        CheckConstraint("parent_rank < rank", name="acyclic"),
        CheckConstraint("(parent_id is null) = (parent_rank is null)", name="parent"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("uscc ~ '^[0-9A-HJ-NP-RT-UW-Y]{18}$'", name="uscc"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("ended_on >= books_from", name="ended_on"),
        Index("organizations_parent_id_idx", "parent_id"),
    )
    # What the database computes comes back with the same statement: nothing is loaded later, behind an await.
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    tier: Mapped[Tier]
    region_code: Mapped[str] = mapped_column(ForeignKey(Region.code))
    legal_form: Mapped[LegalForm]
    books_from: Mapped[date]
    name_en: Mapped[str | None] = mapped_column(default=None)
    parent_id: Mapped[UUID | None] = mapped_column(default=None)
    parent_rank: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    uscc: Mapped[str | None] = mapped_column(unique=True, default=None)
    founded_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    """The last day of a member that is past when it joins: for years after it owes nothing."""
    chart_version: Mapped[str] = mapped_column(default="2026")
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    changed_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    rank: Mapped[int] = mapped_column(
        SmallInteger,
        Computed("case tier when 'province' then 1 when 'city' then 2 else 3 end", persisted=True),
        init=False,
    )
    dimension_kind: Mapped[str] = mapped_column(
        String(40), Computed("'organization'", persisted=True), init=False
    )
