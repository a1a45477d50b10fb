"""Briefs as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.briefs import papers
from app.disclosure.briefs.briefs import Brief, Compared, Place, share
from app.disclosure.briefs.spans import BriefPeriod
from app.disclosure.figures.definitions import Missing
from app.disclosure.schemas.figures import examples
from app.disclosure.schemas.figures.annual import FigureMissingOut, FiguresAboutOut
from app.kit.fields import Day, MoneyOut, shown
from app.ledger.balances import Basis


class BriefQuery(BaseModel):
    """Which days, about whom. Without `from` the period that today lies in, as far as it has come."""

    model_config = ConfigDict(extra="forbid")

    period: BriefPeriod = BriefPeriod.month
    first: Day | None = Field(default=None, alias="from", description="A day of the period, or the first.")
    last: Day | None = Field(default=None, alias="to", description="Only for `custom`: the last day.")
    basis: Basis = Basis.consolidated


class ComparedOut(BaseModel):
    """A number of the days, of the same days a year before, and since 1 January."""

    value: int
    previous_value: int | None
    growth_per_mille: int | None
    since_new_year: int

    @classmethod
    def of(cls, told: Compared, *, known_before: bool) -> Self:
        """Return a number as JSON shows it; what was before the books began is not known."""
        return cls(
            value=told.now,
            previous_value=told.before if known_before else None,
            growth_per_mille=told.growth if known_before else None,
            since_new_year=told.this_year,
        )


class ComparedMoneyOut(BaseModel):
    """An amount of the days, of the same days a year before, and since 1 January."""

    value: MoneyOut
    previous_value: MoneyOut | None
    growth_per_mille: int | None
    since_new_year: MoneyOut

    @classmethod
    def of(cls, told: Compared, *, known_before: bool) -> Self:
        """Return an amount as JSON shows it; what was before the books began is not known."""
        return cls(
            value=MoneyOut.of(told.now),
            previous_value=MoneyOut.of(told.before) if known_before else None,
            growth_per_mille=told.growth if known_before else None,
            since_new_year=MoneyOut.of(told.this_year),
        )


class BriefPlaceOut(BaseModel):
    """A member's place among those of its tier; a city counts with everybody below it."""

    rank: int
    organization_id: UUID
    code: str
    name: str
    region_code: str
    raised: ComparedMoneyOut
    target: MoneyOut | None
    completion_per_mille: int | None = Field(description="Of the year's target, raised since 1 January.")
    per_head: MoneyOut | None
    per_head_missing: FigureMissingOut | None

    @classmethod
    def of(cls, place: Place, *, known_before: bool) -> Self:
        """Return a member's place as JSON shows it."""
        return cls(
            rank=place.rank,
            organization_id=place.organization.id,
            code=place.organization.code,
            name=place.organization.name,
            region_code=place.organization.region_code,
            raised=ComparedMoneyOut.of(place.raised, known_before=known_before),
            target=None if place.target is None else MoneyOut.of(place.target),
            completion_per_mille=share(place.raised.this_year, place.target),
            # The regions come with codes and names, and nobody has said how many people live there.
            per_head=None,
            per_head_missing=FigureMissingOut.of(Missing.no_population),
        )


class BriefOut(BaseModel):
    """How an organization did in some days, beside a year before, since 1 January and its target."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BRIEF))

    organization: FiguresAboutOut
    basis: Basis
    period: BriefPeriod
    title: str
    first_day: date
    last_day: date
    running: bool = Field(description="Whether the period has not ended yet.")
    previous_first_day: date
    previous_last_day: date
    previous_missing: FigureMissingOut | None = Field(
        description="Why there is no year before: the books did not reach back so far."
    )
    raised: ComparedMoneyOut = Field(description="Money and goods, less refunds, by the day of giving.")
    goods: ComparedMoneyOut
    online: ComparedMoneyOut
    online_per_mille: int | None = Field(description="Of the money, what came through platforms.")
    gift_count: ComparedOut
    spent: ComparedMoneyOut = Field(description="Programme cost by the day of booking.")
    unspent: MoneyOut = Field(description="What the funds hold now, whatever days were asked for.")
    new_volunteers: ComparedOut
    projects: ComparedOut = Field(description="Carried out on at least one of the days.")
    target: MoneyOut | None = Field(description="What it means to raise in the year.")
    completion_per_mille: int | None
    cities: list[BriefPlaceOut]
    counties: list[BriefPlaceOut]

    @classmethod
    def of(cls, brief: Brief) -> Self:
        """Return a brief as JSON shows it."""
        known = brief.known_before
        before = brief.span.year_before()
        amounts = ("raised", "goods", "online", "spent")
        counts = ("gift_count", "new_volunteers", "projects")
        told = {name: ComparedMoneyOut.of(getattr(brief, name), known_before=known) for name in amounts}
        more = {name: ComparedOut.of(getattr(brief, name), known_before=known) for name in counts}
        return cls.model_validate(
            {
                "organization": FiguresAboutOut.about(brief.scope.organization),
                "basis": brief.scope.basis,
                "period": brief.span.period,
                "title": papers.title(brief),
                "first_day": brief.span.first,
                "last_day": brief.span.last,
                "running": brief.span.running,
                "previous_first_day": before[0],
                "previous_last_day": before[1],
                "previous_missing": None if known else FigureMissingOut.of(Missing.no_books),
                **told,
                **more,
                "online_per_mille": brief.online_per_mille,
                "unspent": MoneyOut.of(brief.unspent),
                "target": None if brief.target is None else MoneyOut.of(brief.target),
                "completion_per_mille": brief.completion_per_mille,
                "cities": _places(brief.cities, known=known),
                "counties": _places(brief.counties, known=known),
            }
        )


def _places(places: Sequence[Place], *, known: bool) -> list[BriefPlaceOut]:
    return [BriefPlaceOut.of(one, known_before=known) for one in places]
