"""Long work as JSON."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.kit.http.pages import PageQuery
from app.kit.models import JobRun, RunState
from app.organizations.schemas.words import Told, example

_SHOWN = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0041",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "kind": "export_ledger",
    "state": "running",
    "progress": {"done": 1200, "total": 5000, "words": None},
    "result": None,
    "problem": None,
    "created_at": "2026-05-01T00:00:00Z",
    "changed_at": "2026-05-01T00:00:05Z",
    "ended_at": None,
}


class JobQuery(PageQuery):
    """Which of your jobs to list."""

    state: RunState | None = None


class ProgressOut(BaseModel):
    """How far it is; `total` is null while nobody knows."""

    done: int
    total: int | None
    words: str | None


class JobOut(Told):
    """Long work that you asked for. `result` is there when it is done, `problem` if it failed."""

    model_config = ConfigDict(json_schema_extra=example(_SHOWN))

    id: UUID
    organization_id: UUID | None
    kind: str
    state: RunState
    progress: ProgressOut
    result: dict[str, Any] | None
    problem: dict[str, Any] | None
    created_at: datetime
    changed_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, run: JobRun, language: str) -> Self:
        """Return a run as JSON shows it, its problem in the reader's language."""
        facts = {name: getattr(run, name) for name in cls.model_fields if name not in {"progress", "problem"}}
        progress = {"done": run.done_count, "total": run.total_count, "words": run.words}
        return cls.model_validate(
            {**facts, "progress": progress, "problem": (run.problem or {}).get(language)}
        )
