"""Table of the texts that explain a year's statements where no book can."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class NoteHeading(enum.StrEnum):
    """What is written of a year, in the order in which the notes say it."""

    policies = "policies"
    policy_changes = "policy_changes"
    impairments = "impairments"
    nominal_assets = "nominal_assets"
    commitments = "commitments"
    contingencies = "contingencies"
    unvalued_services = "unvalued_services"
    later_events = "later_events"
    other = "other"


class StatementNote(Record, Base):
    """One version of what is written under a heading of a year's notes.

    The latest version that somebody else has approved is what the annual accounts say.
    """

    __tablename__ = "statement_notes"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "heading", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("btrim(text, E' \\n\\r\\t') <> ''", name="text"),
        CheckConstraint("num_nonnulls(reviewed_by, reviewed_at, approved) in (0, 3)", name="reviewed"),
        CheckConstraint("reviewed_by <> drafted_by", name="reviewer"),
        # Whoever sends a text back says why.
        CheckConstraint("coalesce(approved, true) or review_note is not null", name="returned"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    heading: Mapped[NoteHeading]
    text: Mapped[str]
    drafted_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=0)
    reviewed_by: Mapped[str | None] = mapped_column(default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    approved: Mapped[bool | None] = mapped_column(default=None)
    review_note: Mapped[str | None] = mapped_column(default=None)
