"""Erasures: a giver's key destroyed and everything under it gone, while the books and the log stay whole."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.fundraising.models import Donation, Donor
from app.fundraising.receipts import words
from app.kit import vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import NotFound
from app.kit.ids import read_code
from app.kit.models import VaultPerson
from app.transparency import log
from app.webhooks.models import Delivery

KIND = "erasure"


async def giver_of(session: ReadSession, lookup_code: str) -> UUID:
    """Return the person behind the gift with this lookup code."""
    query = select(Donation.person_id).where(Donation.lookup_code == read_code(lookup_code.strip()))
    found = await session.scalar(query)
    if found is None:
        raise NotFound("no gift has this lookup code", "没有捐赠使用该查询码")
    return found


async def erase(session: WriteSession, person_id: UUID) -> None:
    """Erase a giver: key, name, messages, bodies, stored answers; a second time it changes nothing.

    Entries, postings and leaves stay as they are: their commitments can be opened by nobody any more. The log
    gets a leaf that says that somebody was erased that day, not who.
    """
    await vault.erase(session, person_id)
    await words.forget(session, person_id)
    await session.execute(
        update(Donation).where(Donation.person_id == person_id).values(sealed=None, name_index=None)
    )
    gone = {"body_sealed": None}
    await session.execute(update(Delivery).where(Delivery.person_id == person_id).values(gone))
    # Who gives again is somebody new: the old number leads to nobody.
    await session.execute(update(Donor).where(Donor.id == person_id).values(external_index=None))
    await log.append(session, KIND, {"on": today().isoformat()}, reference=f"{KIND}:{person_id}")


async def known(session: ReadSession) -> list[tuple[UUID, datetime]]:
    """Return who was erased and when: the list that is kept outside of every backup."""
    query = select(VaultPerson.id, VaultPerson.erased_at).where(VaultPerson.erased_at.is_not(None))
    return [(row.id, row.erased_at) for row in await session.execute(query.order_by(VaultPerson.id))]


async def replay(session: WriteSession, people: Iterable[UUID]) -> int:
    """Erase again whom a restore brought back; return how many there were."""
    wanted = sorted(set(people))
    back = select(VaultPerson.id).where(VaultPerson.id.in_(wanted), VaultPerson.erased_at.is_(None))
    returned = (await session.scalars(back.order_by(VaultPerson.id))).all()
    for person_id in returned:
        await erase(session, person_id)
    return len(returned)
