"""The demo's subscription: a public platform that is told of gifts, but not yet: nobody listens there."""

from app.kit.database import WriteSession
from app.organizations.models import Organization
from app.webhooks.models import Subscription
from app.webhooks.outward import subscriptions
from app.webhooks.outward.catalogue import EventType
from app.webhooks.outward.subscriptions import Terms

TYPES = (EventType.donation_succeeded, EventType.donation_refunded, EventType.settlement_paid)


async def load(session: WriteSession, province: Organization) -> Subscription:
    """Make a subscription of the province's events, disabled until a visitor names an address of theirs."""
    terms = Terms(
        name="公示平台（示例）",
        url="https://subscriber.example.org/zhengxinlu",
        event_types=TYPES,
        with_subtree=True,
    )
    made, _ = await subscriptions.create(session, province, terms, made_by="demo")
    subscriptions.disable(made)
    return made
