"""Conflicts: messages that contradict what a platform told before, until somebody has looked into them.

What was found out is written by people who write names into it: it is sealed under the key of whoever gave,
as the message is, and erased with them.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import exists, literal

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.models import OutboxEvent
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.access import Caller, Permission
from app.organizations.desk import notices, tasks
from app.organizations.desk.notices import Notice
from app.organizations.models import Platform
from app.webhooks.errors import DeliveryNotInConflict, DeliveryNotReviewed, DeliveryReviewed
from app.webhooks.models import Delivery, DeliveryOutcome, DeliveryReview

TASK = "delivery_conflict"


async def review(session: WriteSession, delivery: Delivery, *, found: str, actor: str) -> DeliveryReview:
    """Write down what was found out about a contradiction; what is booked is corrected where it was recorded.

    Raises DeliveryNotInConflict, DeliveryReviewed: of two people at once one is told so.
    """
    if delivery.outcome is not DeliveryOutcome.conflict:
        raise DeliveryNotInConflict(outcome=delivery.outcome)
    reviewed = DeliveryReview(delivery_id=delivery.id, actor=actor)
    async with constraints.told(session, {"delivery_reviews_pkey": DeliveryReviewed()}):
        session.add(reviewed)
    await reasons.keep(session, _about(delivery), found)
    return reviewed


async def reviewed(session: ReadSession, delivery: Delivery) -> tuple[DeliveryReview, str | None]:
    """Return who looked into a contradiction, and what they found: nothing of a giver erased since."""
    one = await session.get(DeliveryReview, delivery.id)
    if one is None:
        raise DeliveryNotReviewed
    return one, (await reasons.read(session, [_about(delivery)])).get(delivery.id)


async def hand_over(session: WriteSession, delivery: Delivery, person_id: UUID) -> None:
    """Seal what was found out of a message with the giver who is known now; `person_id` held it before."""
    await reasons.hand_over(session, _about(delivery, person_id), delivery.person_id)


def _about(delivery: Delivery, person_id: UUID | None = None) -> About:
    return About("delivery_review", delivery.id, person_id or delivery.person_id)


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the contradictions that nobody has looked into, for those who look after the platform."""
    return (
        tasks.row(
            organization_id=Platform.organization_id,
            subject_id=Delivery.id,
            title=literal("平台消息与此前内容冲突：").concat(Delivery.event_id),
            since_at=Delivery.created_at,
        )
        .join(Platform, Platform.id == Delivery.platform_id)
        .where(
            Platform.organization_id.in_(caller.holds(Permission.deliveries_replay)),
            ~Delivery.accepted,
            Delivery.outcome == DeliveryOutcome.conflict,
            ~exists().where(DeliveryReview.delivery_id == Delivery.id),
        )
    )


async def _keepers(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    return await notices.holders(session, event, Permission.deliveries_replay)


NOTICES: Mapping[str, Notice] = {
    "alert.delivery_conflict": Notice(
        "A platform's message contradicts an earlier one", "平台消息与此前内容冲突", _keepers
    ),
}
"""Which events about deliveries are told, and to whom."""
