"""Unsealed: what earlier versions kept about people in clear, until the worker has put it under seal.

A migration knows no key. It moves such words out of their tables to where nothing but this reads them.
"""

from collections import defaultdict
from contextlib import suppress
from uuid import UUID

from sqlalchemy import delete, select, tuple_

from app.kit import vault
from app.kit.database import WriteSession
from app.kit.models import UnsealedValue

SEALED_AT_ONCE = 500


async def seal(session: WriteSession, after: UUID, *, limit: int = SEALED_AT_ONCE) -> UUID | None:
    """Seal what waits from a person on, under each person's key; return the last of them, None at the end.

    What was known of somebody who has been erased is not kept.
    """
    waiting = (
        select(UnsealedValue.person_id, UnsealedValue.field)
        .where(UnsealedValue.person_id >= after)
        .order_by(UnsealedValue.person_id, UnsealedValue.field)
        .limit(limit)
    )
    taken = (
        delete(UnsealedValue)
        .where(tuple_(UnsealedValue.person_id, UnsealedValue.field).in_(waiting))
        .returning(UnsealedValue)
    )
    found: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    count = 0
    for one in await session.scalars(taken):
        found[one.person_id][one.field] = one.value
        count += 1
    for person_id, values in sorted(found.items()):
        with suppress(vault.PersonErased):
            await vault.keep(session, person_id, values)
    return max(found) if count == limit else None
