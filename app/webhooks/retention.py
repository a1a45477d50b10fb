"""Retention: how long platforms' messages are kept as they came; afterwards only their MAC tells of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.kit.database import WriteSession
from app.kit.ids import first_id
from app.webhooks.models import Delivery

EMPTIED_AT_ONCE = 1000


async def forget(
    session: WriteSession, before: datetime, after: UUID, *, limit: int = EMPTIED_AT_ONCE
) -> UUID | None:
    """Empty the bodies of the next deliveries after an id that were received before a moment.

    Returns the last id, or None if there are no more. The delivery itself stays, with its outcome and the
    keyed MAC of its body: a copy can still be recognised.
    """
    # By their ids, which tell when they came: an index of what is still sealed would cost every gift.
    old = (
        select(Delivery.id)
        .where(Delivery.id > after, Delivery.id < first_id(before), Delivery.body_sealed.is_not(None))
        .order_by(Delivery.id)
        .limit(limit)
        .with_for_update()
    )
    emptied = update(Delivery).where(Delivery.id.in_(old)).values(body_sealed=None).returning(Delivery.id)
    ids = (await session.scalars(emptied)).all()
    return max(ids) if len(ids) == limit else None
