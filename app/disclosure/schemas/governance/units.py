"""Units, and how each keeps its books, as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.governance import bookkeeping
from app.disclosure.governance.bookkeeping import Kept, Said
from app.disclosure.models import Bookkeeping, OrganizationUnit, UnitKind
from app.disclosure.schemas.governance import contact_examples as examples
from app.kit.fields import Body, Day, Line, Words, shown, wrong


class UnitText(Body):
    """What is said of a unit."""

    kind: UnitKind
    name: Line
    founded_on: Day
    scope: Words


class OrganizationUnitIn(UnitText):
    """A unit of your organization, which is no legal person of its own."""

    model_config = ConfigDict(json_schema_extra=shown(examples.UNIT_IN))

    organization_id: UUID

    def as_unit(self, by: str) -> OrganizationUnit:
        """Return the same as a row."""
        return OrganizationUnit(recorded_by=by, **dict(self))


class UnitCorrectionIn(UnitText):
    """What should have been recorded instead, all of it; its last day and its books go along."""

    model_config = ConfigDict(json_schema_extra=shown(examples.UNIT_CORRECTION_IN))

    reason: Words

    def as_unit(self, wrong: OrganizationUnit, by: str) -> OrganizationUnit:
        """Return the same as a row that is to stand in the place of another."""
        said = {name: value for name, value in dict(self).items() if name != "reason"}
        return OrganizationUnit(organization_id=wrong.organization_id, recorded_by=by, **said)


class UnitClosingIn(Body):
    """The last day of a unit."""

    model_config = ConfigDict(json_schema_extra=shown(examples.UNIT_CLOSING))

    closed_on: Day


class UnitBooksIn(Body):
    """How a unit keeps its books from a day on; whichever way, they are part of its organization's."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BOOKS_IN))

    bookkeeping: Bookkeeping
    effective_from: Day
    fund_id: UUID | None = Field(default=None, description="The restricted fund in which it keeps them.")
    keeper: Line | None = Field(default=None, description="Who keeps books of its own: an office, no name.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.bookkeeping is Bookkeeping.own_fund) != (self.fund_id is not None):
            raise wrong("a fund is named for own_fund, and for nothing else", "仅 own_fund 须注明基金")
        if (self.bookkeeping is Bookkeeping.own_books) != (self.keeper is not None):
            raise wrong("a keeper is named for own_books, and for nothing else", "仅 own_books 须注明记账人")
        return self

    def as_said(self) -> Said:
        """Return the same in the words of the rules."""
        return Said(**dict(self))


class UnitBooksOut(BaseModel):
    """How a unit kept its books from a day until a day."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BOOKS))

    bookkeeping: Bookkeeping
    effective_from: date
    effective_to: date | None
    fund_code: str | None
    keeper: str | None

    @classmethod
    def of(cls, kept: Kept) -> Self:
        """Return how a unit kept its books as JSON shows it."""
        told = {name: getattr(kept.books, name) for name in cls.model_fields if name != "fund_code"}
        return cls(fund_code=kept.fund_code, **told)


class OrganizationUnitOut(BaseModel):
    """A unit of an organization, and how it keeps and kept its books."""

    model_config = ConfigDict(json_schema_extra=shown(examples.UNIT))

    id: UUID
    organization_id: UUID
    kind: UnitKind
    name: str
    founded_on: date
    scope: str
    closed_on: date | None
    replaces_id: UUID | None = Field(description="The record in whose place this one stands.")
    replaced_on: date | None = Field(description="Since when another stands in its place: it counts no more.")
    replaced_reason: str | None
    bookkeeping: Bookkeeping | None = Field(description="On the day asked for; null if nobody has said.")
    books: list[UnitBooksOut]

    @classmethod
    def of(cls, unit: OrganizationUnit, kept: Sequence[Kept], day: date) -> Self:
        """Return a unit as JSON shows it on a day."""
        now = bookkeeping.at(kept, day)
        apart = {"bookkeeping", "books"}
        told = {name: getattr(unit, name) for name in cls.model_fields if name not in apart}
        books = [UnitBooksOut.of(one) for one in kept]
        return cls(bookkeeping=now and now.books.bookkeeping, books=books, **told)
