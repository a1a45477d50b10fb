"""Officers: people who hold or held a post; what is known of them lies in the vault."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.disclosure.models import Appointment, Officer, PostKind
from app.kit import constraints, vault
from app.kit.database import ReadSession, WriteSession
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight

NAME, PHONE, EMAIL, QUALITIES = "name", "phone", "email", "qualities"
_CONTACT = (PHONE, EMAIL)
_KNOWN = {"officers_staff_id_fkey": OutOfSight()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of an officer; `qualities` is what a candidate is chosen for (四有), in free words."""

    name: str
    phone: str | None = None
    email: str | None = None
    qualities: Sequence[str] = ()
    staff_id: UUID | None = None
    consented_on: date | None = None


async def enter(session: WriteSession, organization_id: UUID, said: Particulars, *, by: str) -> Officer:
    """Enter a person among an organization's officers."""
    officer = Officer(
        organization_id=organization_id,
        name_index=_indexed(session, said.name),
        staff_id=said.staff_id,
        consented_on=said.consented_on,
        recorded_by=by,
    )
    async with constraints.told(session, _KNOWN):
        session.add(officer)
    await _keep(session, officer, said)
    return officer


async def change(session: WriteSession, officer: Officer, said: Particulars) -> None:
    """Write down what is known of an officer now, in place of what was; consent withdrawn counts at once."""
    async with constraints.told(session, _KNOWN):
        officer.name_index, officer.staff_id = _indexed(session, said.name), said.staff_id
        officer.consented_on = said.consented_on
        officer.version += 1
    await _keep(session, officer, said)


async def get(session: ReadSession, officer_id: UUID, *, lock: bool = False) -> Officer:
    """Return an officer, or refuse."""
    found = await session.get(Officer, officer_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def particulars(session: ReadSession, officer: Officer) -> Particulars | None:
    """Return what is known of an officer; None if they were erased."""
    kept = (await vault.read(session, [officer.id], [NAME, *_CONTACT, QUALITIES])).get(officer.id)
    if kept is None:
        return None
    return Particulars(
        name=kept[NAME],
        phone=kept.get(PHONE),
        email=kept.get(EMAIL),
        qualities=kept[QUALITIES].split("\n") if kept.get(QUALITIES) else (),
        staff_id=officer.staff_id,
        consented_on=officer.consented_on,
    )


async def names(session: ReadSession, officer_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return what officers are called; who was erased is absent."""
    found = await vault.read(session, sorted(officer_ids), [NAME])
    return {officer_id: kept[NAME] for officer_id, kept in found.items()}


async def forget_contact(session: WriteSession, officer_id: UUID) -> None:
    """Delete how to reach an officer and their qualities; the record of their posts needs the rest."""
    await vault.forget(session, officer_id, [*_CONTACT, QUALITIES])


async def nameable(session: ReadSession, officer_ids: Collection[UUID]) -> set[UUID]:
    """Return who may be named in public: by law who sits or sat in a body (78), others by consent (82)."""
    seated = select(Appointment.officer_id).where(
        Appointment.officer_id.in_(officer_ids), Appointment.post != PostKind.commissioner
    )
    agreed = select(Officer.id).where(Officer.id.in_(officer_ids), Officer.consented_on.is_not(None))
    return {*await session.scalars(seated), *await session.scalars(agreed)}


def _indexed(session: ReadSession, name: str) -> bytes:
    return vault.of(session).index("officer_name", name)


async def _keep(session: WriteSession, officer: Officer, said: Particulars) -> None:
    values = {NAME: said.name, PHONE: said.phone, EMAIL: said.email, QUALITIES: "\n".join(said.qualities)}
    gone = [field for field, value in values.items() if not value]
    await vault.keep(session, officer.id, {field: value for field, value in values.items() if value})
    if gone:
        await vault.forget(session, officer.id, gone)


def leaving(one: Appointment) -> About:
    """Return under what the vault keeps why an officer left a post."""
    return About("appointment", one.id, one.officer_id)
