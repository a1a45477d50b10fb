"""Volunteers: people who serve, each once in the whole federation, known under seal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.dialects.postgresql import insert

from app.kit import constraints, vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, new_id
from app.kit.persons import documents, guardians
from app.kit.persons.documents import DocumentKind
from app.kit.persons.guardians import Guardian
from app.organizations.errors import OutOfSight, RegionUnknown
from app.organizations.visitors import phones
from app.volunteers import totals
from app.volunteers.models import Enrolment, Volunteer
from app.volunteers.registry import consents
from app.volunteers.registry.errors import (
    IdentityDiffers,
    VolunteerErased,
)

FIELDS = (
    *("name", "gender", "born_on", "document_number", "phone", "address"),
    *("emergency_name", "emergency_phone", "guardian_name", "guardian_phone", "guardian_relation"),
)
"""What the vault keeps of a volunteer."""

NUMBER_LENGTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What somebody says about themselves when they register."""

    name: str
    document_kind: DocumentKind
    document_number: str
    phone: str
    born_on: date | None = None
    gender: str | None = None
    address: str | None = None
    emergency_name: str | None = None
    emergency_phone: str | None = None
    guardian: Guardian | None = None
    region_code: str | None = None
    skills: Sequence[str] = ()
    categories: Sequence[str] = ()
    languages: Sequence[str] = ()
    publish_scopes: Sequence[str] = ()


async def register(
    session: WriteSession, organization_id: UUID, person: Particulars, *, actor: str, checked: bool = False
) -> Volunteer:
    """Register a person with an organization; whoever is known already is enrolled there too.

    `checked`: somebody has compared the document with the person. Which of two registrations of one
    document came first is for the unique key to say; another name or telephone with it is refused.
    """
    document = documents.read(person.document_kind, person.document_number)
    phone = phones.telephone(person.phone)
    born_on = documents.birth(document, person.born_on)
    guardians.need(born_on, person.guardian)
    cipher = vault.of(session)
    row = {
        "id": new_id(),
        "created_at": now(),
        "organization_id": organization_id,
        "number": f"V{new_code(NUMBER_LENGTH)}",
        "registered_on": today(),
        "document_kind": document.kind,
        "document_index": cipher.index("document", document.index_text),
        "phone_index": cipher.index("phone", phone),
        "region_code": person.region_code,
        **{name: list(getattr(person, name)) for name in ("skills", "categories", "languages")},
        "publish_scopes": [],
        "version": 1,
    }
    async with constraints.told(session, {"volunteers_region_code_fkey": RegionUnknown()}):
        put = insert(Volunteer).values(row).on_conflict_do_nothing(index_elements=["document_index"])
        fresh = await session.scalar(put.returning(Volunteer.id))
    if fresh is None:
        volunteer = await _known(session, row, person.name)
    else:
        volunteer = await session.get_one(Volunteer, fresh)
        told = _told(person, document, phone, born_on)
        await vault.keep(session, volunteer.id, told)
        await totals.register(session, organization_id, today(), volunteers=1)
        await consents.record(session, volunteer, person.publish_scopes, person.guardian, actor=actor)
    await _enrol(session, volunteer, organization_id, actor)
    if checked:
        await check(session, volunteer, actor=actor)
    return volunteer


async def _known(session: WriteSession, row: dict[str, Any], name: str) -> Volunteer:
    # A statement of its own after the insert: it sees whoever was quicker.
    found = select(Volunteer).where(Volunteer.document_index == row["document_index"])
    volunteer = (await session.scalars(found)).one()
    kept = (await vault.read(session, [volunteer.id], ["name"])).get(volunteer.id, {})
    same = vault.normalised(kept.get("name", "")) == vault.normalised(name)
    if not same or volunteer.phone_index != row["phone_index"]:
        raise IdentityDiffers
    return volunteer


def _told(person: Particulars, document: documents.Document, phone: str, born_on: date) -> dict[str, str]:
    guardian = person.guardian
    told = {
        "name": person.name,
        "gender": documents.gender(document, person.gender),
        "born_on": born_on.isoformat(),
        "document_number": document.number,
        "phone": phone,
        "address": person.address,
        "emergency_name": person.emergency_name,
        "emergency_phone": person.emergency_phone,
        "guardian_name": guardian and guardian.name,
        "guardian_phone": guardian and guardian.phone,
        "guardian_relation": guardian and guardian.relation,
    }
    return {name: value for name, value in told.items() if value}


async def _enrol(session: WriteSession, volunteer: Volunteer, organization_id: UUID, actor: str) -> None:
    put = insert(Enrolment).values(
        volunteer_id=volunteer.id, organization_id=organization_id, enrolled_on=today(), actor=actor
    )
    await session.execute(put.on_conflict_do_nothing())


async def serve_with(
    session: WriteSession, volunteer: Volunteer, organization_id: UUID, *, actor: str
) -> None:
    """Let a volunteer serve with one more organization, which so sees who they are; again changes nothing."""
    refuse_erased(volunteer)
    await _enrol(session, volunteer, organization_id, actor)


async def check(session: WriteSession, volunteer: Volunteer, *, actor: str) -> None:
    """Note that somebody compared the document with the person. A second time it changes nothing."""
    refuse_erased(volunteer)
    if volunteer.checked_at is None:
        volunteer.checked_at, volunteer.checked_by = now(), actor
        volunteer.version += 1
    await session.flush()


def refuse_erased(volunteer: Volunteer) -> None:
    """Refuse whatever would be done to somebody who has been erased."""
    if volunteer.erased_at is not None:
        raise VolunteerErased(volunteer=volunteer.id)


async def get(session: ReadSession, volunteer_id: UUID, *, lock: bool = False) -> Volunteer:
    """Return a volunteer, or refuse; with `lock` nobody else changes them until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    volunteer = await session.get(Volunteer, volunteer_id, with_for_update=for_update, populate_existing=lock)
    if volunteer is None:
        raise OutOfSight
    return volunteer


async def seen(
    session: ReadSession, volunteer_id: UUID, places: frozenset[UUID], *, lock: bool = False
) -> Volunteer:
    """Return a volunteer who is enrolled at one of these organizations; nobody else exists for the caller."""
    enrolled = exists().where(Enrolment.volunteer_id == volunteer_id, Enrolment.organization_id.in_(places))
    if not await session.scalar(select(enrolled)):
        raise OutOfSight
    return await get(session, volunteer_id, lock=lock)


async def must_see(session: ReadSession, volunteer_ids: Collection[UUID], places: frozenset[UUID]) -> None:
    """Refuse unless each of these volunteers is enrolled at one of these organizations."""
    enrolled = select(Enrolment.volunteer_id).where(
        Enrolment.volunteer_id.in_(volunteer_ids), Enrolment.organization_id.in_(places)
    )
    if set(volunteer_ids) - set(await session.scalars(enrolled)):
        raise OutOfSight


def within(places: frozenset[UUID]) -> Select[Volunteer]:
    """Return the query for the volunteers who are enrolled at some of these organizations."""
    return select(Volunteer).where(enrolled_at(places))


def enrolled_at(places: frozenset[UUID]) -> ColumnElement[bool]:
    """Return the condition that a volunteer is enrolled at one of these organizations."""
    return exists().where(Enrolment.volunteer_id == Volunteer.id, Enrolment.organization_id.in_(places))


async def find(session: ReadSession, places: frozenset[UUID], document: documents.Document) -> Volunteer:
    """Return the volunteer with this document, if they are enrolled at one of these organizations."""
    index = vault.of(session).index("document", document.index_text)
    volunteer = await session.scalar(within(places).where(Volunteer.document_index == index))
    if volunteer is None:
        raise OutOfSight
    return volunteer


async def people(session: ReadSession, volunteer_ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """Return what the vault keeps of these volunteers, in clear; whoever was erased is absent."""
    return await vault.read(session, volunteer_ids, FIELDS)


async def names(session: ReadSession, volunteer_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of these volunteers; whoever was erased is absent."""
    known = await vault.read(session, volunteer_ids, ["name"])
    return {one: values["name"] for one, values in known.items() if "name" in values}


async def numbers(session: ReadSession, volunteer_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the numbers of these volunteers."""
    found = await session.execute(
        select(Volunteer.id, Volunteer.number).where(Volunteer.id.in_(volunteer_ids))
    )
    return {row[0]: row[1] for row in found}
