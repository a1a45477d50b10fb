"""The inbox: messages that arrive together are booked, kept and committed together."""

from collections.abc import Sequence
from uuid import UUID

from app.fundraising import donations
from app.fundraising.gifts import Outcome, OutcomeKind
from app.kit import vault
from app.kit.database import WriteSession
from app.webhooks import deliveries
from app.webhooks.errors import EventDiffers
from app.webhooks.events import Message
from app.webhooks.models import DeliveryOutcome


async def keep(session: WriteSession, messages: Sequence[Message]) -> list[Outcome]:
    """Book what the messages tell, keep each once per platform and event id, answer in their order.

    An event id that was accepted before answers as it did then, if the body is the same, else it is a
    conflict.
    """
    secrets = vault.of(session)
    macs = [secrets.mac(message.body) for message in messages]
    accepted = await deliveries.accepted(session, messages)
    outcomes: list[Outcome | None] = [None] * len(messages)
    new: dict[tuple[UUID, str], int] = {}
    twins: list[int] = []
    for place, message in enumerate(messages):
        key = (message.sender.platform_id, message.event_id)
        if key in accepted:
            outcomes[place] = _as_before(accepted[key], macs[place])
        elif message.refusal is not None:
            outcomes[place] = Outcome(kind=OutcomeKind.rejected, refusal=message.refusal)
        elif key in new:
            twins.append(place)
        else:
            new[key] = place
    await _book(session, messages, list(new.values()), outcomes)
    for place in twins:
        first = new[messages[place].sender.platform_id, messages[place].event_id]
        outcomes[place] = _twin(outcomes[first], same=macs[place] == macs[first])
    answers = [outcome for outcome in outcomes if outcome is not None]
    booked = set(new.values())
    kept = [
        place
        for place, answer in enumerate(answers)
        if place in booked or answer.kind in {OutcomeKind.conflict, OutcomeKind.rejected}
    ]
    await deliveries.write(
        session, [deliveries.Kept(messages[place], macs[place], answers[place]) for place in kept]
    )
    return answers


async def _book(
    session: WriteSession, messages: Sequence[Message], places: Sequence[int], outcomes: list[Outcome | None]
) -> None:
    telling: list[int] = []
    for place in places:
        event = messages[place].event
        if event is not None and event.told is not None:
            telling.append(place)
        else:
            later = event is not None and event.later
            outcomes[place] = Outcome(kind=OutcomeKind.pending if later else OutcomeKind.ignored)
    told = [event.told for place in telling if (event := messages[place].event) and event.told]
    for place, outcome in zip(telling, await donations.receive(session, told), strict=True):
        outcomes[place] = outcome


def _as_before(earlier: deliveries.Earlier, mac: bytes) -> Outcome:
    if earlier.body_mac != mac:
        return Outcome(kind=OutcomeKind.conflict, refusal=EventDiffers(event_id=earlier.event_id))
    booked = earlier.outcome in {DeliveryOutcome.posted, DeliveryOutcome.suspense, DeliveryOutcome.duplicate}
    return Outcome(
        kind=OutcomeKind.duplicate if booked else OutcomeKind(earlier.outcome),
        donation_id=earlier.donation_id,
        entry_id=earlier.entry_id,
        lookup_code=earlier.lookup_code,
    )


def _twin(first: Outcome | None, *, same: bool) -> Outcome:
    if first is None or not same:
        return Outcome(kind=OutcomeKind.conflict, refusal=EventDiffers())
    if first.kind not in {OutcomeKind.posted, OutcomeKind.suspense}:
        return first
    return Outcome(
        kind=OutcomeKind.duplicate,
        donation_id=first.donation_id,
        entry_id=first.entry_id,
        lookup_code=first.lookup_code,
    )
