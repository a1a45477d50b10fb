"""Persons: people who are helped, each once in the whole federation, known under seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.dialects.postgresql import insert

from app.kit import constraints, vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, new_id
from app.kit.persons import documents, guardians
from app.kit.persons.documents import Document, DocumentKind
from app.kit.persons.guardians import Guardian
from app.organizations.errors import OutOfSight, RegionUnknown
from app.organizations.visitors import phones
from app.projects.beneficiaries import agreements
from app.projects.beneficiaries.errors import BeneficiaryErased, BeneficiaryNameDiffers, HouseholdUnknown
from app.projects.models import Beneficiary, BeneficiaryEnrolment

FIELDS = (
    *("name", "gender", "born_on", "document_number", "phone", "address", "bank_account"),
    *("guardian_name", "guardian_phone", "guardian_relation"),
)
"""What the vault keeps of a beneficiary."""

NUMBER_LENGTH = 10
INDEX = "beneficiary"
"""Beneficiaries and volunteers are found apart: nobody learns from the one that somebody is the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said about somebody who is to be helped, and when they agreed that it is kept."""

    name: str
    document_kind: DocumentKind
    document_number: str
    agreed_at: datetime
    phone: str | None = None
    born_on: date | None = None
    gender: str | None = None
    address: str | None = None
    bank_account: str | None = None
    guardian: Guardian | None = None
    region_code: str | None = None
    publish_scopes: Sequence[str] = ()


async def register(
    session: WriteSession, organization_id: UUID, person: Particulars, *, actor: str
) -> Beneficiary:
    """Register a person with an organization; whoever is known already is enrolled there too.

    Which of two registrations of one document came first is for the unique key to say; another name with it
    is refused, and the refusal does not tell the right one.
    """
    document = documents.read(person.document_kind, person.document_number)
    born_on = documents.birth(document, person.born_on)
    guardians.need(born_on, person.guardian)
    told = _told(person, document, born_on)
    found_by = index(session, document)
    row: dict[str, Any] = {
        "id": new_id(),
        "created_at": now(),
        "organization_id": organization_id,
        "number": f"B{new_code(NUMBER_LENGTH)}",
        "registered_on": today(),
        "document_kind": document.kind,
        "document_index": found_by,
        "region_code": person.region_code,
        "publish_scopes": [],
        "version": 1,
    }
    async with constraints.told(session, {"beneficiaries_region_code_fkey": RegionUnknown()}):
        put = insert(Beneficiary).values(row).on_conflict_do_nothing(index_elements=["document_index"])
        fresh = await session.scalar(put.returning(Beneficiary.id))
    if fresh is None:
        beneficiary = await _known(session, found_by, person.name)
    else:
        beneficiary = await session.get_one(Beneficiary, fresh)
        await vault.keep(session, beneficiary.id, told)
    await _enrol(session, beneficiary, organization_id, actor)
    await agreements.record(session, beneficiary, organization_id, person.agreed_at, actor=actor)
    if person.guardian is not None:
        await agreements.guard(session, beneficiary, organization_id, person.guardian.agreed_at, actor=actor)
    if person.publish_scopes:
        await agreements.publish(session, beneficiary, organization_id, person.publish_scopes, actor=actor)
    return beneficiary


def index(session: ReadSession, document: Document) -> bytes:
    """Return by what a document is found again without being readable."""
    return vault.of(session).index(INDEX, document.index_text)


def _told(person: Particulars, document: Document, born_on: date) -> dict[str, str]:
    guardian = person.guardian
    told = {
        "name": person.name,
        "gender": documents.gender(document, person.gender),
        "born_on": born_on.isoformat(),
        "document_number": document.number,
        "phone": person.phone and phones.telephone(person.phone),
        "address": person.address,
        "bank_account": person.bank_account,
        "guardian_name": guardian and guardian.name,
        "guardian_phone": guardian and guardian.phone,
        "guardian_relation": guardian and guardian.relation,
    }
    return {name: value for name, value in told.items() if value}


async def _known(session: WriteSession, found_by: bytes, name: str) -> Beneficiary:
    # A statement of its own after the insert: it sees whoever was quicker.
    query = select(Beneficiary).where(Beneficiary.document_index == found_by)
    beneficiary = (await session.scalars(query)).one()
    kept = (await vault.read(session, [beneficiary.id], ["name"])).get(beneficiary.id, {})
    if vault.normalised(kept.get("name", "")) != vault.normalised(name):
        raise BeneficiaryNameDiffers
    return beneficiary


async def _enrol(session: WriteSession, beneficiary: Beneficiary, at: UUID, actor: str) -> None:
    put = insert(BeneficiaryEnrolment).values(
        beneficiary_id=beneficiary.id, organization_id=at, enrolled_on=today(), actor=actor
    )
    await session.execute(put.on_conflict_do_nothing())


def within(places: frozenset[UUID]) -> Select[Beneficiary]:
    """Return the query for the beneficiaries who are helped by some of these organizations."""
    return select(Beneficiary).where(enrolled_at(places))


def enrolled_at(places: frozenset[UUID]) -> ColumnElement[bool]:
    """Return the condition that a beneficiary is helped by one of these organizations."""
    return exists().where(
        BeneficiaryEnrolment.beneficiary_id == Beneficiary.id,
        BeneficiaryEnrolment.organization_id.in_(places),
    )


async def seen(
    session: ReadSession, beneficiary_id: UUID, places: frozenset[UUID], *, lock: bool = False
) -> Beneficiary:
    """Return a beneficiary of one of these organizations; nobody else exists for the caller."""
    query = within(places).where(Beneficiary.id == beneficiary_id)
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise OutOfSight
    return found


async def find(session: ReadSession, places: frozenset[UUID], document: Document) -> Beneficiary:
    """Return the beneficiary with this document, if one of these organizations helps them."""
    found = await session.scalar(within(places).where(Beneficiary.document_index == index(session, document)))
    if found is None:
        raise OutOfSight
    return found


async def told_of(session: ReadSession, beneficiary: Beneficiary) -> dict[str, str]:
    """Return what the vault keeps of a beneficiary, in clear; of whoever was erased, nothing."""
    return (await vault.read(session, [beneficiary.id], FIELDS)).get(beneficiary.id, {})


async def amend(session: WriteSession, beneficiary: Beneficiary, changes: dict[str, Any]) -> None:
    """Change what is said about a beneficiary on their word; what is absent stays, null forgets."""
    refuse_erased(beneficiary)
    refusals = {
        "beneficiaries_region_code_fkey": RegionUnknown(),
        "beneficiaries_household_id_fkey": HouseholdUnknown(),
    }
    if changes.get("phone"):
        changes["phone"] = phones.telephone(changes["phone"])
    sealed = {name: value for name, value in changes.items() if name in FIELDS}
    async with constraints.told(session, refusals):
        for name in changes.keys() - sealed.keys():
            setattr(beneficiary, name, changes[name])
        beneficiary.version += 1
    await vault.keep(session, beneficiary.id, {name: value for name, value in sealed.items() if value})
    await vault.forget(session, beneficiary.id, [name for name, value in sealed.items() if not value])


def refuse_erased(beneficiary: Beneficiary) -> None:
    """Refuse whoever has been erased."""
    if beneficiary.erased_at is not None:
        raise BeneficiaryErased(beneficiary=beneficiary.id)
