"""Annual: all figures of an organization's year, each beside the year before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from app.disclosure.figures import money, praise, scopes, wholes, work
from app.disclosure.figures.definitions import DEFINITIONS, Definition, FigureId, FigureUnit, Missing
from app.disclosure.figures.money import Books
from app.disclosure.figures.scopes import Scope
from app.disclosure.figures.told import PartGroup, Told, growth, part, unknown
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.organizations.models import Organization

Year = Mapping[FigureId, Told]


@fact(kw_only=True)
class Figure:
    """A figure of a year with its definition, beside the same of the year before."""

    definition: Definition
    told: Told
    before: Told
    growth: int | None
    """In thousandths, half up; None where there is nothing to compare with, and for a growth itself."""
    growth_missing: Missing | None = None


@fact(kw_only=True)
class Annual:
    """What an organization did in a year up to a day; `final` if nothing more is booked in it."""

    scope: Scope
    year: int
    as_of: date
    final: bool
    figures: Sequence[Figure]
    apart: Sequence[Organization]
    """Whose money growth leaves out: their books do not tell of the whole year before."""

    def of(self, what: FigureId) -> Figure:
        """Return one of the figures."""
        return next(one for one in self.figures if one.definition.id is what)


async def compile_(session: ReadSession, scope: Scope, year: int, *, before: Year | None = None) -> Annual:
    """Return all figures of a year; raises YearAhead.

    From folded months, days and registers: a fixed number of statements, and no gift is read. With the year
    `before` as it was published it is held against that, and not against what the books say of it today. Like
    is held against like: no running year, and no member without whole books of the year before.
    """
    as_of = scopes.until(year)
    books = await money.books(session, scope, year)
    now = await _of_year(session, scope, books, as_of)
    if before is None:
        before = await _of_year(session, scope, books, date(year - 1, 12, 31))
    apart = await wholes.apart(session, list(scope.names.values()), year)
    beside = _Beside(
        running=as_of < date(year, 12, 31),
        apart=frozenset(one.code for one in apart),
        alone=len(scope.names) == 1,
    )
    grown = _grown(now[FigureId.raised], before[FigureId.raised], beside)
    told = {**now, FigureId.raised_growth: grown}
    return Annual(
        scope=scope,
        year=year,
        as_of=as_of,
        final=await scopes.closed(session, scope, year),
        figures=[_figure(one, told[one.id], before.get(one.id), beside) for one in DEFINITIONS],
        apart=apart,
    )


@fact(kw_only=True)
class _Beside:
    """How a year stands beside the one before: whether it runs, and who does not compare, by code."""

    running: bool
    apart: Collection[str]
    alone: bool

    def why_not(self, unit: FigureUnit) -> Missing | None:
        """Return why a figure's growth is not told, if it is not."""
        if self.running:
            return Missing.year_running
        if unit is FigureUnit.fen and self.alone and self.apart:
            return Missing.not_comparable
        return None

    def alike(self, told: Told, unit: FigureUnit) -> int | None:
        """Return what those have in a figure who can be compared: money goes by books."""
        if told.value is None or unit is not FigureUnit.fen:
            return told.value
        parts = (one for one in told.parts if one.group is PartGroup.organization and one.key in self.apart)
        return told.value - sum(one.value for one in parts)


def _figure(definition: Definition, told: Told, before: Told | None, beside: _Beside) -> Figure:
    if before is None:
        return Figure(definition=definition, told=told, before=unknown(Missing.nothing_before), growth=None)
    unit = definition.unit
    missing = None if before.value is None else beside.why_not(unit)
    grown = None if missing else growth(beside.alike(told, unit), beside.alike(before, unit))
    return Figure(definition=definition, told=told, before=before, growth=grown, growth_missing=missing)


def _grown(now: Told, before: Told, beside: _Beside) -> Told:
    if now.value is None or before.value is None:
        return unknown(now.missing or Missing.nothing_before)
    if (missing := beside.why_not(FigureUnit.fen)) is not None:
        return unknown(missing)
    this, last = beside.alike(now, FigureUnit.fen), beside.alike(before, FigureUnit.fen)
    grown = growth(this, last)
    if grown is None or this is None or last is None:
        return unknown(Missing.nothing_before)
    parts = [
        part(PartGroup.beside, ("this_year", "当年募集款物", "Raised this year"), this, FigureUnit.fen),
        part(PartGroup.beside, ("last_year", "上年募集款物", "Raised last year"), last, FigureUnit.fen),
    ]
    if beside.apart:
        named = ("not_compared", "上年账簿不完整的成员当年募集", "Raised by members that do not compare")
        parts.append(part(PartGroup.left_out, named, now.value - this, FigureUnit.fen))
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
