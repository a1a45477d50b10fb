"""Tables of complaints: what somebody finds wrong, who may not see it, and what was done about it."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization, Staff


class ComplaintChannel(enum.StrEnum):
    """How a complaint came."""

    web = "web"
    letter = "letter"
    phone = "phone"
    visit = "visit"
    referral = "referral"


class ComplaintSubject(enum.StrEnum):
    """What a complaint is about."""

    organization = "organization"
    campaign = "campaign"
    project = "project"
    publication = "publication"


class ComplaintState(enum.StrEnum):
    """Where a complaint stands."""

    received = "received"
    assigned = "assigned"
    answered = "answered"
    closed = "closed"


class ComplaintOutcome(enum.StrEnum):
    """What came of a complaint."""

    upheld = "upheld"
    partly_upheld = "partly_upheld"
    not_upheld = "not_upheld"
    withdrawn = "withdrawn"
    referred = "referred"


class Complaint(Record, Base):
    """A complaint as what may be read of it; its words and whom to answer lie in the vault.

    `person_id` is nobody known: it is the key of this complaint's words, destroyed when they are forgotten.
    """

    __tablename__ = "complaints"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        UniqueConstraint("person_id"),
        CheckConstraint("octet_length(code_hash) = 32", name="code_hash"),
        CheckConstraint("(subject_kind = 'organization') = (subject_code is null)", name="subject"),
        CheckConstraint("state <> 'assigned' or assigned_to is not null", name="assigned"),
        CheckConstraint("state <> 'received' or assigned_to is null", name="unassigned"),
        CheckConstraint("state <> 'answered' or answered_at is not null", name="answered"),
        CheckConstraint("(state = 'closed') = (closed_at is not null)", name="closed"),
        CheckConstraint("(closed_at is null) = (outcome is null)", name="outcome"),
        CheckConstraint("due_on >= received_on", name="due"),
        Index("complaints_handled_by_id_idx", "handled_by", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    # Who looks into it: the organization itself, or one above it where nobody there is free to.
    handled_by: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    channel: Mapped[ComplaintChannel]
    subject_kind: Mapped[ComplaintSubject]
    anonymous: Mapped[bool]
    person_id: Mapped[UUID]
    code_hash: Mapped[bytes]
    received_on: Mapped[date]
    subject_code: Mapped[str | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[ComplaintState] = mapped_column(default=ComplaintState.received)
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[ComplaintOutcome | None] = mapped_column(default=None)


class RecusalGround(enum.StrEnum):
    """Why somebody may not see a complaint: its words name them, or it was said that it is about them."""

    named = "named"
    declared = "declared"


class ComplaintRecusal(Base):
    """That a complaint is hidden from a person. It is never taken back."""

    __tablename__ = "complaint_recusals"

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey(Complaint.id), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    ground: Mapped[RecusalGround]
    recorded_by: Mapped[str]


class ComplaintStepKind(enum.StrEnum):
    """What was done about a complaint."""

    received = "received"
    assigned = "assigned"
    recused = "recused"
    passed_up = "passed_up"
    overdue = "overdue"
    answered = "answered"
    closed = "closed"
    forgotten = "forgotten"


class ComplaintStep(Record, Base):
    """One thing that was done about a complaint, by whom; `staff_id` whom it concerned."""

    __tablename__ = "complaint_steps"
    __table_args__ = (
        Index("complaint_steps_complaint_id_idx", "complaint_id", "id"),
        # That its promise ran over is told once.
        Index(
            "complaint_steps_overdue_idx",
            "complaint_id",
            unique=True,
            postgresql_where=text("kind = 'overdue'"),
        ),
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey(Complaint.id))
    kind: Mapped[ComplaintStepKind]
    actor: Mapped[str]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
