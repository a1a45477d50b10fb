"""Measures: a value of a publication as a person reads it, by its unit, with nobody named who may not be."""

from collections.abc import Sequence
from datetime import date

from app.disclosure import names
from app.disclosure.publications.contents import Measure
from app.disclosure.schemas.publications.contents import PublicationCell, PublicationPersonOut
from app.site.languages import Writer

GAP = "—"


def written(t: Writer, value: PublicationCell, unit: str | None) -> str:
    """Return one value in the writer's language; what our data can't fill is a dash."""
    if value is None:
        return GAP
    if isinstance(value, PublicationPersonOut):
        return value.name or names.LABELS[t.language]
    if unit == Measure.fen:
        return t.money(int(value))
    if unit == Measure.day:
        return t.day(date.fromisoformat(str(value)))
    if unit == Measure.basis_points:
        return t.percent(int(value))
    return t.count(value) if isinstance(value, int) else value


def changed(
    t: Writer,
    value: PublicationCell | list[PublicationCell],
    unit: str,
    units: Sequence[Measure] | None,
) -> str:
    """Return one side of a change: a value, or a whole row of a table with its cells one after the other."""
    if isinstance(value, list):
        return " · ".join(
            written(t, cell, kind) for cell, kind in zip(value, units or [None] * len(value), strict=True)
        )
    return written(t, value, unit)
