"""Certificates as facts: on which day one was revoked, and public fundraising had to stop."""

from sqlalchemy import select

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import Fact, Member
from app.disclosure.rules.law import Trigger, Who
from app.fundraising.models import FundraisingCertificate
from app.kit.database import ReadSession


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return the certificates for public fundraising that were taken from a member."""
    query = select(FundraisingCertificate).where(
        FundraisingCertificate.organization_id == member.id, FundraisingCertificate.revoked_on.is_not(None)
    )
    return [
        Fact(
            trigger=Trigger.certificate_revoked,
            happened_on=one.revoked_on,
            kind=SubjectKind.certificate,
            id=one.id,
            title=one.number,
            # On that day it holds none any more: whoever held it is meant.
            binding=frozenset({Who.qualified}),
        )
        for one in await session.scalars(query.order_by(FundraisingCertificate.id))
        if one.revoked_on is not None
    ]
