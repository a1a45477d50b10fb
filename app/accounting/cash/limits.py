"""Limits: that more cash lies in a box than is allowed, told so that somebody takes it to the bank."""

from app.accounting.models import Channel
from app.kit import outbox
from app.kit.database import WriteSession
from app.ledger import accounts

ABOVE = "cash.above_limit"


async def watch(session: WriteSession, box: Channel) -> None:
    """Tell that a cash box holds more than its limit, if it does; nothing is refused, the cash is there."""
    limit = box.cash_limit_minor
    if limit is None:
        return
    held = (await accounts.standing(session, [box.account_id]))[box.account_id]
    if held > limit:
        await outbox.tell(
            session,
            ABOVE,
            organization_id=box.organization_id,
            subject=str(box.id),
            payload={"channel_id": str(box.id), "channel": box.code, "held": held, "limit": limit},
        )
