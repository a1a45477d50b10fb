"""Compiled: basic information as of a day, and a year's related parties, as they go into publications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from app.disclosure.governance import (
    bookkeeping,
    charters,
    contacts,
    officers,
    papers,
    posts,
    registers,
    related,
    systems,
)
from app.disclosure.governance.bookkeeping import Kept
from app.disclosure.governance.posts import Wanted
from app.disclosure.models import (
    Appointment,
    Charter,
    CouncilTerm,
    ExpenseStandard,
    ManagementSystem,
    OfficialChannel,
    OrganizationUnit,
    PublicContact,
    RelatedEvent,
    RelatedParty,
    UnitBooks,
)
from app.fundraising.models import NamedFund
from app.kit.database import ReadSession
from app.ledger.models import Fund
from app.organizations.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialFund:
    """A special fund as basic information lists it."""

    code: str
    title: str
    purpose: str
    founded_on: date
    unit: str | None
    """What the unit is called that keeps its books in this fund."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicInformation:
    """What an organization publishes of itself (81号令 4), as it stood at the end of a day.

    `names` holds those alone that may be published, by the ids of officers, related parties and contacts;
    `files` the documents that everybody may have, by the ids of charters, standards and systems; `books` how
    units keep their books, by their ids.
    """

    organization: Organization
    as_of: date
    charter: Charter | None
    terms: Sequence[CouncilTerm]
    roster: Sequence[Appointment]
    units: Sequence[OrganizationUnit]
    funds: Sequence[SpecialFund]
    standards: Sequence[ExpenseStandard]
    contact: PublicContact | None
    channels: Sequence[OfficialChannel]
    systems: Sequence[ManagementSystem]
    books: Mapping[UUID, Kept]
    related: Sequence[RelatedParty]
    names: Mapping[UUID, str]
    files: Mapping[UUID, Sequence[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedYear:
    """The important related parties of a year, and what was dealt with each of them in it."""

    organization: Organization
    year: int
    parties: Sequence[RelatedParty]
    events: Sequence[RelatedEvent]
    names: Mapping[UUID, str]


async def basic_information(
    session: ReadSession, organization: Organization, as_of: date
) -> BasicInformation:
    """Compile an organization's basic information as of a day, with the names that everybody may read."""
    at = organization.id
    roster = (await session.scalars(posts.public(at, Wanted(on=as_of)).order_by(*posts.ORDER))).all()
    parties = (await session.scalars(related.important(at, as_of, as_of).order_by(RelatedParty.id))).all()
    charter, standards = await _charter(session, at, as_of), await _standards(session, at, as_of)
    contact, rules = await contacts.on(session, at, as_of), await _systems(session, at, as_of)
    units = await _units(session, at, as_of)
    told = await bookkeeping.of(session, [one.id for one in units])
    books = {unit: found for unit, kept in told.items() if (found := bookkeeping.at(kept, as_of))}
    owned = {
        charters.KIND: [charter.id] if charter else [],
        registers.KIND: [one.id for one in standards],
        systems.KIND: [one.id for one in rules],
    }
    return BasicInformation(
        organization=organization,
        as_of=as_of,
        charter=charter,
        terms=await _terms(session, at, as_of),
        roster=roster,
        units=units,
        funds=await funds(session, at, as_of),
        standards=standards,
        contact=contact,
        channels=await _channels(session, at, as_of),
        systems=rules,
        books=books,
        related=parties,
        names={
            **await officers.names(session, {one.officer_id for one in roster}),
            **await related.names(session, parties, public=True),
            **await contacts.names(session, [contact] if contact else []),
        },
        files={
            owner: files
            for kind, owners in owned.items()
            for owner, files in (await papers.of(session, kind, owners, public=True)).items()
        },
    )


async def related_parties(session: ReadSession, organization: Organization, year: int) -> RelatedYear:
    """Compile the related parties of a year and what was dealt with them (81号令 15), as published."""
    since, until = date(year, 1, 1), date(year, 12, 31)
    query = related.important(organization.id, since, until).order_by(RelatedParty.id)
    parties = (await session.scalars(query)).all()
    dealt = related.dealt(organization.id).where(RelatedEvent.happened_on.between(since, until))
    dealt = dealt.order_by(RelatedEvent.happened_on, RelatedEvent.id)
    return RelatedYear(
        organization=organization,
        year=year,
        parties=parties,
        events=(await session.scalars(dealt)).all(),
        names=await related.names(session, parties, public=True),
    )


async def funds(session: ReadSession, organization_id: UUID, as_of: date) -> list[SpecialFund]:
    """Return the named and micro funds that an organization had founded by a day."""
    query = (
        select(Fund.code, Fund.title, NamedFund.purpose, NamedFund.founded_on, OrganizationUnit.name)
        .join(Fund, Fund.id == NamedFund.fund_id)
        .outerjoin(UnitBooks, (UnitBooks.fund_id == Fund.id) & bookkeeping.on(as_of))
        .outerjoin(OrganizationUnit, OrganizationUnit.id == UnitBooks.unit_id)
        .where(NamedFund.organization_id == organization_id, NamedFund.founded_on <= as_of)
        .order_by(NamedFund.founded_on, Fund.code)
    )
    return [
        SpecialFund(code=code, title=title, purpose=purpose, founded_on=founded_on, unit=unit)
        for code, title, purpose, founded_on, unit in await session.execute(query)
    ]


async def _charter(session: ReadSession, organization_id: UUID, as_of: date) -> Charter | None:
    query = select(Charter).where(
        Charter.organization_id == organization_id,
        Charter.effective_from <= as_of,
        Charter.replaced_on.is_(None),
    )
    return await session.scalar(query.order_by(Charter.effective_from.desc()).limit(1))


async def _terms(session: ReadSession, organization_id: UUID, as_of: date) -> Sequence[CouncilTerm]:
    query = select(CouncilTerm).where(
        CouncilTerm.organization_id == organization_id,
        CouncilTerm.starts_on <= as_of,
        or_(CouncilTerm.closed_on.is_(None), CouncilTerm.closed_on >= as_of),
    )
    return (await session.scalars(query.order_by(CouncilTerm.body))).all()


async def units_until(session: ReadSession, organization_id: UUID, as_of: date) -> Sequence[OrganizationUnit]:
    """Return the units that an organization had founded by a day, those that have an end too."""
    unit = OrganizationUnit
    query = select(unit).where(
        unit.organization_id == organization_id, unit.replaced_on.is_(None), unit.founded_on <= as_of
    )
    return (await session.scalars(query.order_by(unit.founded_on, unit.id))).all()


async def _units(session: ReadSession, organization_id: UUID, as_of: date) -> Sequence[OrganizationUnit]:
    known = await units_until(session, organization_id, as_of)
    return [one for one in known if one.closed_on is None or one.closed_on >= as_of]


async def _channels(session: ReadSession, organization_id: UUID, as_of: date) -> Sequence[OfficialChannel]:
    row = OfficialChannel
    query = select(row).where(row.organization_id == organization_id, contacts.open_on(as_of))
    return (await session.scalars(query.order_by(row.opened_on, row.id))).all()


async def _systems(session: ReadSession, organization_id: UUID, as_of: date) -> Sequence[ManagementSystem]:
    row = ManagementSystem
    query = select(row).where(row.organization_id == organization_id, systems.in_force(as_of))
    return (await session.scalars(query.order_by(row.kind, row.effective_from, row.id))).all()


async def _standards(session: ReadSession, organization_id: UUID, as_of: date) -> Sequence[ExpenseStandard]:
    row = ExpenseStandard
    newest = (
        select(row.kind, func.max(row.effective_from).label("effective_from"))
        .where(row.organization_id == organization_id, row.effective_from <= as_of)
        .group_by(row.kind)
        .subquery()
    )
    query = (
        select(row)
        .join(newest, (newest.c.kind == row.kind) & (newest.c.effective_from == row.effective_from))
        .where(row.organization_id == organization_id)
    )
    return (await session.scalars(query.order_by(row.kind))).all()
