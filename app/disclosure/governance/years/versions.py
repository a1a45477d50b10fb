"""Versions: what is recorded of a year that is over, of which the latest version counts."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.governance.errors import HappenedAhead, SeatsUnfit
from app.disclosure.models import AnnualAudit, ExceptionReport, ForeignCooperation, PayList, StaffTotal
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations import organizations

Row = TypeVar("Row", AnnualAudit, ExceptionReport, ForeignCooperation, PayList, StaffTotal)

_KNOWN = {
    "staff_totals_count_check": SeatsUnfit(),
    "annual_audits_signed_check": HappenedAhead(),
    "exception_reports_reported_check": HappenedAhead(),
}


def must_be_over(year: int) -> None:
    """Refuse what is said of a year that still runs."""
    if year >= today().year:
        raise HappenedAhead(year=year)


async def add(session: WriteSession, said: Row) -> Row:
    """Keep what was said of a year under the next number; what was said before stays to be read."""
    # Of two at once one waits here, and takes the next number.
    await organizations.lock(session, said.organization_id)
    kind = type(said)
    before = select(func.max(kind.version)).where(
        kind.organization_id == said.organization_id, kind.year == said.year
    )
    said.version = (await session.scalar(before) or 0) + 1
    async with constraints.told(session, _KNOWN):
        session.add(said)
    return said


async def latest(session: ReadSession, kind: type[Row], organization_id: UUID, year: int) -> Row | None:
    """Return what was said last of a year."""
    query = select(kind).where(kind.organization_id == organization_id, kind.year == year)
    return await session.scalar(query.order_by(kind.version.desc()).limit(1))
