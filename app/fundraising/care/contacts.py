"""Contacts: when somebody of an organization spoke with a donor, and what was said, under the donor's key."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.models import ContactWay, Donor, DonorContact
from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact


@fact()
class Said:
    """What was said with a donor, how and when."""

    way: ContactWay
    happened_at: datetime
    words: str


async def note(
    session: WriteSession,
    donor: Donor,
    said: Said,
    *,
    organization_id: UUID,
    actor: str,
) -> DonorContact:
    """Keep that somebody spoke with a donor; the words are sealed, and erased with the donor."""
    contact = DonorContact(
        organization_id=organization_id,
        donor_id=donor.id,
        way=said.way,
        happened_at=said.happened_at,
        noted_by=actor,
    )
    session.add(contact)
    await session.flush()
    await vault.keep(session, donor.id, {_field(contact): said.words})
    return contact


def listing(organization_id: UUID, donor_ids: Collection[UUID]) -> Select[DonorContact]:
    """Return the query for an organization's contacts with somebody, known as these donors."""
    return select(DonorContact).where(
        DonorContact.organization_id == organization_id, DonorContact.donor_id.in_(donor_ids)
    )


async def words(session: ReadSession, contacts: Sequence[DonorContact]) -> Mapping[UUID, str | None]:
    """Return what was said, by contact; nothing of a donor who was erased."""
    told = await vault.read(session, [one.donor_id for one in contacts], [_field(one) for one in contacts])
    return {one.id: told.get(one.donor_id, {}).get(_field(one)) for one in contacts}


async def forget(session: WriteSession, donor_id: UUID) -> None:
    """Forget what was said with a donor; that it was said stays."""
    noted = await session.scalars(select(DonorContact).where(DonorContact.donor_id == donor_id))
    if fields := [_field(one) for one in noted]:
        await vault.forget(session, donor_id, fields)


def _field(contact: DonorContact) -> str:
    return f"contact:{contact.id}"
