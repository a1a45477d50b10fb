"""Retention: how long platforms' messages are kept as they came; afterwards only their MAC tells of them."""

from datetime import datetime

from sqlalchemy import select, update

from app.kit.database import WriteSession
from app.webhooks.models import Delivery

EMPTIED_AT_ONCE = 1000


async def forget(session: WriteSession, before: datetime, *, limit: int = EMPTIED_AT_ONCE) -> int:
    """Empty the bodies of deliveries received before a moment, at most `limit`; return how many there were.

    The delivery itself stays, with its outcome and the keyed MAC of its body: a copy can still be recognised.
    """
    old = (
        select(Delivery.id)
        .where(Delivery.created_at < before, Delivery.body_sealed.is_not(None))
        .order_by(Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    emptied = update(Delivery).where(Delivery.id.in_(old)).values(body_sealed=None).returning(Delivery.id)
    return len((await session.scalars(emptied)).all())
