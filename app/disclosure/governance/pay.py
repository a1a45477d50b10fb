"""Pay: the five highest of a year by post, and what everybody together was paid; no names."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select

from app.disclosure.governance.errors import (
    HappenedAhead,
    PayUnordered,
    PublicQualificationMissing,
    SeatsUnfit,
)
from app.disclosure.models import PayList, StaffTotal
from app.fundraising.models import FundraisingCertificate
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations import organizations

Row = TypeVar("Row", PayList, StaffTotal)


async def publish(session: WriteSession, said: PayList) -> PayList:
    """Publish the five highest pays of a year; said again, the later version counts and both can be read.

    Only of a year in which the organization held a certificate for public fundraising (81号令 5; B).
    """
    _must_be_over(said.year)
    amounts = [int(line["amount_minor"]) for line in said.lines]
    if amounts != sorted(amounts, reverse=True):
        raise PayUnordered
    if not await qualified(session, said.organization_id, said.year):
        raise PublicQualificationMissing(year=said.year, article="慈善组织信息公开办法 第五条", mark="B")
    return await _add(session, said)


async def total(session: WriteSession, said: StaffTotal) -> StaffTotal:
    """Record a year's totals of staff and pay (Charity Law 13); said again, the later version counts."""
    _must_be_over(said.year)
    return await _add(session, said)


async def qualified(session: ReadSession, organization_id: UUID, year: int) -> bool:
    """Return whether an organization held a certificate for public fundraising on a day of a year."""
    certificate = FundraisingCertificate
    held = select(func.count()).where(
        certificate.organization_id == organization_id,
        certificate.issued_on <= date(year, 12, 31),
        or_(certificate.revoked_on.is_(None), certificate.revoked_on > date(year, 1, 1)),
    )
    return bool(await session.scalar(held))


async def latest(session: ReadSession, kind: type[Row], organization_id: UUID, year: int) -> Row | None:
    """Return what was said last of a year."""
    query = select(kind).where(kind.organization_id == organization_id, kind.year == year)
    return await session.scalar(query.order_by(kind.version.desc()).limit(1))


def _must_be_over(year: int) -> None:
    if year >= today().year:
        raise HappenedAhead(year=year)


async def _add(session: WriteSession, said: Row) -> Row:
    # Of two at once one waits here, and takes the next number.
    await organizations.lock(session, said.organization_id)
    kind = type(said)
    before = select(func.max(kind.version)).where(
        kind.organization_id == said.organization_id, kind.year == said.year
    )
    said.version = (await session.scalar(before) or 0) + 1
    async with constraints.told(session, {"staff_totals_count_check": SeatsUnfit()}):
        session.add(said)
    return said
