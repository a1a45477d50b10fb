"""Verification: every promise of the books recomputed from their rows, on the live database."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import text

from app.kit.database import ReadSession
from app.ledger.invariants.guards import GUARDED
from app.ledger.invariants.rules import ENTRIES, FUNDS, Invariant
from app.ledger.invariants.sums import SUMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one check looked at, and the first thing it found that breaks the promise."""

    name: str
    title: str
    title_zh: str
    examined: int
    offender: str | None


Examine = Callable[[ReadSession], Awaitable[Check]]


async def checks(session: ReadSession, more: Iterable[Examine] = ()) -> AsyncIterator[Check]:
    """Yield one check after the other, the books' own first, then those of the features above."""
    for invariant in (*GUARDED, *ENTRIES, *FUNDS, *SUMS):
        yield await examine(session, invariant)
    for check in more:
        yield await check(session)


async def examine(session: ReadSession, invariant: Invariant) -> Check:
    """Count what an invariant is about and look for the first thing that breaks it."""
    # The service's roles stop long statements; a look at all the books takes as long as it takes.
    await session.execute(text("set local statement_timeout = 0"))
    examined = (await session.execute(text(invariant.counted))).scalar_one()
    first = (await session.execute(text(f"{invariant.offenders} limit 1"))).first()
    return Check(
        name=invariant.name,
        title=invariant.title,
        title_zh=invariant.title_zh,
        examined=examined,
        offender=" ".join(str(part) for part in first) if first else None,
    )
