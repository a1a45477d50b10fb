"""Approvals: what waits for a decision, the steps it has to take, and who decided each of them."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models.deputyships import Deputyship
from app.organizations.models.grants import Role
from app.organizations.models.organizations import Organization

STEPS_MAX = 5


class ApprovalState(enum.StrEnum):
    """How far a request has come; only what waits can change."""

    waiting = "waiting"
    approved = "approved"
    rejected = "rejected"
    withdrawn = "withdrawn"


class Verdict(enum.StrEnum):
    """What was decided at a step."""

    approve = "approve"
    reject = "reject"


class Approval(Record, Base):
    """A request that others decide. Its steps were chosen when it was made: a later policy changes none."""

    __tablename__ = "approvals"
    __table_args__ = (
        UniqueConstraint("id", "asked_by"),
        # One thing is asked about once at a time; after an end it may be asked about again.
        Index(
            "approvals_waiting_idx",
            *("kind", "subject_id"),
            unique=True,
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("approvals_subject_id_idx", "subject_id", "kind"),
        Index("approvals_organization_id_idx", "organization_id", "id"),
        Index(
            "approvals_waiting_at_idx",
            *("organization_id", "id"),
            postgresql_where=text("state = 'waiting'"),
        ),
        CheckConstraint("kind ~ '^[a-z][a-z_]{0,39}$'", name="kind"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint(f"step_count between 1 and {STEPS_MAX}", name="step_count"),
        CheckConstraint("agreed_count between 0 and step_count", name="agreed_count"),
        CheckConstraint("(state = 'approved') = (agreed_count = step_count)", name="approved"),
        CheckConstraint("(state = 'waiting') = (ended_at is null)", name="ended"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_by is not null)", name="withdrawn"),
        CheckConstraint("handed_to <> asked_by", name="handed_to"),
    )

    kind: Mapped[str]
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    subject_id: Mapped[UUID]
    title: Mapped[str]
    asked_by: Mapped[str]
    step_count: Mapped[int]
    amount_minor: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[ApprovalState] = mapped_column(default=ApprovalState.waiting)
    agreed_count: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)
    # Who answers for it since the asker has left: they withdraw it and hear of it, and decide no step of it.
    handed_to: Mapped[str | None] = mapped_column(default=None)

    @property
    def answered_by(self) -> str:
        """Who answers for the request: the asker, or whoever took it over."""
        return self.handed_to or self.asked_by

    @property
    def ended_by(self) -> str:
        """Who brought it to its end, as steps of its subject say: whoever took it back, or the request."""
        return self.withdrawn_by or f"approval:{self.id}"


class ApprovalStep(Base):
    """One step of a request: somebody with this role at its organization decides it."""

    __tablename__ = "approval_steps"
    __table_args__ = (CheckConstraint(f"number between 1 and {STEPS_MAX}", name="number"),)

    approval_id: Mapped[UUID] = mapped_column(ForeignKey(Approval.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]


class ApprovalDecision(Base):
    """What somebody decided at a step, in their own right or as a deputy; why lies under seal."""

    __tablename__ = "approval_decisions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["approval_id", "number"],
            ["approval_steps.approval_id", "approval_steps.number"],
            name="approval_decisions_step_fkey",
        ),
        # Who asked is part of what the decision points to: so the database itself can keep the two apart.
        ForeignKeyConstraint(
            ["approval_id", "asked_by"],
            ["approvals.id", "approvals.asked_by"],
            name="approval_decisions_asked_by_fkey",
        ),
        UniqueConstraint("approval_id", "decided_by"),
        UniqueConstraint("approval_id", "held_by"),
        CheckConstraint("decided_by <> asked_by and held_by <> asked_by", name="asker"),
        CheckConstraint("(deputyship_id is null) = (decided_by = held_by)", name="deputy"),
    )

    approval_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[Verdict]
    asked_by: Mapped[str]
    decided_by: Mapped[str]
    held_by: Mapped[str]
    deputyship_id: Mapped[UUID | None] = mapped_column(ForeignKey(Deputyship.id), default=None)
    decided_at: Mapped[datetime] = mapped_column(default_factory=now, insert_default=now)
