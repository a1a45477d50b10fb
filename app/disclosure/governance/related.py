"""Related parties: who is related to an organization, and what was dealt with them (81号令 14, 15)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select

from app.disclosure import rounds
from app.disclosure.governance import officers
from app.disclosure.governance.errors import (
    AppointmentOver,
    ConsentOfOfficer,
    DaysOutOfOrder,
    HappenedAhead,
    NotRelatedThen,
    PartyNameMissing,
    RelatedEventWithdrawn,
)
from app.disclosure.models import (
    Officer,
    PartyKind,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
)
from app.kit import constraints, vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight

_NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which dealings; what is None does not narrow."""

    party_id: UUID | None = None
    kind: RelatedEventKind | None = None
    happened_from: date | None = None
    happened_to: date | None = None


async def record(
    session: WriteSession, party: RelatedParty, *, person: str | None, explanation: str
) -> RelatedParty:
    """Record who is related, and how; a person's name goes to the vault, an officer's lies there already.

    Raises PartyNameMissing unless an organization is named in the row, and a person is an officer or named.
    """
    named = party.kind is PartyKind.organization or party.officer_id is not None
    if named == (person is not None) or (party.kind is PartyKind.organization) != (party.name is not None):
        raise PartyNameMissing
    if party.officer_id is not None:
        officer = await session.get(Officer, party.officer_id)
        if officer is None or officer.organization_id != party.organization_id:
            raise OutOfSight
    known = {
        "related_parties_dates_check": DaysOutOfOrder(),
        "related_parties_counterparty_id_fkey": OutOfSight(),
        "related_parties_person_check": PartyNameMissing(),
    }
    async with constraints.told(session, known):
        session.add(party)
    if person is not None:
        await vault.keep(session, party.id, {_NAME: person})
    await reasons.keep(session, _relation(party), explanation)
    # Who is an important one is basic information, and owed to the public when it changes (81号令 4).
    await rounds.anew(session, party.organization_id)
    return party


async def get(session: ReadSession, party_id: UUID, *, lock: bool = False) -> RelatedParty:
    """Return a related party, or refuse."""
    found = await session.get(RelatedParty, party_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def end(session: WriteSession, party: RelatedParty, *, on: date) -> None:
    """Record the last day on which somebody was related."""
    if party.ends_on is not None or on < party.starts_on:
        raise AppointmentOver(starts_on=party.starts_on, ends_on=party.ends_on)
    party.ends_on = on
    await session.flush()
    await rounds.anew(session, party.organization_id)


async def agree(session: WriteSession, party: RelatedParty, *, on: date | None) -> None:
    """Note since when a party agrees to be named in public, or that it does no more: it counts at once.

    Raises ConsentOfOfficer for an officer, who agrees as such.
    """
    if party.officer_id is not None:
        raise ConsentOfOfficer
    party.consented_on = on
    await session.flush()


async def tell(session: WriteSession, party: RelatedParty, event: RelatedEvent) -> RelatedEvent:
    """Record what was dealt with a party while it was related; it is owed to the public within 30 days."""
    if event.happened_on > today():
        raise HappenedAhead(day=event.happened_on)
    last = party.ends_on or date.max
    if not party.starts_on <= event.happened_on <= last:
        raise NotRelatedThen(starts_on=party.starts_on, ends_on=party.ends_on)
    session.add(event)
    await session.flush()
    await rounds.anew(session, event.organization_id)
    return event


async def event(session: ReadSession, event_id: UUID, *, lock: bool = False) -> RelatedEvent:
    """Return what was dealt, or refuse."""
    found = await session.get(RelatedEvent, event_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def withdraw(
    session: WriteSession, party: RelatedParty, one: RelatedEvent, *, reason: str, by: str
) -> None:
    """Note that it was recorded by mistake: what is owed for it lapses."""
    if one.withdrawn_on is not None:
        raise RelatedEventWithdrawn(withdrawn_on=one.withdrawn_on)
    one.withdrawn_on, one.withdrawn_by = today(), by
    await session.flush()
    await reasons.keep(session, _withdrawal(party, one), reason)
    await rounds.anew(session, one.organization_id)


def important(organization_id: UUID, since: date, until: date) -> Select[RelatedParty]:
    """Return the query for an organization's important related parties of some days."""
    return select(RelatedParty).where(
        RelatedParty.organization_id == organization_id,
        RelatedParty.important,
        RelatedParty.starts_on <= until,
        or_(RelatedParty.ends_on.is_(None), RelatedParty.ends_on >= since),
    )


def matching(places: Collection[UUID], wanted: Wanted) -> Select[RelatedEvent]:
    """Return the query for what some organizations dealt, also what was withdrawn."""
    row = RelatedEvent
    query = select(row).where(row.organization_id.in_(places))
    for name in ("party_id", "kind"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(row, name) == value)
    if wanted.happened_from is not None:
        query = query.where(row.happened_on >= wanted.happened_from)
    if wanted.happened_to is not None:
        query = query.where(row.happened_on <= wanted.happened_to)
    return query


def dealt(organization_id: UUID) -> Select[RelatedEvent]:
    """Return the query for what an organization dealt with important related parties, and stands."""
    return (
        select(RelatedEvent)
        .join(RelatedParty, RelatedParty.id == RelatedEvent.party_id)
        .where(
            RelatedEvent.organization_id == organization_id,
            RelatedEvent.withdrawn_on.is_(None),
            RelatedParty.important,
        )
    )


async def of_events(session: ReadSession, events: Collection[RelatedEvent]) -> dict[UUID, RelatedParty]:
    """Return the parties of what was dealt, by their ids."""
    query = select(RelatedParty).where(RelatedParty.id.in_({one.party_id for one in events}))
    return {party.id: party for party in await session.scalars(query)}


async def names(
    session: ReadSession, parties: Collection[RelatedParty], *, public: bool
) -> Mapping[UUID, str]:
    """Return what parties are called; in public those alone that may be named, the others are absent.

    By law whoever sits in the bodies that decide, carry out and supervise (Charity Law 78). A person who is
    none of those, and a donor whoever it is, agrees or is not named (82).
    """
    named = parties
    if public:
        by_law = await officers.nameable(session, {one.officer_id for one in parties if one.officer_id})
        named = [one for one in parties if _open(one) or one.officer_id in by_law]
    found = {one.id: one.name for one in named if one.name is not None}
    persons = [one for one in named if one.kind is PartyKind.person]
    known = await officers.names(session, {one.officer_id or one.id for one in persons})
    return found | {
        one.id: known[one.officer_id or one.id] for one in persons if (one.officer_id or one.id) in known
    }


async def relations(session: ReadSession, parties: Collection[RelatedParty]) -> Mapping[UUID, str]:
    """Return how parties are related, in words, by party; nothing of a person erased since."""
    return await reasons.read(session, map(_relation, parties))


async def why(session: ReadSession, events: Collection[RelatedEvent]) -> Mapping[UUID, str]:
    """Return why dealings were withdrawn, by dealing; nothing of a person erased since."""
    parties = await of_events(session, events)
    return await reasons.read(session, [_withdrawal(parties[one.party_id], one) for one in events])


def holder(party: RelatedParty) -> UUID:
    """Return whose key it is under which words about a party lie; an organization has one of its own."""
    return party.officer_id or party.id


def _relation(party: RelatedParty) -> About:
    return About("related_party", party.id, holder(party))


def _withdrawal(party: RelatedParty, one: RelatedEvent) -> About:
    return About("related_event", one.id, holder(party))


def _open(one: RelatedParty) -> bool:
    protected = one.kind is PartyKind.person or one.relation is RelationKind.main_donor
    return one.consented_on is not None or not protected
