"""Charters and terms as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import Charter, CouncilBody, CouncilTerm
from app.disclosure.schemas.governance import examples
from app.kit.clock import today
from app.kit.fields import Body, Day, Line, Words, shown
from app.kit.http.pages import PageQuery

Ordinal = Annotated[int, Field(strict=True, ge=1, le=999)]
Documents = Annotated[list[UUID], Field(max_length=20, description="Files, uploaded before.")]


class OfOrganization(PageQuery):
    """Of which organization to list."""

    organization_id: UUID | None = None


class CharterText(Body):
    """What is said of a version of the charter."""

    number: Ordinal = Field(description="The how-manieth version.")
    adopted_by: Line = Field(description="The meeting that adopted it.")
    adopted_on: Day
    authority: Line
    approved_on: Day
    effective_from: Day
    seats_min: Ordinal | None = None
    seats_max: Ordinal | None = None
    term_years: Annotated[int, Field(strict=True, ge=1, le=10)] | None = None
    documents: Documents = Field(default_factory=list[UUID])


class CharterIn(CharterText):
    """A version of the charter that the authority approved."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHARTER_IN))

    organization_id: UUID

    def as_charter(self, by: str) -> Charter:
        """Return the same as a row."""
        said = {name: value for name, value in dict(self).items() if name != "documents"}
        return Charter(recorded_by=by, **said)


class CharterCorrectionIn(CharterText):
    """What should have been recorded instead, all of it, with its documents uploaded anew."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHARTER_CORRECTION_IN))

    reason: Words

    def as_charter(self, wrong: Charter, by: str) -> Charter:
        """Return the same as a row that is to stand in the place of another."""
        said = {name: value for name, value in dict(self).items() if name not in {"documents", "reason"}}
        return Charter(organization_id=wrong.organization_id, recorded_by=by, **said)


class CharterOut(BaseModel):
    """A version of the charter, and where its documents are read."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHARTER))

    id: UUID
    organization_id: UUID
    number: int
    adopted_by: str
    adopted_on: date
    authority: str
    approved_on: date
    effective_from: date
    seats_min: int | None
    seats_max: int | None
    term_years: int | None
    documents: list[str] = Field(description="Addresses of the copies for everybody.")
    created_at: datetime
    replaces_id: UUID | None = Field(default=None, description="The version in whose place this one stands.")
    replaced_on: date | None = Field(
        default=None, description="Since when another stands in its place: it counts no more."
    )
    replaced_reason: str | None = None

    @classmethod
    def of(cls, one: Charter, files: Sequence[UUID]) -> Self:
        """Return a charter as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "documents"}
        return cls(documents=[f"/v1/attachments/{file}/public-copy" for file in files], **told)


class CouncilTermIn(Body):
    """The term in which an organization is found, or with which it is founded."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TERM_IN))

    organization_id: UUID
    body: CouncilBody
    number: Ordinal
    starts_on: Day
    ends_on: Day

    def as_term(self, by: str) -> CouncilTerm:
        """Return the same as a row."""
        return CouncilTerm(recorded_by=by, **dict(self))


class CouncilTermOut(BaseModel):
    """A term; `closed_on` is the day on which it was really over."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TERM))

    id: UUID
    organization_id: UUID
    body: CouncilBody
    number: int
    starts_on: date
    ends_on: date
    closed_on: date | None
    overdue: bool = Field(description="It was to end before today, and nobody has been elected since.")

    @classmethod
    def of(cls, one: CouncilTerm) -> Self:
        """Return a term as JSON shows it today."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "overdue"}
        return cls(overdue=one.closed_on is None and one.ends_on < today(), **told)
