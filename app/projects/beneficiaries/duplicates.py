"""Duplicates: what somebody, or who lives with them, has received anywhere in the federation already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.kit.database import ReadSession
from app.kit.persons.documents import Document
from app.organizations.models import Organization
from app.projects.beneficiaries import persons
from app.projects.models import Beneficiary, Benefit, BenefitKind, Project, ProjectCategory

LINES_MAX = 200
"""Nobody is helped so often that more would be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which help matters; None does not."""

    since: date | None = None
    category: ProjectCategory | None = None
    household: bool = True


@dataclass(frozen=True, slots=True)
class Received:
    """Help that was given: what and where, and whether to the person or to who lives with them."""

    organization_id: UUID
    organization_name: str
    project_code: str
    project_title: str
    category: ProjectCategory
    kind: BenefitKind
    given_on: date
    title: str
    amount_minor: int
    same_person: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was given, and who is known to have been looked for: for the log of looks."""

    beneficiary_id: UUID | None
    received: Sequence[Received]

    @property
    def places(self) -> frozenset[UUID]:
        """The organizations of whose help was told."""
        return frozenset(one.organization_id for one in self.received)


async def find(session: ReadSession, document: Document, wanted: Wanted) -> Found:
    """Return what the person with a document has received, as `of` does; nothing of whom nobody knows.

    Everybody who gives may ask about everybody, by the whole number of a document only: it is looked for
    where the caller sees nothing else, or the same person would be helped twice for one illness.
    """
    found_by = persons.index(session, document)
    person = await session.scalar(select(Beneficiary).where(Beneficiary.document_index == found_by))
    return Found(None, []) if person is None else await of(session, person, wanted)


async def of(session: ReadSession, person: Beneficiary, wanted: Wanted) -> Found:
    """Return what a person has received from any member, the latest first; who asked before is not told."""
    whose = Beneficiary.id == person.id
    if wanted.household and person.household_id is not None:
        whose |= Beneficiary.household_id == person.household_id
    theirs = Benefit.beneficiary_id.in_(select(Beneficiary.id).where(whose))
    conditions: list[ColumnElement[bool]] = [theirs, Benefit.voided_at.is_(None)]
    if wanted.since is not None:
        conditions.append(Benefit.given_on >= wanted.since)
    if wanted.category is not None:
        conditions.append(Benefit.category == wanted.category)
    rows = await session.execute(
        select(Benefit, Organization.name, Project.code, Project.title)
        .join(Organization, Organization.id == Benefit.organization_id)
        .join(Project, Project.id == Benefit.project_id)
        .where(*conditions)
        .order_by(Benefit.given_on.desc(), Benefit.id.desc())
        .limit(LINES_MAX)
    )
    return Found(person.id, [_received(person.id, *row) for row in rows])


def _received(person_id: UUID, benefit: Benefit, name: str, code: str, title: str) -> Received:
    return Received(
        organization_id=benefit.organization_id,
        organization_name=name,
        project_code=code,
        project_title=title,
        category=benefit.category,
        kind=benefit.kind,
        given_on=benefit.given_on,
        title=benefit.title,
        amount_minor=benefit.amount_minor,
        same_person=benefit.beneficiary_id == person_id,
    )
