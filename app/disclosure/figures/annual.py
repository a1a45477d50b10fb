"""Annual: all figures of an organization's year, each beside the year before."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.disclosure.figures import money, praise, scopes, work
from app.disclosure.figures.definitions import DEFINITIONS, Definition, FigureId, FigureUnit, Missing
from app.disclosure.figures.money import Books
from app.disclosure.figures.scopes import Scope
from app.disclosure.figures.told import PartGroup, Told, growth, part, unknown
from app.kit.database import ReadSession
from app.kit.facts import fact

Year = Mapping[FigureId, Told]


@fact(kw_only=True)
class Figure:
    """A figure of a year with its definition, beside the same of the year before."""

    definition: Definition
    told: Told
    before: Told
    growth: int | None
    """In thousandths, half up; None where there is nothing to compare with, and for a growth itself."""


@fact(kw_only=True)
class Annual:
    """What an organization did in a year up to a day; `final` if nothing more is booked in it."""

    scope: Scope
    year: int
    as_of: date
    final: bool
    figures: Sequence[Figure]

    def of(self, what: FigureId) -> Figure:
        """Return one of the figures."""
        return next(one for one in self.figures if one.definition.id is what)


async def compile_(session: ReadSession, scope: Scope, year: int, *, before: Year | None = None) -> Annual:
    """Return all figures of a year; raises YearAhead.

    From folded months, days and registers: a fixed number of statements, and no gift is read. With the year
    `before` as it was published it is held against that, and not against what the books say of it today.
    """
    as_of = scopes.until(year)
    books = await money.books(session, scope, year)
    now = await _of_year(session, scope, books, as_of)
    if before is None:
        before = await _of_year(session, scope, books, date(year - 1, 12, 31))
    told = {**now, FigureId.raised_growth: _grown(now[FigureId.raised], before[FigureId.raised])}
    return Annual(
        scope=scope,
        year=year,
        as_of=as_of,
        final=await scopes.closed(session, scope, year),
        figures=[
            Figure(
                definition=one,
                told=told[one.id],
                before=before.get(one.id, unknown(Missing.nothing_before)),
                growth=growth(told[one.id].value, before[one.id].value) if one.id in before else None,
            )
            for one in DEFINITIONS
        ],
    )


def _grown(now: Told, before: Told) -> Told:
    grown = growth(now.value, before.value)
    if grown is None or now.value is None or before.value is None:
        return unknown(now.missing or Missing.nothing_before)
    parts = [
        part(PartGroup.beside, ("this_year", "当年募集款物", "Raised this year"), now.value, FigureUnit.fen),
        part(
            PartGroup.beside, ("last_year", "上年募集款物", "Raised last year"), before.value, FigureUnit.fen
        ),
    ]
    return Told(value=grown, parts=parts)


async def _of_year(session: ReadSession, scope: Scope, told: Books, last: date) -> Year:
    year = last.year
    projects, categories = await work.projects(session, scope, last)
    persons, times = await work.people(session, scope, last)
    return {
        FigureId.raised: money.raised(scope, told, year),
        FigureId.projects: projects,
        FigureId.beneficiary_persons: persons,
        FigureId.beneficiary_person_times: times,
        FigureId.raised_emergency: await money.emergency(session, scope, year),
        FigureId.raised_online: money.online(scope, told, year),
        FigureId.poverty_relief_categories: categories,
        FigureId.poverty_relief_spent: money.poverty_relief(scope, told, year),
        FigureId.pilot_counties: await work.pilots(session, scope, last),
        FigureId.new_volunteers: await work.volunteers(session, scope, last),
        FigureId.clothes_collected: await work.clothes(session, scope, last),
        FigureId.target_sites: await work.target_sites(session, scope, year),
        FigureId.honours: await praise.honoured(session, scope, last),
        FigureId.commendations: await praise.commended(session, scope, last),
    }
