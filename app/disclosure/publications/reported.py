"""Reported: the figures of a year as its published annual report says them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.disclosure.figures.annual import Year
from app.disclosure.figures.definitions import FigureId, Missing
from app.disclosure.figures.told import Told, unknown
from app.disclosure.models import Publication, PublicationKind
from app.disclosure.publications import contents
from app.kit.database import ReadSession

SECTION = "figures"
_KNOWN = {one.value for one in FigureId}


async def figures(session: ReadSession, organization_id: UUID, year: int) -> Year | None:
    """Return what an organization has published of a whole year, corrected last; None if it has not yet.

    Values alone: what they are made of, the books tell. They are its own, without anybody below it.
    """
    later = aliased(Publication)
    snapshot = await session.scalar(
        select(Publication.snapshot).where(
            Publication.organization_id == organization_id,
            Publication.kind == PublicationKind.annual_work_report,
            Publication.period_from == date(year, 1, 1),
            # A report made while the year ran is of a part of it.
            Publication.period_to == date(year, 12, 31),
            ~select(later.id).where(later.corrects_id == Publication.id).exists(),
        )
    )
    if snapshot is None:
        return None
    sections = {one["code"]: one for one in contents.read(snapshot)["sections"]}
    fields: list[Any] = sections[SECTION]["fields"] if SECTION in sections else []
    # How a year compares with the one before it is told of the year itself, and never of that one.
    told = {
        FigureId(one["code"]): unknown(Missing.nothing_before)
        if one["value"] is None
        else Told(value=int(one["value"]))
        for one in fields
        if one["code"] in _KNOWN and one["code"] != FigureId.raised_growth
    }
    return told if FigureId.raised in told else None
