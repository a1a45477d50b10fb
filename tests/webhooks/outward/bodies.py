"""Bodies: what subscribers would be told, held against the catalogue."""

from typing import Any

from jsonschema_rs import validator_for
from sqlalchemy import select

from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.webhooks.outward import catalogue
from app.webhooks.outward.catalogue import EventType


def faults(said: dict[str, Any]) -> list[str]:
    """What a body says otherwise than the catalogue, members that it does not name among it."""
    kind = EventType(said["type"])
    found = [str(one) for one in validator_for(catalogue.schema(kind)).iter_errors(said)]
    return found + sorted(said["data"].keys() - set(catalogue.DATA[kind]))


async def told(session: ReadSession, kind: EventType) -> list[dict[str, Any]]:
    """The data of the events of a type, each as the catalogue says it."""
    query = select(OutboxEvent).where(OutboxEvent.topic == kind.value).order_by(OutboxEvent.id)
    events = (await session.scalars(query)).all()
    for event in events:
        said = {"type": event.topic, "timestamp": event.created_at.isoformat(), "data": event.payload}
        assert faults(said) == []
    return [event.payload for event in events]
