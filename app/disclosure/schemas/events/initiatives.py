"""Initiatives as JSON."""

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.disclosure.models import Initiative, InitiativeItem
from app.disclosure.schemas.events import examples
from app.kit.fields import Body, Code, Line, Words, shown
from app.kit.http.pages import PageQuery


class InitiativeIn(Body):
    """An initiative to be listed."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INITIATIVE_IN))

    organization_id: UUID
    code: Code
    title: Line
    description: Words

    def as_initiative(self) -> Initiative:
        """Return the same as a row."""
        return Initiative(**dict(self))


class InitiativeQuery(PageQuery):
    """Whose initiatives to list."""

    organization_id: UUID | None = None


class InitiativeOut(BaseModel):
    """An initiative as a line."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.INITIATIVE))

    id: UUID
    organization_id: UUID
    code: str
    title: str
    description: str


class InitiativeItemIn(Body):
    """One item of an initiative."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ITEM_IN))

    title: Line
    description: Words
    event_id: UUID | None = None

    def as_item(self, initiative: Initiative) -> InitiativeItem:
        """Return the same as a row."""
        return InitiativeItem(initiative_id=initiative.id, **dict(self))


class InitiativeItemOut(BaseModel):
    """One item of an initiative."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    description: str
    event_id: UUID | None


class InitiativeDetail(InitiativeOut):
    """An initiative with its items."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INITIATIVE_IN_FULL))

    parts: list[InitiativeItemOut]

    @classmethod
    def whole(cls, initiative: Initiative, items: Sequence[InitiativeItem]) -> Self:
        """Return an initiative with its items."""
        return cls(
            parts=[InitiativeItemOut.model_validate(item) for item in items],
            **dict(InitiativeOut.model_validate(initiative)),
        )
