"""The demo shows a subscription, and calls nobody."""

from sqlalchemy import select

from app.cli.samples import subscribing
from app.kit.clock import now
from app.kit.database import WriteSession
from app.webhooks.models import DisabledBecause, Subscription
from app.webhooks.outward import turns
from tests.factories import organizations as make


async def test_the_demos_subscriber_is_told_nothing_until_somebody_enables_it(session: WriteSession) -> None:
    await subscribing.load(session, await make.organization(session))

    [found] = (await session.scalars(select(Subscription))).all()
    assert (found.disabled_because, found.with_subtree) == (DisabledBecause.by_hand, True)
    assert await turns.ready(session, at=now()) == []
