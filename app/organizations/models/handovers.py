"""Handovers: what somebody who leaves passes on, to whom, and who signed for it."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization
from app.organizations.models.staff import Staff


class HandoverState(enum.StrEnum):
    """How far a handover has come; only a draft can change."""

    drafted = "drafted"
    carried_out = "carried_out"
    cancelled = "cancelled"


class Handover(Record, Base):
    """The list by which one person leaves. It is never changed: what is missing takes another list."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index(
            "handovers_drafted_idx",
            *("organization_id", "leaver_id"),
            unique=True,
            postgresql_where=text("state = 'drafted'"),
        ),
        CheckConstraint("length(digest) = 32", name="digest"),
        CheckConstraint(
            "case state when 'drafted' then num_nulls(ended_at, ended_by) = 2"
            " else num_nulls(ended_at, ended_by) = 0 end",
            name="ended",
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    leaver_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    # What is signed: SHA-256 of the list in canonical JSON (RFC 8785).
    digest: Mapped[bytes]
    made_by: Mapped[str]
    state: Mapped[HandoverState] = mapped_column(default=HandoverState.drafted)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)


class HandoverItem(Base):
    """One line of the list: a role or a feature's own thing, and who takes it over."""

    __tablename__ = "handover_items"
    __table_args__ = (UniqueConstraint("handover_id", "kind", "subject_id"),)

    handover_id: Mapped[UUID] = mapped_column(ForeignKey(Handover.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    title: Mapped[str]
    successor_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))


class HandoverSignature(Base):
    """That the leaver, or somebody who takes over, has read the list and stands for it."""

    __tablename__ = "handover_signatures"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey(Handover.id), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    signed_at: Mapped[datetime] = mapped_column(default_factory=now, insert_default=now)
