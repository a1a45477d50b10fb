"""Regions: the administrative divisions of GB/T 2260, with the codes that were given up."""

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base


class RegionLevel(enum.StrEnum):
    """The level of a division; districts and county-level cities are counties here."""

    province = "province"
    city = "city"
    county = "county"


class Region(Base):
    """One six-digit code. A code that another one succeeded stays: old records name it."""

    __tablename__ = "regions"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{6}$'", name="code"),
        CheckConstraint("(parent_code is null) = (level = 'province')", name="parent"),
        CheckConstraint("valid_to >= valid_from", name="valid"),
        CheckConstraint("successor_code <> code", name="successor"),
        Index("regions_parent_code_idx", "parent_code"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[RegionLevel]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
