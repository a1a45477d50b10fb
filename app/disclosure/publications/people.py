"""People: those behind a publication's commitments, whose names are joined to it while they agree."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure import names
from app.disclosure.governance import contacts
from app.disclosure.governance import officers as governance
from app.disclosure.governance import related as related_parties
from app.disclosure.models import (
    Appointment,
    PartyKind,
    PostKind,
    PublicationPerson,
    PublicContact,
    RelatedParty,
)
from app.disclosure.names import Naming
from app.disclosure.publications.contents import Person
from app.fundraising import givers as known
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import ReadSession
from app.ledger.models import Entry

GIVER, OFFICER, RELATED, CONTACT = "giver", "officer", "related", "contact"

Shown = Mapping[str, str]
"""Names that may be shown at this moment, by the commitment (in hex) in whose place they are read."""


async def givers(session: ReadSession, gifts: Sequence[Donation]) -> dict[UUID, Person]:
    """Return who gave, as a publication may say it, by gift: the commitment that the gift's leaf carries too.

    It was made when the gift was booked: the giver's receipt file opens it, here as well as in the log.
    """
    wanted = {gift.entry_id: gift.id for gift in gifts}
    rows = await session.execute(select(Entry.id, Entry.commit_donor).where(Entry.id.in_(wanted)))
    return {
        wanted[entry_id]: Person(
            commitment=bytes(commitment), kind=GIVER, id=wanted[entry_id], entry_id=entry_id
        )
        for entry_id, commitment in rows
        if commitment is not None
    }


async def _agreed(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    # Name and amount stand side by side: who hides either is not named.
    query = select(Donation).where(
        Donation.id.in_(ids), Donation.show_name, Donation.show_amount, ~Donation.anonymous
    )
    gifts = (await session.scalars(query.execution_options(populate_existing=True))).all()
    words = await known.told(session, gifts)
    found = {gift.id: names.of(gift, words[gift.id].get("name")) for gift in gifts}
    return {
        gift_id: name.text for gift_id, name in found.items() if name.naming is Naming.consented and name.text
    }


async def officers(session: ReadSession, held: Sequence[Appointment]) -> dict[UUID, Person]:
    """Return who holds these posts, by appointment: a commitment under the officer's own key."""
    return await _committed(session, {one.id: one.officer_id for one in held}, OFFICER)


async def _serving(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    # The members of the bodies are named by law (Charity Law 78) until they are erased.
    rows = await session.execute(
        select(Appointment.id, Appointment.officer_id).where(
            Appointment.id.in_(ids), Appointment.post != PostKind.commissioner
        )
    )
    posts = {row[0]: row[1] for row in rows}
    called = await governance.names(session, set(posts.values()))
    return {post: called[officer] for post, officer in posts.items() if officer in called}


async def related(session: ReadSession, parties: Sequence[RelatedParty]) -> dict[UUID, Person]:
    """Return the people among related parties, by party: a commitment under the key of each."""
    persons = {one.id: one.officer_id or one.id for one in parties if one.kind is PartyKind.person}
    return await _committed(session, persons, RELATED)


async def _related(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    query = select(RelatedParty).where(RelatedParty.id.in_(ids)).execution_options(populate_existing=True)
    parties = (await session.scalars(query)).all()
    return dict(await related_parties.names(session, parties, public=True))


async def contact(session: ReadSession, one: PublicContact) -> Person | None:
    """Return the contact person: a commitment under the officer's own key; None if it is an office alone."""
    persons = {} if one.officer_id is None else {one.id: one.officer_id}
    return (await _committed(session, persons, CONTACT)).get(one.id)


async def _contacts(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = await session.scalars(select(PublicContact).where(PublicContact.id.in_(ids)))
    return dict(await contacts.names(session, rows.all()))


async def _committed(session: ReadSession, people: Mapping[UUID, UUID], kind: str) -> dict[UUID, Person]:
    """Return the people behind some rows, by row; who was erased is absent."""
    ids = sorted(set(people.values()))
    keys, called = await vault.keys(session, ids), await governance.names(session, ids)
    return {
        row: Person(commitment=vault.commitment(keys[who], row, kind, called[who]), kind=kind, id=row)
        for row, who in people.items()
        if who in keys and who in called
    }


_AGREED: Mapping[str, Callable[[ReadSession, Sequence[UUID]], Awaitable[dict[UUID, str]]]] = {
    GIVER: _agreed,
    OFFICER: _serving,
    RELATED: _related,
    CONTACT: _contacts,
}


def kept(people: Sequence[Person]) -> list[dict[str, Any]]:
    """Return what a draft keeps of who stands in it: by which row of ours each is found."""
    return [{"commitment": one.commitment.hex(), "kind": one.kind, "id": str(one.id)} for one in people]


def told(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, UUID]]:
    """Return the same in the words of `shown`."""
    return [(one["commitment"], one["kind"], UUID(one["id"])) for one in rows]


async def of(session: ReadSession, publication_id: UUID) -> Shown:
    """Return the names that may be shown in a publication now. Nobody's word of yesterday counts."""
    query = select(PublicationPerson).where(PublicationPerson.publication_id == publication_id)
    rows = (await session.scalars(query)).all()
    return await shown(session, [(row.commitment.hex(), row.kind, row.person_id) for row in rows])


async def hiding(session: ReadSession, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a giver whose amount stands in a draft hides it by now."""
    gifts = [UUID(one["id"]) for one in rows if one["kind"] == GIVER]
    query = select(func.count()).where(Donation.id.in_(gifts), ~Donation.show_amount)
    return bool(gifts) and bool(await session.scalar(query))


async def shown(session: ReadSession, people: Sequence[tuple[str, str, UUID]]) -> Shown:
    """Return the names that may be shown now for these commitments, each with its kind and its row."""
    named: dict[str, str] = {}
    for kind, agreed in _AGREED.items():
        theirs = {person_id: commitment for commitment, of, person_id in people if of == kind}
        if theirs:
            found = await agreed(session, list(theirs))
            named |= {theirs[person_id]: name for person_id, name in found.items()}
    return named


def joined(said: Mapping[str, Any], names_shown: Shown) -> dict[str, Any]:
    """Return what a publication says with each name that may be shown beside its commitment."""
    return {**said, "sections": [_section(section, names_shown) for section in said["sections"]]}


def _section(section: Mapping[str, Any], names_shown: Shown) -> dict[str, Any]:
    fields = [
        field | {"rows": [[_cell(cell, names_shown) for cell in row] for row in field["rows"]]}
        if "rows" in field
        else field
        for field in section["fields"]
    ]
    return {**section, "fields": fields}


def _cell(cell: Any, names_shown: Shown) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(cell, dict):
        return cell
    person = cast("dict[str, Any]", cell)
    return person | {"name": names_shown.get(person["commitment"])}
