"""Annual figures as JSON."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.figures.annual import Annual, Figure
from app.disclosure.figures.definitions import MISSING, FigureId, FigureUnit, Missing
from app.disclosure.figures.told import Part, PartGroup, percent, written
from app.disclosure.schemas.figures import examples
from app.kit.fields import shown
from app.ledger.balances import Basis
from app.organizations.models import Organization


class AnnualFiguresQuery(BaseModel):
    """On which basis."""

    model_config = ConfigDict(extra="forbid")

    basis: Basis = Field(
        default=Basis.entity,
        description="The organization alone, or with everybody below it and transfers among them left out.",
    )


class FigurePartOut(BaseModel):
    """A part of a figure, in the figure's unit unless it has one of its own.

    The parts of a group add up to the whole, but for `beside`, which explains, and `left_out`, which was not
    counted.
    """

    group: PartGroup
    key: str
    title: str
    title_zh: str
    unit: FigureUnit
    value: int
    text: str
    text_zh: str
    target: int | None

    @classmethod
    def of(cls, part: Part, unit: FigureUnit) -> Self:
        """Return a part as JSON shows it."""
        own = part.unit or unit
        text_zh, text = written(part.value, own)
        return cls(
            group=part.group,
            key=part.key,
            title=part.title,
            title_zh=part.title_zh,
            unit=own,
            value=part.value,
            text=text,
            text_zh=text_zh,
            target=part.target,
        )


class FigureMissingOut(BaseModel):
    """Why a figure is not known."""

    reason: Missing
    text: str
    text_zh: str

    @classmethod
    def of(cls, missing: Missing | None) -> Self | None:
        """Return the reason as JSON shows it, if there is one."""
        if missing is None:
            return None
        said = MISSING[missing]
        return cls(reason=missing, text=said.text, text_zh=said.text_zh)


class AnnualFigureOut(BaseModel):
    """One figure of a year. What nobody knows is null, with the reason; it is never told as 0."""

    number: str = Field(description="Its number in the list of figures; two may share one.")
    id: FigureId
    title: str
    title_zh: str
    definition: str
    definition_zh: str
    unit: FigureUnit
    value: int | None
    text: str | None
    text_zh: str | None
    missing: FigureMissingOut | None
    target: int | None
    previous_value: int | None
    previous_missing: FigureMissingOut | None
    growth_per_mille: int | None = Field(description="Against the year before, half up: 66 is 6.6 %.")
    growth_text: str | None
    growth_missing: FigureMissingOut | None = Field(
        description="Why the year is not held against the one before: it still runs, or the books lack some."
    )
    as_of: date = Field(description="The last day that is counted.")
    parts: list[FigurePartOut]

    @classmethod
    def of(cls, figure: Figure, as_of: date) -> Self:
        """Return a figure as JSON shows it."""
        is_, told, before = figure.definition, figure.told, figure.before
        text_zh, text = (None, None) if told.value is None else written(told.value, is_.unit)
        return cls(
            number=is_.number,
            id=is_.id,
            title=is_.title,
            title_zh=is_.title_zh,
            definition=is_.definition,
            definition_zh=is_.definition_zh,
            unit=is_.unit,
            value=told.value,
            text=text,
            text_zh=text_zh,
            missing=FigureMissingOut.of(told.missing),
            target=told.target,
            previous_value=before.value,
            previous_missing=FigureMissingOut.of(before.missing),
            growth_per_mille=figure.growth,
            growth_text=None if figure.growth is None else percent(figure.growth),
            growth_missing=FigureMissingOut.of(figure.growth_missing),
            as_of=as_of,
            parts=[FigurePartOut.of(one, is_.unit) for one in told.parts],
        )


class FiguresAboutOut(BaseModel):
    """Whom figures are about."""

    id: UUID
    code: str
    name: str
    demo: bool = Field(description="Whether it is there for demonstration only.")

    @classmethod
    def about(cls, one: Organization) -> Self:
        """Return an organization as JSON shows it beside its figures."""
        return cls(id=one.id, code=one.code, name=one.name, demo=one.demo)


class AnnualFiguresOut(BaseModel):
    """All figures of an organization's year, each with its definition and what it is made of."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ANNUAL))

    organization: FiguresAboutOut
    year: int
    basis: Basis
    as_of: date
    final: bool = Field(description="Whether the books of the year are closed: nothing is booked in it now.")
    organization_count: int = Field(description="About how many organizations the figures are.")
    with_books_count: int = Field(description="How many of them kept books in the year.")
    not_compared_codes: list[str] = Field(
        description="Of whom the books do not tell the whole year before: growth of money is without them."
    )
    figures: list[AnnualFigureOut]

    @classmethod
    def of(cls, annual: Annual) -> Self:
        """Return a year's figures as JSON shows them."""
        return cls(
            organization=FiguresAboutOut.about(annual.scope.organization),
            year=annual.year,
            basis=annual.scope.basis,
            as_of=annual.as_of,
            final=annual.final,
            organization_count=len(annual.scope.names),
            with_books_count=annual.scope.kept_books(annual.year),
            not_compared_codes=[one.code for one in annual.apart],
            figures=[AnnualFigureOut.of(one, annual.as_of) for one in annual.figures],
        )
