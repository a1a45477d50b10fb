"""Channels as JSON."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.channels import NewChannel
from app.accounting.models import ChannelKind
from app.kit.fields import Body, Code, Line
from app.kit.http.pages import SummedQuery


class ChannelIn(Body):
    """A bank account or a cash box where an organization takes gifts."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "organization_id": "01890a5d-ac96-774b-bcce-b302099a8057",
                    "code": "icbc-0291",
                    "name": "工商银行西安南大街支行",
                    "kind": "bank",
                }
            ]
        }
    )

    organization_id: UUID
    code: Code = Field(description="Unique in the organization; it appears in published leaves, for ever.")
    name: Line
    kind: Literal[ChannelKind.bank, ChannelKind.cash]

    def as_channel(self, chart: str) -> NewChannel:
        """Return the same in the words of the books."""
        return NewChannel(chart=chart, **dict(self))


class ChannelQuery(SummedQuery):
    """Which channels to list."""

    organization_id: UUID | None = None
    kind: ChannelKind | None = None
    closed: bool | None = None
    q: Line | None = Field(default=None, description="Part of the code or the name.")
    sort: Literal["code", "-code", "name", "-name", "created_at", "-created_at"] = "code"


class ChannelOut(BaseModel):
    """A named place where gifts land."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "01997d5d-ac96-774b-bcce-b302099a8003",
                    "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
                    "code": "icbc-0291",
                    "name": "工商银行西安南大街支行",
                    "kind": "bank",
                    "chart": "2026",
                    "platform_id": None,
                    "closed_at": None,
                    "created_at": "2026-01-01T00:00:00Z",
                }
            ]
        },
    )

    id: UUID
    organization_id: UUID
    code: str
    name: str
    kind: ChannelKind
    chart: str
    platform_id: UUID | None
    closed_at: datetime | None
    created_at: datetime
