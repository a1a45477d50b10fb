"""Holds: records that are kept beyond their time, because a court, an audit or a dispute needs them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func, select

from app.disclosure.models import RetentionHold
from app.disclosure.retention.errors import HoldReleased, NothingToHold
from app.disclosure.retention.hands import HANDS
from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.errors import OutOfSight

_LOCK = 0x7265_7465_6E74_696F
"""Shared by rounds, taken alone by whoever places a hold: it comes before a round, or after it."""


async def place(session: WriteSession, hold: RetentionHold) -> RetentionHold:
    """Keep records of a kind whatever the rule says, until this is released. A round under way ends first."""
    if hold.rule_id not in HANDS:
        raise NothingToHold(rule=hold.rule_id)
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    session.add(hold)
    await session.flush()
    return hold


async def release(session: WriteSession, hold: RetentionHold, *, reason: str, by: str) -> None:
    """Let the rule hold again: what is over already goes with the next round."""
    if hold.released_at is not None:
        raise HoldReleased
    hold.released_at, hold.released_by, hold.released_reason = now(), by, reason
    await session.flush()


async def steady(session: WriteSession) -> None:
    """Let nobody place a hold until this transaction ends: what is seen now is what counts."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))


async def get(session: WriteSession, hold_id: UUID) -> RetentionHold:
    """Return a hold that nobody else changes until the transaction ends, or refuse."""
    found = await session.get(RetentionHold, hold_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise OutOfSight
    return found


def listing(places: Collection[UUID]) -> Select[RetentionHold]:
    """Return the query for the holds of some organizations, released ones too."""
    return select(RetentionHold).where(RetentionHold.organization_id.in_(places))
