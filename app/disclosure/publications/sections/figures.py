"""Figures: a year in the numbers that everybody asks for, each by the definition under which it is served."""

from collections.abc import Mapping, Sequence

from app.disclosure.figures import annual, scopes
from app.disclosure.figures.definitions import FigureUnit
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Field, Measure, Said, Value
from app.kit.database import ReadSession
from app.ledger.balances import Basis

_UNITS: Mapping[FigureUnit, Measure] = {
    FigureUnit.fen: Measure.fen,
    FigureUnit.persons: Measure.persons,
    FigureUnit.person_times: Measure.person_times,
    FigureUnit.per_mille: Measure.basis_points,
    FigureUnit.grams: Measure.grams,
}


async def of_year(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell the figures of the organization itself; what is not known is missing, never nothing."""
    scope = await scopes.of(session, asked.organization.id, Basis.entity)
    told = await annual.compile_(session, scope, asked.first.year)
    fields: list[Said] = []
    for one in told.figures:
        unit, value = _UNITS.get(one.definition.unit, Measure.number), _value(one)
        fields.append(Field(one.definition.id, one.definition.title_zh, one.definition.title, unit, value))
    return fields


def _value(one: annual.Figure) -> Value:
    value = one.told.value
    return value * 10 if value is not None and one.definition.unit is FigureUnit.per_mille else value
