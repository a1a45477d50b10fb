"""Briefs as JSON."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.briefs import wording
from app.disclosure.briefs.briefs import Brief
from app.disclosure.briefs.compared import Compared
from app.disclosure.briefs.heads import Heads
from app.disclosure.briefs.ranking import TEN_THOUSAND, Place, RankBy
from app.disclosure.briefs.spans import BriefPeriod
from app.disclosure.figures.definitions import Missing
from app.disclosure.schemas.figures import examples
from app.disclosure.schemas.figures.annual import FigureMissingOut, FiguresAboutOut
from app.kit.facts import fact
from app.kit.fields import Day, MoneyOut, shown
from app.ledger.balances import Basis


class BriefQuery(BaseModel):
    """Which days, about whom. Without `from` the period that today lies in, as far as it has come."""

    model_config = ConfigDict(extra="forbid")

    period: BriefPeriod = BriefPeriod.month
    first: Day | None = Field(default=None, alias="from", description="A day of the period, or the first.")
    last: Day | None = Field(default=None, alias="to", description="Only for `custom`: the last day.")
    basis: Basis = Basis.consolidated
    rank_by: RankBy = Field(default=RankBy.amount, description="By what cities and counties are ordered.")


@fact(kw_only=True)
class Known:
    """Whether the books reach back to the days a year before, and to the 1 January before."""

    before: bool
    last_year: bool


class ComparedOut(BaseModel):
    """A number of the days and since 1 January, each beside the same days a year before."""

    value: int
    previous_value: int | None
    growth_per_mille: int | None
    since_new_year: int
    previous_since_new_year: int | None
    growth_since_new_year_per_mille: int | None

    @classmethod
    def of(cls, told: Compared, *, known: Known) -> Self:
        """Return a number as JSON shows it; what was before the books began is not known."""
        return cls(
            value=told.now,
            previous_value=told.before if known.before else None,
            growth_per_mille=told.growth if known.before else None,
            since_new_year=told.this_year,
            previous_since_new_year=told.this_year_before if known.last_year else None,
            growth_since_new_year_per_mille=told.growth_since_new_year if known.last_year else None,
        )


class ComparedMoneyOut(BaseModel):
    """An amount of the days and since 1 January, each beside the same days a year before."""

    value: MoneyOut
    previous_value: MoneyOut | None
    growth_per_mille: int | None
    since_new_year: MoneyOut
    previous_since_new_year: MoneyOut | None
    growth_since_new_year_per_mille: int | None

    @classmethod
    def of(cls, told: Compared, *, known: Known) -> Self:
        """Return an amount as JSON shows it; what was before the books began is not known."""
        plain = ComparedOut.of(told, known=known).model_dump()
        amounts = ("value", "previous_value", "since_new_year", "previous_since_new_year")
        return cls.model_validate(plain | {name: _money(plain[name]) for name in amounts})


class BriefRanksOut(BaseModel):
    """A member's place by each measure; null by what is not known of it. Equals share a place."""

    amount: int
    per_head: int | None
    growth: int | None
    completion: int | None


class BriefPeopleOut(BaseModel):
    """How many people live where a member asks, on which day, and who says so."""

    people_count: int
    counted_on: date
    sources: list[str]
    without_region_codes: list[str] = Field(
        description="Regions within its own that are not counted: their member does not stand below it."
    )

    @classmethod
    def of(cls, heads: Heads | None) -> Self | None:
        """Return them as JSON shows them, if they are known."""
        return heads and cls(
            people_count=heads.people,
            counted_on=heads.counted_on,
            sources=list(heads.sources),
            without_region_codes=list(heads.without),
        )


class BriefPlaceOut(BaseModel):
    """A member's place among those of its tier; a city counts with everybody below it."""

    rank: int | None = Field(description="By what was asked for.")
    ranks: BriefRanksOut
    organization_id: UUID
    code: str
    name: str
    region_code: str
    raised: ComparedMoneyOut
    target: MoneyOut | None
    completion_per_mille: int | None = Field(description="Of the year's target, raised since 1 January.")
    per_head: MoneyOut | None = Field(description="Half up to a fen.")
    per_ten_thousand: MoneyOut | None
    people: BriefPeopleOut | None
    per_head_missing: FigureMissingOut | None

    @classmethod
    def of(cls, place: Place, by: RankBy, *, known: Known) -> Self:
        """Return a member's place as JSON shows it."""
        return cls(
            rank=place.ranks[by],
            ranks=BriefRanksOut.model_validate(place.ranks),
            organization_id=place.organization.id,
            code=place.organization.code,
            name=place.organization.name,
            region_code=place.organization.region_code,
            raised=ComparedMoneyOut.of(place.raised, known=known),
            target=_money(place.target),
            completion_per_mille=place.completion_per_mille,
            per_head=_money(place.per_head()),
            per_ten_thousand=_money(place.per_head(TEN_THOUSAND)),
            people=BriefPeopleOut.of(place.heads),
            per_head_missing=None if place.heads else FigureMissingOut.of(Missing.no_population),
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
    not_compared_codes: list[str] = Field(
        description="Who kept no books yet in the days a year before: growth is told without them."
    )
    rank_by: RankBy
    cities: list[BriefPlaceOut]
    counties: list[BriefPlaceOut]

    @classmethod
    def of(cls, brief: Brief) -> Self:
        """Return a brief as JSON shows it."""
        known = Known(before=brief.known_before, last_year=brief.known_last_year)
        before = brief.span.year_before()
        amounts = ("raised", "goods", "online", "spent")
        counts = ("gift_count", "new_volunteers", "projects")
        told = {name: ComparedMoneyOut.of(getattr(brief, name), known=known) for name in amounts}
        more = {name: ComparedOut.of(getattr(brief, name), known=known) for name in counts}
        return cls.model_validate(
            {
                "organization": FiguresAboutOut.about(brief.scope.organization),
                "basis": brief.scope.basis,
                "period": brief.span.period,
                "title": wording.title(brief),
                "first_day": brief.span.first,
                "last_day": brief.span.last,
                "running": brief.span.running,
                "previous_first_day": before[0],
                "previous_last_day": before[1],
                "previous_missing": None if known.before else FigureMissingOut.of(Missing.no_books),
                **told,
                **more,
                "online_per_mille": brief.online_per_mille,
                "unspent": _money(brief.unspent),
                "target": _money(brief.target),
                "completion_per_mille": brief.completion_per_mille,
                "not_compared_codes": [one.code for one in brief.apart],
                "rank_by": brief.rank_by,
                "cities": [BriefPlaceOut.of(one, brief.rank_by, known=known) for one in brief.cities],
                "counties": [BriefPlaceOut.of(one, brief.rank_by, known=known) for one in brief.counties],
            }
        )


def _money(minor: int | None) -> MoneyOut | None:
    return None if minor is None else MoneyOut.of(minor)
