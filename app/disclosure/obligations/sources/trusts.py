"""Trusts as facts: who set one up, who is its trustee since when, and what was reported of its years."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import ANY, Fact, Member
from app.disclosure.rules.law import Trigger, Who
from app.fundraising.models import CharitableTrust, TrusteeKind, Trusteeship, TrustReport, TrustRole
from app.kit.database import ReadSession


async def facts(session: ReadSession, member: Member, on: date) -> list[Fact]:
    """Return what a member's charitable trusts set off, each by what the member is in it."""
    own = CharitableTrust.organization_id == member.id
    trusts = (await session.scalars(select(CharitableTrust).where(own).order_by(CharitableTrust.id))).all()
    if not trusts:
        return []
    ids = [trust.id for trust in trusts]
    held = select(Trusteeship).where(Trusteeship.trust_id.in_(ids)).order_by(Trusteeship.starts_on)
    told = select(TrustReport).where(TrustReport.trust_id.in_(ids))
    held_by, told_of = (await session.scalars(held)).all(), (await session.scalars(told)).all()
    found: list[Fact] = []
    for trust in trusts:
        if trust.role is TrustRole.settlor:
            found.append(_settled(trust))
        if trust.role is TrustRole.trustee:
            found += _trusteeships(trust, [one for one in held_by if one.trust_id == trust.id])
            found += _years(trust, {one.year: one for one in told_of if one.trust_id == trust.id}, on)
    return found


def _title(trust: CharitableTrust) -> str:
    return f"{trust.code} {trust.title}"


def _settled(trust: CharitableTrust) -> Fact:
    return Fact(
        trigger=Trigger.trust_settled,
        happened_on=trust.signed_on,
        kind=SubjectKind.trust,
        id=trust.id,
        title=_title(trust),
        binding=frozenset({Who.settlor}),
        done={ANY: trust.published_on},
    )


def _trusteeships(trust: CharitableTrust, held: Sequence[Trusteeship]) -> Iterator[Fact]:
    for number, one in enumerate(held):
        # Who is no charity files by itself, and nobody here knows of it.
        if one.kind is TrusteeKind.charity:
            yield Fact(
                trigger=Trigger.trustee_changed if number else Trigger.trust_signed,
                happened_on=one.starts_on,
                kind=SubjectKind.trusteeship,
                id=one.id,
                title=_title(trust),
                binding=frozenset({Who.trustee}),
                done={ANY: one.filed_on},
            )


def _years(trust: CharitableTrust, reports: dict[int, TrustReport], on: date) -> Iterator[Fact]:
    last = on.year if trust.ended_on is None else min(on.year, trust.ended_on.year)
    for year in range(trust.signed_on.year, last + 1):
        report = reports.get(year)
        yield Fact(
            trigger=Trigger.trust_year_ended,
            happened_on=date(year + 1, 1, 1),
            kind=SubjectKind.trust,
            id=trust.id,
            title=f"{_title(trust)} {year}",
            year=year,
            binding=frozenset({Who.trustee}),
            done={
                "OB-G4": report and report.reported_on,
                "OB-G4-publication": report and report.published_on,
            },
        )
