"""Pay: the five highest of a year by post, and what everybody together was paid; no names."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from app.disclosure.governance.errors import PayUnordered, PublicQualificationMissing
from app.disclosure.governance.years import versions
from app.disclosure.models import PayList, StaffTotal
from app.fundraising.models import FundraisingCertificate
from app.kit.database import ReadSession, WriteSession


async def publish(session: WriteSession, said: PayList) -> PayList:
    """Publish the five highest pays of a year; said again, the later version counts and both can be read.

    Only of a year in which the organization held a certificate for public fundraising (81号令 5; B).
    """
    versions.must_be_over(said.year)
    amounts = [int(line["amount_minor"]) for line in said.lines]
    if amounts != sorted(amounts, reverse=True):
        raise PayUnordered
    if not await qualified(session, said.organization_id, said.year):
        raise PublicQualificationMissing(year=said.year, article="慈善组织信息公开办法 第五条", mark="B")
    return await versions.add(session, said)


async def total(session: WriteSession, said: StaffTotal) -> StaffTotal:
    """Record a year's totals of staff and pay (Charity Law 13); said again, the later version counts."""
    versions.must_be_over(said.year)
    return await versions.add(session, said)


async def qualified(session: ReadSession, organization_id: UUID, year: int) -> bool:
    """Return whether an organization held a certificate for public fundraising on a day of a year."""
    certificate = FundraisingCertificate
    held = select(func.count()).where(
        certificate.organization_id == organization_id,
        certificate.issued_on <= date(year, 12, 31),
        or_(certificate.revoked_on.is_(None), certificate.revoked_on > date(year, 1, 1)),
    )
    return bool(await session.scalar(held))
