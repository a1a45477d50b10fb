"""Accesses as JSON."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from app.kit.fields import Moment
from app.kit.http.pages import PageQuery
from app.organizations.models import AccessKind
from app.organizations.schemas.words import Line, Told, example

_SHOWN = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0021",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "caller": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "caller_name": None,
    "kind": "delivery_body",
    "subject": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0022",
    "created_at": "2026-05-01T00:00:00Z",
}


class AccessQuery(PageQuery):
    """Which looks to list."""

    caller: Line | None = None
    kind: AccessKind | None = None
    subject: Line | None = None
    created_at_from: Moment | None = None
    created_at_to: Moment | None = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class AccessOut(Told):
    """Who looked at what, and when."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(_SHOWN))

    id: UUID
    organization_id: UUID
    caller: str
    caller_name: str | None = Field(description="What the key is called, if a machine asked with one.")
    kind: AccessKind
    subject: str = Field(description="An id; of an auditor's pull the register and what was asked of it.")
    created_at: datetime
