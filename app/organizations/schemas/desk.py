"""Tasks and notifications in JSON."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import MoneyOut
from app.kit.http.pages import PageQuery
from app.organizations.desk.notices import Notice
from app.organizations.desk.tasks import Task
from app.organizations.models import Notification
from app.organizations.schemas.words import Said, example

_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007"
_ORGANIZATION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"


class TaskOut(BaseModel):
    """One thing that waits for the caller."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            {
                "kind": "approval",
                "organization_id": _ORGANIZATION,
                "subject_id": _ID,
                "title": "记账凭证 2026-05 房租",
                "amount": {"amount": 2_000_000, "currency": "CNY"},
                "since_at": "2026-05-01T02:00:00Z",
            }
        ),
    )

    kind: str = Field(description="Which list it comes from: `approval`, or that of another feature.")
    organization_id: UUID
    subject_id: UUID = Field(description="The thing itself; of an approval, the request.")
    title: str
    amount: MoneyOut | None
    since_at: datetime

    @classmethod
    def of(cls, task: Task) -> Self:
        """Return a task as JSON shows it."""
        return cls(
            kind=task.kind,
            organization_id=task.organization_id,
            subject_id=task.subject_id,
            title=task.title,
            amount=None if task.amount_minor is None else MoneyOut.of(task.amount_minor),
            since_at=task.since_at,
        )


class NotificationOut(BaseModel):
    """Something the caller was told."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {
                "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a000a",
                "topic": "approval.asked",
                "title": "有一项申请待您审批",
                "organization_id": _ORGANIZATION,
                "subject": f"approval:{_ID}",
                "occurred_at": "2026-05-01T02:00:00Z",
                "read_at": None,
            }
        )
    )

    id: UUID
    topic: str
    title: str = Field(description="In Chinese or English, by `Accept-Language`.")
    organization_id: UUID | None
    subject: str = Field(description="What it is about: kind and id.")
    occurred_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, one: Notification, notice: Notice | None, language: str) -> Self:
        """Return a notification as JSON shows it, in the reader's language."""
        words = notice and (notice.title_zh if language == "zh" else notice.title)
        return cls(
            id=one.id,
            topic=one.topic,
            title=words or one.topic,
            organization_id=one.organization_id,
            subject=one.subject,
            occurred_at=one.occurred_at,
            read_at=one.read_at,
        )


class NotificationQuery(PageQuery):
    """Which notifications."""

    unread: bool | None = Field(default=None, description="Only what was not read yet, or only what was.")


class ReadIn(Said):
    """The latest notification that was read; everything before it was, too."""

    model_config = ConfigDict(json_schema_extra=example({"up_to": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a000a"}))

    up_to: UUID
