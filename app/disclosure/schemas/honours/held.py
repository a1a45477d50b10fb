"""Commendations of before 1 August 2026 as JSON."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.disclosure.honours.held import Commended, Decided
from app.disclosure.models import AwardCategory, AwardScheme, NomineeKind
from app.disclosure.schemas.honours import examples
from app.kit.fields import Body, Day, Flag, Line, Words, shown, wrong


class CommendedIn(Body):
    """Who was commended, and for what."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COMMENDED_IN))

    kind: NomineeKind
    name: Line
    merits: Words = Field(description="For what; of a person nothing by which they are known.")
    publish_consent: Flag = Field(default=False, description="A person agreed to be named in public.")

    @model_validator(mode="after")
    def _unit(self) -> Self:
        if self.kind is NomineeKind.unit and self.publish_consent:
            raise wrong("a unit is named anyway", "单位名称本来就公开")
        return self

    def as_commended(self, day: date) -> Commended:
        """Return the same in the words of the rules."""
        consented_on = day if self.publish_consent else None
        return Commended(kind=self.kind, name=self.name, merits=self.merits, consented_on=consented_on)


class HeldAwardIn(Body):
    """A commendation that was decided before 1 August 2026, as it was held then."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HELD_IN))

    organization_id: UUID
    year: int = Field(strict=True, ge=1900, le=2999)
    category: AwardCategory
    title: Line
    decided_on: Day
    decided_by: Line = Field(description="The meeting or the body that decided.")
    resolution: Line
    approval_document: Line | None = None
    commended: list[CommendedIn] = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _then(self) -> Self:
        if self.decided_on.year < self.year:
            raise wrong("a year's commendation is decided in it or after it", "年度表彰须在当年或其后决定")
        return self

    def as_commendation(self, by: str) -> AwardScheme:
        """Return the commendation as a row."""
        names = ("organization_id", "year", "category", "title")
        return AwardScheme(recorded_by=by, **{name: getattr(self, name) for name in names})

    def as_decided(self) -> Decided:
        """Return how it was decided, in the words of the rules."""
        return Decided(
            on=self.decided_on,
            by=self.decided_by,
            resolution=self.resolution,
            approval_document=self.approval_document,
        )
