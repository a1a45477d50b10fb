"""Claims: a source's number for a gift is claimed before anything is booked, by the gift or by its refund.

A claim that meets another transaction's waits for it, and sees its work in the *next* statement: so the
same gift in two requests, or a refund and its gift, can't miss each other.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.fundraising.models import Donation, PartnerGift
from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.database import ReadSession, WriteSession

Key = tuple[UUID, str]
"""The source (a platform, or a channel for what came without one) and its own number for the gift."""

_LOCK = """
    select g.source_id, g.their_id from partner_gifts g
    join unnest(%(sources)s::uuid[], %(ids)s::text[]) w (source_id, their_id)
      using (source_id, their_id)
    order by 1, 2 for no key update of g
    """


async def lay(session: WriteSession, keys: Iterable[Key]) -> set[Key]:
    """Claim these numbers and return those that nobody had claimed.

    The others are locked and may be looked up.
    """
    wanted = set(keys)
    [rows] = await bulk.together(session, [laying(wanted)])
    return await laid(session, wanted, rows)


def laying(keys: set[Key]) -> Statement:
    """Return the statement that claims these numbers; `laid` understands its rows."""
    wanted = sorted(keys)
    columns: dict[str, list[object]] = {
        "source_id": [key[0] for key in wanted],
        "their_id": [key[1] for key in wanted],
    }
    then = "order by 1, 2 on conflict do nothing returning source_id, their_id"
    return bulk.inserting(PartnerGift, columns, then=then)


async def laid(session: WriteSession, keys: set[Key], rows: Iterable[Any]) -> set[Key]:
    """Return which of these numbers nobody had claimed, by the rows of `laying`; the others are locked."""
    fresh: set[Key] = {(row[0], row[1]) for row in rows}
    taken = sorted(keys - fresh)
    if taken:
        lists = {
            "sources": [key[0] for key in taken],
            "ids": [key[1] for key in taken],
        }
        await bulk.run(session, _LOCK, lists)
    return fresh


_GIFTS = text(
    "select d.id from donations d"
    " join unnest(cast(:sources as uuid[]), cast(:ids as text[])) w (source_id, their_id)"
    " using (source_id, their_id)"
)


async def gifts(session: ReadSession, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Donation]:
    """Return the donations that these sources' numbers stand for.

    With `lock`, held in the order of their ids.
    """
    if not keys:
        return {}
    wanted = {"sources": bulk.array(key[0] for key in keys), "ids": bulk.array(key[1] for key in keys)}
    ids = (await session.scalars(_GIFTS, wanted)).all()
    query = select(Donation).where(Donation.id.in_(ids)).order_by(Donation.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return {(row.source_id, row.their_id): row for row in await session.scalars(query)}
