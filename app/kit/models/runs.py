"""Tables of long work: what somebody asked for, how far it is, what came of it."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record


class RunState(enum.StrEnum):
    """Where long work stands."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"


class JobRun(Record, Base):
    """Long work that somebody asked for over HTTP."""

    __tablename__ = "job_runs"
    __table_args__ = (
        CheckConstraint(
            "done_count >= 0 and (total_count is null or done_count <= total_count)", name="progress"
        ),
        CheckConstraint("(state = 'failed') = (problem is not null)", name="problem"),
        CheckConstraint("(state in ('done', 'failed')) = (ended_at is not null)", name="ended"),
        Index("job_runs_caller_id_idx", "caller", "id"),
    )

    caller: Mapped[str]
    kind: Mapped[str]
    organization_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[RunState] = mapped_column(default=RunState.waiting)
    attempt_count: Mapped[int] = mapped_column(default=0)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int | None] = mapped_column(default=None)
    words: Mapped[str | None] = mapped_column(default=None)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    changed_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
