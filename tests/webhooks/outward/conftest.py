"""An organization with a subscriber on this machine, over a database in which transactions commit."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.kit import outbox
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.kit.vault import Vault
from app.organizations.models import Organization
from app.webhooks.models import Dispatch, DispatchAttempt, Subscription
from app.webhooks.outward import sending, subscriptions
from app.webhooks.outward.catalogue import EventType
from app.webhooks.outward.couriers import COURIER, Courier
from app.webhooks.outward.subscriptions import Terms
from app.wiring import handed_down
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.webhooks.outward.receivers import Receiver, receiving

HOUR = timedelta(hours=1)


@dataclass
class Subscribed:
    """A subscriber with its server, its first secret, and a clock that only the test moves."""

    database: Database
    organization: Organization
    id: UUID
    secret: str
    receiver: Receiver
    moment: datetime

    def clock(self) -> datetime:
        return self.moment

    async def happen(self, count: int = 1, topic: EventType = EventType.campaign_closed) -> list[str]:
        """Let things happen, each in a transaction of its own; return the ids of their events."""
        for number in range(count):
            async with self.database.writing() as session:
                await happen(session, self.organization, number, topic)
        return await events(self.database)

    async def turn(self) -> int:
        return await sending.take_turn(self.database, self.id, at=self.clock)

    async def now(self) -> Subscription:
        async with self.database.reading() as session:
            return await session.get_one(Subscription, self.id)

    async def dispatches(self) -> list[Dispatch]:
        async with self.database.reading() as session:
            query = select(Dispatch).where(Dispatch.subscription_id == self.id)
            return list(await session.scalars(query.order_by(Dispatch.id)))

    async def attempts(self) -> list[DispatchAttempt]:
        async with self.database.reading() as session:
            return list(await session.scalars(select(DispatchAttempt).order_by(DispatchAttempt.id)))


async def happen(
    session: WriteSession,
    organization: Organization,
    number: int = 0,
    topic: str = EventType.campaign_closed,
) -> None:
    payload = {"code": f"SX-{number}", "closed_on": "2026-05-01"}
    await outbox.tell(
        session, topic, organization_id=organization.id, subject=f"campaign:{number}", payload=payload
    )


async def events(database: Database) -> list[str]:
    """The ids of everything that has happened, in its order."""
    async with database.reading() as session:
        query = select(OutboxEvent.id).where(OutboxEvent.topic.not_like("subscription%"))
        return [str(one) for one in await session.scalars(query.order_by(OutboxEvent.xid, OutboxEvent.id))]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def database(cluster: Cluster, fresh_database: str, vault: Vault) -> AsyncIterator[Database]:
    """A database of the test's own, whose events also go to this machine."""
    opened = open_database(cluster, fresh_database, vault, Courier(loopback=True))
    yield opened
    await opened.close()


def open_database(cluster: Cluster, name: str, vault: Vault, courier: Courier) -> Database:
    carried = {"vault": vault, COURIER: courier} | handed_down()
    return Database(cluster.url(name), pool_size=12, info=carried)


@pytest.fixture
async def subscribed(database: Database, receiver: Receiver) -> Subscribed:
    return await subscribe(database, receiver)


async def subscribe(
    database: Database, receiver: Receiver, *, types: tuple[EventType, ...] = ()
) -> Subscribed:
    async with database.writing() as session:
        organization = await make.organization(session)
        terms = Terms(name="公示平台", url=receiver.url, event_types=types)
        made, secret = await subscriptions.create(session, organization, terms, made_by="test")
    return Subscribed(database, organization, made.id, secret, receiver, now())
