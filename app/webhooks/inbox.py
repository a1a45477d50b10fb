"""The inbox: messages that arrive together are booked, kept and committed together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.fundraising import donations, looks
from app.fundraising.gifts import Gift, GiftUpdate, Outcome, OutcomeKind, Told
from app.kit import bulk, outbox, vault
from app.kit.bulk import Statement
from app.kit.database import WriteSession
from app.kit.errors import Malformed, Refusal
from app.webhooks import deliveries, dialects
from app.webhooks.errors import EventDiffers, EventUnreadable
from app.webhooks.events import Event, Message, Sender
from app.webhooks.models import DeliveryOutcome


def read(sender: Sender, body: bytes, *, event_id: str, signed_at: datetime) -> Message:
    """Return an authentic message with what it says, or with the reason why it can't be read."""
    event: Event | None = None
    refusal: Refusal | None = None
    try:
        event = _at_latest(dialects.of(sender.kind).translate(sender, body), signed_at)
    except EventUnreadable as unreadable:
        refusal = unreadable
    except Malformed as malformed:
        refusal = EventUnreadable(malformed.detail, malformed.detail_zh)
    return Message(
        sender=sender, event_id=event_id, body=body, signed_at=signed_at, event=event, refusal=refusal
    )


async def keep(session: WriteSession, messages: Sequence[Message]) -> list[Outcome]:
    """Book what the messages tell, keep each once per platform and event id, answer in their order.

    An event id that was accepted before answers as it did then, if the body is the same, else it is a
    conflict.
    """
    secrets = vault.of(session)
    look = looks.ahead(secrets, _told(messages))
    macs: list[bytes] = []

    def asked() -> Iterator[Statement]:
        yield from look.statements
        yield deliveries.finding(messages)
        # The server is still looking.
        macs.extend(secrets.mac(message.essence) for message in messages)

    *seen, met = await bulk.together(session, asked())
    sight = await looks.see(session, look, seen)
    accepted = deliveries.accepted(met)
    outcomes: list[Outcome | None] = [None] * len(messages)
    new: dict[tuple[UUID, str], int] = {}
    twins: list[int] = []
    for place, message in enumerate(messages):
        key = (message.sender.platform_id, message.event_id)
        if key in accepted:
            outcomes[place] = _as_before(accepted[key], macs[place])
        elif message.refusal is not None:
            outcomes[place] = _untold(message)
        elif key in new:
            twins.append(place)
        else:
            new[key] = place
    booked: dict[int, deliveries.Kept] = {}
    gifts = [place for place in new.values() if isinstance(_about(messages[place]), Gift)]

    def along(answers: Sequence[Outcome]) -> Iterator[Statement]:
        for place, answer in zip(gifts, answers, strict=True):
            if answer.person_key:
                booked[place] = deliveries.Kept(messages[place], macs[place], answer)
        yield deliveries.keeping(secrets, list(booked.values()))

    answered = await book(session, [messages[place] for place in new.values()], sight=sight, along=along)
    for place, answer in zip(new.values(), answered, strict=True):
        outcomes[place] = answer
    for place in twins:
        first = new[messages[place].sender.platform_id, messages[place].event_id]
        outcomes[place] = _twin(outcomes[first], same=macs[place] == macs[first])
    answers = [outcome for outcome in outcomes if outcome is not None]
    fresh = set(new.values())
    rest = [
        deliveries.Kept(messages[place], macs[place], answer)
        for place, answer in enumerate(answers)
        if place not in booked
        and (place in fresh or answer.kind in {OutcomeKind.conflict, OutcomeKind.rejected})
    ]
    if rest:
        await deliveries.write(session, rest)
    await _alert(session, messages, answers)
    return answers


async def _alert(session: WriteSession, messages: Sequence[Message], answers: Sequence[Outcome]) -> None:
    # One alert per platform and batch, however many conflicts: a broken sender must not drown the others.
    conflicts: dict[Sender, list[str]] = {}
    for message, answer in zip(messages, answers, strict=True):
        if answer.kind is OutcomeKind.conflict:
            conflicts.setdefault(message.sender, []).append(message.event_id)
    for sender, event_ids in conflicts.items():
        await outbox.tell(
            session,
            "alert.delivery_conflict",
            organization_id=sender.channel.organization_id,
            subject=sender.actor,
            payload={"count": len(event_ids), "first_event_id": event_ids[0]},
        )


async def book(
    session: WriteSession,
    messages: Sequence[Message],
    *,
    sight: looks.Sight | None = None,
    along: donations.Along | None = None,
) -> list[Outcome]:
    """Book what these messages tell, and answer in their order; they are kept elsewhere."""
    booked = iter(await donations.receive(session, _told(messages), sight=sight, along=along))
    return [next(booked) if _about(message) else _untold(message) for message in messages]


def _at_latest(event: Event, signed_at: datetime) -> Event:
    # A word from the future would silence every later one; nothing was said after it was signed.
    told = event.told
    if not isinstance(told, GiftUpdate) or told.said_at <= signed_at:
        return event
    return replace(event, told=replace(told, said_at=signed_at))


def _about(message: Message) -> Told | None:
    return message.event.told if message.event else None


def _told(messages: Sequence[Message]) -> list[Told]:
    return [told for message in messages if (told := _about(message))]


def _untold(message: Message) -> Outcome:
    if message.refusal is not None:
        return Outcome(kind=OutcomeKind.rejected, refusal=message.refusal)
    return Outcome(kind=OutcomeKind.ignored)


def _as_before(earlier: deliveries.Earlier, mac: bytes) -> Outcome:
    if earlier.body_mac != mac:
        refusal = EventDiffers(event_id=earlier.event_id)
        return Outcome(kind=OutcomeKind.conflict, refusal=refusal, person_id=earlier.person_id)
    booked = earlier.outcome in {DeliveryOutcome.posted, DeliveryOutcome.suspense, DeliveryOutcome.duplicate}
    return Outcome(
        kind=OutcomeKind.duplicate if booked else OutcomeKind(earlier.outcome),
        donation_id=earlier.donation_id,
        entry_id=earlier.entry_id,
        lookup_code=earlier.lookup_code,
    )


def _twin(first: Outcome | None, *, same: bool) -> Outcome:
    if first is None or not same:
        person_id = first.person_id if first else None
        return Outcome(kind=OutcomeKind.conflict, refusal=EventDiffers(), person_id=person_id)
    if first.kind not in {OutcomeKind.posted, OutcomeKind.suspense}:
        return first
    return Outcome(
        kind=OutcomeKind.duplicate,
        donation_id=first.donation_id,
        entry_id=first.entry_id,
        lookup_code=first.lookup_code,
    )
