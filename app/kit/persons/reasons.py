"""Reasons: why staff did something about a person, in words that may name them, sealed under their key."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact


@fact()
class About:
    """What was done, by its kind and id, and about whom."""

    kind: str
    id: UUID
    person_id: UUID

    @property
    def field(self) -> str:
        """The name under which the vault keeps the reason."""
        return f"{self.kind}_reason:{self.id}"


async def keep(session: WriteSession, about: About, reason: str) -> None:
    """Seal a reason with its person; of one who was erased before, under a key of its own.

    What is done goes on after an erasure, and why is then about nobody known. Where what is done to is itself
    all that the person is known by, there is no other key, and nothing is kept.
    """
    said = {about.field: reason}
    try:
        await vault.keep(session, about.person_id, said)
    except vault.PersonErased:
        if about.id != about.person_id:
            await vault.keep(session, about.id, said)


async def hand_over(session: WriteSession, about: About, person_id: UUID) -> None:
    """Seal a reason with somebody else, who has turned out to be the person it is about; none is none."""
    said = (await read(session, [about])).get(about.id)
    if said is not None:
        await vault.forget(session, about.person_id, [about.field])
        await keep(session, replace(about, person_id=person_id), said)


async def read(session: ReadSession, told: Iterable[About]) -> Mapping[UUID, str]:
    """Return many reasons by the id of what was done; of a person erased since there are none."""
    abouts = list(told)
    if not abouts:
        return {}
    holders = {holder for one in abouts for holder in (one.person_id, one.id)}
    found = await vault.read(session, sorted(holders), [one.field for one in abouts])
    # The field names what was done: whoever holds it, it is the one reason.
    by_field = {field: words for kept in found.values() for field, words in kept.items()}
    return {one.id: by_field[one.field] for one in abouts if one.field in by_field}
