"""Members: what decides whom an organization is to a rule, its founding, and its fiscal years."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.disclosure.models import DisclosureThreshold, Dissolution, SubjectKind
from app.disclosure.obligations.facts import Fact, Member, Threshold
from app.disclosure.rules.law import Trigger, Who
from app.fundraising.models import FundraisingCertificate
from app.kit.database import ReadSession
from app.organizations.models import LegalForm, Organization

_FORMS = {LegalForm.association: Who.association, LegalForm.foundation: Who.foundation}


async def of(session: ReadSession, organization: Organization) -> Member:
    """Return what of an organization decides whom it is to a rule."""
    held = select(FundraisingCertificate).where(FundraisingCertificate.organization_id == organization.id)
    own = select(DisclosureThreshold).where(DisclosureThreshold.organization_id == organization.id)
    struck_off = select(Dissolution.deregistered_on).where(
        Dissolution.organization_id == organization.id, Dissolution.deregistered_on.is_not(None)
    )
    return Member(
        id=organization.id,
        form=_FORMS.get(organization.legal_form),
        books_from=organization.books_from,
        founded_on=organization.founded_on,
        ended_on=organization.ended_on,
        struck_off_on=await session.scalar(struck_off),
        certificates=[(one.issued_on, one.revoked_on) for one in await session.scalars(held)],
        thresholds=[
            Threshold(rule_id=one.rule_id, amount=one.amount_minor, valid_from=one.valid_from)
            for one in await session.scalars(own)
        ],
    )


def facts(member: Member, on: date) -> Iterator[Fact]:
    """Yield a member's founding, and the end of each of its years: of those in its books, with this one.

    A member that has ended has none after its last; whoever was struck off the register reports on no year
    that ends after that.
    """
    if member.founded_on is not None:
        yield Fact(
            trigger=Trigger.organization_founded,
            happened_on=member.founded_on,
            kind=SubjectKind.organization,
            id=member.id,
            title="",
        )
    last = on if member.ended_on is None else min(on, member.ended_on)
    for year in range(member.books_from.year, last.year + 1):
        if member.struck_off_on is not None and member.struck_off_on < date(year + 1, 1, 1):
            break
        yield Fact(
            trigger=Trigger.year_ended,
            happened_on=date(year + 1, 1, 1),
            kind=SubjectKind.year,
            id=member.id,
            title=str(year),
            year=year,
        )
