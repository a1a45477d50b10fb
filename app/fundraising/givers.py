"""Givers: what is known of who gave, opened from the vault for those who may read it, masked for the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.models import VaultPerson
from app.ledger.journal import Commitment, Draft

SAID_AT = "said_at"
"""Among the sealed words: when each thing was last said (`own.sayings`). It is no word of the giver's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The words that came with a gift. Both are None if nothing was told, or if the person was erased."""

    name: str | None = None
    message: str | None = None
    masked: bool = False


async def of(
    session: ReadSession, donations: Sequence[Donation], *, clear_in: Collection[UUID] = ()
) -> dict[UUID, Known]:
    """Return what is known of the givers of these donations, by donation, with one statement.

    In clear for the organizations of `clear_in`. For all others a name keeps its first character, and there
    is no message: people write their names and their stories into it.
    """
    opened = await told(session, donations)
    return {
        donation.id: _known(opened[donation.id], clear=donation.organization_id in clear_in)
        for donation in donations
    }


def _known(words: dict[str, Any], *, clear: bool) -> Known:
    name = words.get("name")
    if clear:
        return Known(name=name, message=words.get("message"))
    return Known(name=mask(name) if name else None, masked=True)


def mask(name: str) -> str:
    """Return a name of which only the first character can be read: 王小明 -> 王**, whatever its length."""
    return name.strip()[:1] + "**"


async def hold(session: WriteSession, donation_ids: Collection[UUID]) -> None:
    """Hold off whoever erases these gifts' givers until the transaction ends; before the gifts are locked.

    An erasure takes the giver and then the gifts: in the other order the two could wait for each other.
    """
    theirs = select(Donation.person_id).where(Donation.id.in_(donation_ids))
    query = select(VaultPerson.id).where(VaultPerson.id.in_(theirs)).order_by(VaultPerson.id)
    await session.execute(query.with_for_update(read=True))


async def told(session: ReadSession, donations: Sequence[Donation]) -> dict[UUID, dict[str, Any]]:
    """Return everything that came with each gift and is sealed; empty where there is nothing to read."""
    secrets = vault.of(session)
    keys = await vault.keys(session, list({donation.person_id for donation in donations}))
    return {
        donation.id: words(secrets, keys.get(donation.person_id), donation.person_id, donation.sealed)
        for donation in donations
    }


def words(secrets: vault.Vault, key: bytes | None, person_id: UUID, sealed: bytes | None) -> dict[str, Any]:
    """Return what came with a gift, opened with its giver's key; nothing without the key or without words."""
    if key is None or sealed is None:
        return {}
    opened: dict[str, Any] = orjson.loads(secrets.open(key, person_id, "gift", sealed))
    opened.pop(SAID_AT, None)
    return opened


def called(words: Mapping[str, Any]) -> str:
    """Return what an entry commits to as its giver: the name, else the platform's number, else nothing."""
    return words.get("name") or words.get("external_id") or ""


async def committed(session: ReadSession, donation: Donation, draft: Draft) -> Draft:
    """Return a donation's new recording entry with what it commits to: the giver and the source's number."""
    key = (await vault.keys(session, [donation.person_id])).get(donation.person_id)
    if key is None:
        return draft
    donor = called(words(vault.of(session), key, donation.person_id, donation.sealed))
    said = Commitment(person_key=key, donor=donor, reference=donation.their_id)
    return replace(draft, commits=said)
