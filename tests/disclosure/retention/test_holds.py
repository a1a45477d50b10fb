"""A hold and a round at the same moment: the hold waits for the round, and is in force before the next."""

import asyncio
from datetime import date

from sqlalchemy import text

from app.disclosure.models import RetentionHold
from app.disclosure.retention import holds, rounds
from app.kit.database import Database
from app.organizations.models import Organization
from tests.disclosure.retention.test_retention import DAY, closed_complaint, readable
from tests.factories import organizations as members


async def somebody_waits(database: Database) -> bool:
    """Whether a connection waits for an advisory lock; asked until one does, for a minute at most."""
    for _ in range(600):
        async with database.reading() as session:
            waiting = text("select count(*) from pg_locks where locktype = 'advisory' and not granted")
            if await session.scalar(waiting):
                return True
        await asyncio.sleep(0.1)
    return False


async def test_a_hold_waits_for_a_round_under_way_and_stops_the_next(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        one = await closed_complaint(session, member, date(2020, 1, 1))

    async def hold(at: Organization) -> None:
        async with committed.writing() as session:
            said = {"rule_id": "complaints", "reason": "诉讼", "document": "x", "placed_by": "test"}
            await holds.place(session, RetentionHold(organization_id=at.id, **said))

    async with committed.writing() as session:
        # As a round does for each of its transactions.
        await holds.steady(session)
        placing = asyncio.create_task(hold(member))
        assert await somebody_waits(committed)
        assert not placing.done()
    await placing

    assert await rounds.run(committed, DAY) == 0
    async with committed.reading() as session:
        assert await readable(session, one.person_id)
