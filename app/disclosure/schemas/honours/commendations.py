"""Commendations as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.honours import nominees
from app.disclosure.models import (
    AwardCategory,
    AwardObjection,
    AwardRegime,
    AwardScheme,
    AwardStage,
    Nominee,
    NomineeKind,
    NomineeState,
)
from app.disclosure.schemas.honours import examples
from app.kit.fields import Body, Line, shown
from app.kit.http.pages import PageQuery

Names = Mapping[UUID, Mapping[str, str]]


class AwardIn(Body):
    """A commendation to be planned."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SCHEME_IN))

    organization_id: UUID
    year: int = Field(strict=True, ge=1900, le=2999)
    category: AwardCategory
    title: Line

    def as_commendation(self, by: str) -> AwardScheme:
        """Return the same as a row."""
        return AwardScheme(recorded_by=by, **dict(self))


class AwardQuery(PageQuery):
    """Which commendations to list."""

    organization_id: UUID | None = None
    year: int | None = None
    category: AwardCategory | None = None


class AwardOut(BaseModel):
    """A commendation as a line."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SCHEME))

    id: UUID
    organization_id: UUID
    year: int
    category: AwardCategory
    title: str
    regime: AwardRegime
    stage: AwardStage
    approval_document: str | None
    list_item: str | None
    publicity_from: date | None
    publicity_to: date | None
    decided_on: date | None
    filed_on: date | None


class PublicNomineeOut(BaseModel):
    """Who is shortlisted or commended; a person's name only if they agree."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLIC_NOMINEE))

    id: UUID
    kind: NomineeKind
    name: str | None
    state: NomineeState

    @classmethod
    def of(cls, one: Nominee, names: Names) -> Self:
        """Return a nominee as everybody sees them."""
        name = name_of(one, names) if one.named else None
        return cls(id=one.id, kind=one.kind, name=name, state=one.state)


class PublicAwardOut(AwardOut):
    """A commendation with its list, for everybody."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLIC_SCHEME))

    nominees: list[PublicNomineeOut]

    @classmethod
    def whole(cls, scheme: AwardScheme, everybody: Sequence[Nominee], names: Names) -> Self:
        """Return what everybody reads of a commendation: not who was never shortlisted, nor dropped."""
        seen = {NomineeState.shortlisted, NomineeState.commended}
        listed = [PublicNomineeOut.of(one, names) for one in everybody if one.state in seen]
        return cls(nominees=listed, **dict(AwardOut.model_validate(scheme)))


class NomineeOut(BaseModel):
    """Who is nominated, for staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.NOMINEE))

    id: UUID
    kind: NomineeKind
    name: str | None
    merits: str
    state: NomineeState
    nominated_by: str
    reviewed_by: str | None
    consented_on: date | None
    withdrawn_on: date | None

    @classmethod
    def of(cls, one: Nominee, names: Names) -> Self:
        """Return a nominee as staff see them."""
        told: dict[str, Any] = {name: getattr(one, name) for name in cls.model_fields if name != "name"}
        return cls(name=name_of(one, names), **told)


class AwardObjectionOut(BaseModel):
    """What somebody objects to, for staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OBJECTION))

    id: UUID
    nominee_id: UUID
    text: str | None = Field(description="Null once it is no longer kept.")
    received_on: date
    upheld: bool | None
    settled_by: str | None
    settled_on: date | None

    @classmethod
    def of(cls, one: AwardObjection, words: Names) -> Self:
        """Return an objection as staff see it."""
        told: dict[str, Any] = {name: getattr(one, name) for name in cls.model_fields if name != "text"}
        said: Mapping[str, str] = words.get(one.person_id, {})
        return cls(text=said.get(nominees.OBJECTION), **told)


class AwardDetail(AwardOut):
    """A commendation with everything about it, for staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SCHEME_IN_FULL))

    rating: int | None
    free_declared_by: str | None
    recorded_by: str
    decided_by: str | None
    resolution: str | None
    filing_place: str | None
    filing_number: str | None
    nominees: list[NomineeOut]
    objections: list[AwardObjectionOut]

    @classmethod
    def whole(
        cls,
        scheme: AwardScheme,
        listed: tuple[Sequence[Nominee], Names],
        objected: tuple[Sequence[AwardObjection], Names],
    ) -> Self:
        """Return everything that staff read of a commendation."""
        apart = {"nominees", "objections"}
        told: dict[str, Any] = {name: getattr(scheme, name) for name in cls.model_fields if name not in apart}
        return cls(
            nominees=[NomineeOut.of(one, listed[1]) for one in listed[0]],
            objections=[AwardObjectionOut.of(one, objected[1]) for one in objected[0]],
            **told,
        )


def name_of(one: Nominee, names: Names) -> str | None:
    """Return what a nominee is called; nothing of a person who was erased."""
    if one.unit_name is not None:
        return one.unit_name
    said: Mapping[str, str] = names.get(one.person_id, {}) if one.person_id else {}
    return said.get(nominees.NAME)
