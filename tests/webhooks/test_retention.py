"""A message is kept for its time; afterwards its MAC alone can tell it from another."""

from datetime import timedelta
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import select

from app.kit.clock import now
from app.kit.database import WriteSession
from app.webhooks import retention
from app.webhooks.models import Delivery
from tests.webhooks.platforms import partner

START = UUID(int=0)


async def test_old_bodies_are_emptied_and_duplicates_still_recognised(
    client: AsyncClient, session: WriteSession
) -> None:
    platform = await partner(session)
    event = platform.event()
    first = (await platform.post(client, event, event_id="msg_1")).json()

    assert await retention.forget(session, now() - timedelta(days=1), START) is None
    whole = (await session.scalars(select(Delivery.body_sealed))).one()
    last = await retention.forget(session, now() + timedelta(days=1), START, limit=1)
    assert last is not None
    assert await retention.forget(session, now() + timedelta(days=1), last, limit=1) is None

    delivery = (await session.scalars(select(Delivery).execution_options(populate_existing=True))).one()
    assert whole is not None
    assert (delivery.id, delivery.body_sealed) == (last, None)
    assert len(delivery.body_mac) == 32
    again = await platform.post(client, event, event_id="msg_1")
    assert (again.status_code, again.json()["lookup_code"]) == (200, first["lookup_code"])
    other = await platform.post(client, platform.event(), event_id="msg_1")
    assert (other.status_code, other.json()["code"]) == (409, "event-differs")
