"""Tables of used-clothing collection (旧衣回收) by weight: points, weighings, what became of it, and sums."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX

WEIGHT_GRAMS_MAX = 10**12
"""The largest weight of one entry: a million tonnes."""


class CollectedItem(enum.StrEnum):
    """What is collected by weight."""

    clothing = "clothing"
    shoes = "shoes"
    bags = "bags"
    bedding = "bedding"
    other = "other"


class CollectionOutcome(enum.StrEnum):
    """What became of what was collected."""

    sold = "sold"
    donated = "donated"
    recycled = "recycled"


class CollectionPoint(Record, Base):
    """A place where people leave what they no longer wear."""

    __tablename__ = "collection_points"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    name: Mapped[str]
    address: Mapped[str | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class Collection(Record, Base):
    """What a collector weighed when a point was emptied; it has no value until it is sold."""

    __tablename__ = "collections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["point_id", "organization_id"], ["collection_points.id", "collection_points.organization_id"]
        ),
        UniqueConstraint("organization_id", "reference"),
        CheckConstraint(f"weight_grams between 1 and {WEIGHT_GRAMS_MAX}", name="weight"),
        CheckConstraint("num_nulls(voided_at, voided_by, voided_reason) in (0, 3)", name="voided"),
        Index("collections_point_id_idx", "point_id", "id"),
    )

    organization_id: Mapped[UUID]
    point_id: Mapped[UUID]
    item: Mapped[CollectedItem]
    collected_on: Mapped[date]
    weight_grams: Mapped[int]
    collector: Mapped[str]
    reference: Mapped[str]
    actor: Mapped[str]
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
    voided_by: Mapped[str | None] = mapped_column(default=None)
    voided_reason: Mapped[str | None] = mapped_column(default=None)


class CollectionDisposal(Record, Base):
    """What became of a part: sold for money that goes to charity (慈善法 art. 54), given away or recycled."""

    __tablename__ = "collection_disposals"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        UniqueConstraint("organization_id", "reference"),
        CheckConstraint(f"weight_grams between 1 and {WEIGHT_GRAMS_MAX}", name="weight"),
        CheckConstraint(f"proceeds_minor between 1 and {AMOUNT_MINOR_MAX}", name="proceeds"),
        CheckConstraint(
            "num_nulls(proceeds_minor, channel_id, entry_id) = case outcome when 'sold' then 0 else 3 end",
            name="sold",
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    item: Mapped[CollectedItem]
    outcome: Mapped[CollectionOutcome]
    disposed_on: Mapped[date]
    weight_grams: Mapped[int]
    recipient: Mapped[str]
    reference: Mapped[str]
    actor: Mapped[str]
    proceeds_minor: Mapped[int | None] = mapped_column(default=None)
    channel_id: Mapped[UUID | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)


class CollectionStock(Base):
    """How much of an item an organization ever collected and ever gave away: never more of the latter."""

    __tablename__ = "collection_stocks"
    __table_args__ = (CheckConstraint("gone_grams between 0 and collected_grams", name="gone"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    item: Mapped[CollectedItem] = mapped_column(primary_key=True)
    collected_grams: Mapped[int] = mapped_column(default=0)
    gone_grams: Mapped[int] = mapped_column(default=0)


class CollectionYear(Base):
    """What an organization collected of an item in a year, folded in with every weighing."""

    __tablename__ = "collection_years"
    __table_args__ = (CheckConstraint("weight_grams >= 0 and collection_count >= 0", name="sums"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[CollectedItem] = mapped_column(primary_key=True)
    weight_grams: Mapped[int]
    collection_count: Mapped[int]
