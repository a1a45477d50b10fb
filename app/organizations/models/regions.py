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


class RegionDating(enum.StrEnum):
    """How we know since when a code stands; `first_list` says only that it is as old as our sources."""

    decision = "decision"
    list = "list"
    first_list = "first_list"


class Region(Base):
    """One six-digit code. A code that another one succeeded stays: old records name it."""

    __tablename__ = "regions"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{6}$'", name="code"),
        CheckConstraint("(parent_code is null) = (level = 'province')", name="parent"),
        CheckConstraint("valid_to > valid_from", name="valid"),
        CheckConstraint("successor_code <> code", name="successor"),
        CheckConstraint("successor_code is null or valid_to is not null", name="given_up"),
        CheckConstraint("(earlier_name is null) = (named_from is null)", name="earlier_name"),
        CheckConstraint("named_from > valid_from", name="named"),
        Index("regions_parent_code_idx", "parent_code"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[RegionLevel]
    valid_from: Mapped[date]
    dated_by: Mapped[RegionDating]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    """The first day on which it is no more: the day of its successor."""

    successor_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    earlier_name: Mapped[str | None] = mapped_column(default=None)
    """What it was called before it was renamed under the same code."""

    named_from: Mapped[date | None] = mapped_column(default=None)
