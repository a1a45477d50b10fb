"""Deliveries: what platforms sent us, kept sealed, exactly as it came."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from app.fundraising.gifts import Outcome, OutcomeKind
from app.kit import bulk, vault
from app.kit.batches import Repeat
from app.kit.bulk import Statement
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.http.problems import slug
from app.kit.ids import new_id
from app.kit.models import VaultPerson
from app.kit.vault import Vault
from app.webhooks.errors import DeliveryBodyGone, DeliveryNotFound
from app.webhooks.events import Message
from app.webhooks.models import Delivery, DeliveryOutcome

_SEALED = "delivery"

REJECTED_PER_DAY_MAX = 1000
"""How many unreadable messages of one platform are kept a day: a broken sender must not fill the disk. What
contradicts the books is always kept: somebody has to look at it."""


class Kept(NamedTuple):
    """A message to be kept, the MAC of its body, and what became of it."""

    message: Message
    mac: bytes
    outcome: Outcome


class Earlier(NamedTuple):
    """What became of an event that was accepted before."""

    event_id: str
    outcome: str
    body_mac: bytes
    donation_id: UUID | None
    entry_id: UUID | None
    lookup_code: str | None
    person_id: UUID


# Each event is looked up by itself (lateral, limit 1): the plan is kept from when the table was young, and a
# join would then read all of it for every batch.
_ACCEPTED = """
    select d.platform_id, d.event_id, d.outcome, d.body_mac, d.donation_id, d.entry_id, d.lookup_code,
           d.person_id
    from unnest(%(platforms)s::uuid[], %(events)s::text[]) w (platform_id, event_id)
    cross join lateral (
      select * from deliveries
      where platform_id = w.platform_id and event_id = w.event_id and accepted limit 1
    ) d
    """


def finding(messages: Sequence[Message]) -> Statement:
    """Return the statement that finds those of these messages' events that were accepted before."""
    columns = {
        "platforms": [message.sender.platform_id for message in messages],
        "events": [message.event_id for message in messages],
    }
    return Statement(_ACCEPTED, columns)


def accepted(rows: Iterable[Any]) -> dict[tuple[UUID, str], Earlier]:
    """Return what `finding` found, by platform and event id."""
    return {(row[0], row[1]): Earlier(*row[1:]) for row in rows}


def keeping(secrets: Vault, kept: Sequence[Kept]) -> Statement:
    """Return the statement that keeps messages whose gifts are booked now, sealed under the givers' keys."""
    return _inserting(secrets, kept, _known(kept))


async def write(session: WriteSession, kept: Sequence[Kept]) -> None:
    """Keep messages, each body sealed under the giver's key, so that erasing a person erases it too.

    Raises Repeat when another transaction accepted one of the event ids meanwhile.
    """
    rows = await _bounded(session, kept)
    people, fresh = await _people(session, rows)
    secrets = vault.of(session)
    then = "on conflict (platform_id, event_id) where accepted do nothing returning id"
    writes = [_keys(secrets, fresh), _inserting(secrets, rows, people, then=then)]
    _, written = await bulk.together(session, writes)
    if len(written) < len(rows):
        raise Repeat


async def get(session: ReadSession, delivery_id: UUID) -> Delivery:
    """Return a delivery, or refuse."""
    delivery = await session.get(Delivery, delivery_id)
    if delivery is None:
        raise DeliveryNotFound
    return delivery


async def body(session: ReadSession, delivery: Delivery) -> bytes:
    """Return a message's body exactly as it came. It may hold names: whoever shows it logs that it did."""
    key = (await vault.keys(session, [delivery.person_id])).get(delivery.person_id)
    if key is None or delivery.body_sealed is None:
        raise DeliveryBodyGone(delivery_id=delivery.id)
    return vault.of(session).open(key, delivery.person_id, _SEALED, delivery.body_sealed)


async def hand_over(session: WriteSession, delivery: Delivery, body: bytes, person_id: UUID) -> None:
    """Seal a message's body under the key of the giver who is known now, so that it is erased with them."""
    key = (await vault.keys(session, [person_id])).get(person_id)
    if key is not None:
        delivery.body_sealed = vault.of(session).seal(key, person_id, _SEALED, body)
        delivery.person_id = person_id


async def _people(
    session: ReadSession, rows: Sequence[Kept]
) -> tuple[list[tuple[UUID, bytes]], list[tuple[UUID, bytes]]]:
    # Whose key seals each message, and those of them who are new because nobody is known to have given.
    asked = {o.person_id for _, _, o in rows if o.person_id and not o.person_key}
    known = await vault.keys(session, list(asked)) if asked else {}
    secrets = vault.of(session)
    people: list[tuple[UUID, bytes]] = []
    fresh: list[tuple[UUID, bytes]] = []
    for _, _, outcome in rows:
        key = outcome.person_key or (known.get(outcome.person_id) if outcome.person_id else None)
        if outcome.person_id and key:
            people.append((outcome.person_id, key))
        else:
            people.append((new_id(), secrets.new_key()))
            fresh.append(people[-1])
    return people, fresh


def _keys(secrets: Vault, people: Sequence[tuple[UUID, bytes]]) -> Statement:
    columns: dict[str, list[object]] = {
        "id": [person_id for person_id, _ in people],
        "wrapped_key": [secrets.wrap(person_id, key) for person_id, key in people],
        "created_at": [now()] * len(people),
    }
    return bulk.inserting(VaultPerson, columns)


def _known(kept: Sequence[Kept]) -> list[tuple[UUID, bytes]]:
    return [(o.person_id, o.person_key) for _, _, o in kept if o.person_id and o.person_key]


def _inserting(
    secrets: Vault, kept: Sequence[Kept], people: Iterable[tuple[UUID, bytes]], *, then: str = ""
) -> Statement:
    columns = _columns(kept)
    columns["person_id"] = []
    columns["body_sealed"] = []
    for row, (person_id, key) in zip(kept, people, strict=True):
        columns["person_id"].append(person_id)
        columns["body_sealed"].append(secrets.seal(key, person_id, _SEALED, row.message.body))
    return bulk.inserting(Delivery, columns, then=then)


def _columns(rows: Sequence[Kept]) -> dict[str, list[object]]:
    written_at = now()
    return {
        "id": [new_id() for _ in rows],
        "created_at": [written_at] * len(rows),
        "platform_id": [message.sender.platform_id for message, _, _ in rows],
        "event_id": [message.event_id for message, _, _ in rows],
        "type": [message.event.type if message.event else "unreadable" for message, _, _ in rows],
        "outcome": [outcome.kind for _, _, outcome in rows],
        "accepted": [o.kind not in {OutcomeKind.conflict, OutcomeKind.rejected} for _, _, o in rows],
        "body_mac": [mac for _, mac, _ in rows],
        "signed_at": [message.signed_at for message, _, _ in rows],
        "donation_id": [outcome.donation_id for _, _, outcome in rows],
        "entry_id": [outcome.entry_id for _, _, outcome in rows],
        "lookup_code": [outcome.lookup_code for _, _, outcome in rows],
        "problem": [slug(type(o.refusal)) if o.refusal else None for _, _, o in rows],
    }


async def _bounded(session: WriteSession, kept: Sequence[Kept]) -> list[Kept]:
    rejected = [row for row in kept if row.outcome.kind is OutcomeKind.rejected]
    if not rejected:
        return list(kept)
    room: dict[UUID, int] = {}
    since = now().replace(hour=0, minute=0, second=0, microsecond=0)
    for platform_id in {message.sender.platform_id for message, _, _ in rejected}:
        query = select(func.count()).where(
            Delivery.platform_id == platform_id,
            ~Delivery.accepted,
            Delivery.outcome == DeliveryOutcome.rejected,
            Delivery.created_at >= since,
        )
        room[platform_id] = REJECTED_PER_DAY_MAX - (await session.scalar(query) or 0)
    rows: list[Kept] = []
    for row in kept:
        if row.outcome.kind is OutcomeKind.rejected:
            room[row.message.sender.platform_id] -= 1
            if room[row.message.sender.platform_id] < 0:
                continue
        rows.append(row)
    return rows
