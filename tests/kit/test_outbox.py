"""What happened is told once, with the transaction in which it happened."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.kit import outbox
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.kit.outbox import Cursor, cursor_of

_WRITING_ELSEWHERE = text(
    "select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid where l.granted"
    " and l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and a.datname <> current_database()"
)


async def tell(session: WriteSession, subject: str, topic: str = "donation.posted") -> None:
    await outbox.tell(session, topic, organization_id=uuid4(), subject=subject, payload={"amount": 5})


class Reader:
    """Whoever reads the outbox to its end, again and again."""

    def __init__(self, database: Database, *, limit: int = 100) -> None:
        self.database, self.limit, self.cursor = database, limit, None

    async def read(self) -> list[str]:
        events = await self._look()
        # Transaction ids are counted for the whole server: a writer in another database holds us up.
        for _ in range(3):
            if not events:
                await self._wait()
                events = await self._look()
        if events:
            self.cursor = Cursor.read(str(cursor_of(events[-1])))
        return [event.subject for event in events]

    async def _look(self) -> Sequence[OutboxEvent]:
        async with self.database.reading() as session:
            return await outbox.read(session, self.cursor, self.limit)

    async def _wait(self) -> None:
        async with self.database.reading() as session:
            while await session.scalar(_WRITING_ELSEWHERE):  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.05)


async def test_what_was_told_is_read_in_order_and_once(committed: Database) -> None:
    for transaction in (["a", "b"], ["c"], ["d", "e"]):
        async with committed.writing() as session:
            for subject in transaction:
                await tell(session, subject)
    reader = Reader(committed, limit=2)

    assert [await reader.read() for _ in range(4)] == [["a", "b"], ["c", "d"], ["e"], []]


async def test_what_was_rolled_back_was_never_told(committed: Database) -> None:
    async def broken() -> None:
        async with committed.writing() as session:
            await tell(session, "a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await broken()
    assert await Reader(committed).read() == []


async def test_a_late_commit_is_not_skipped(committed: Database) -> None:
    reader = Reader(committed)
    async with committed.writing() as early:
        await tell(early, "early, committed late")
        async with committed.writing() as late:
            await tell(late, "late, committed early")
        # Told and committed, but an older transaction is still open: a reader that went on now would skip it.
        assert await reader.read() == []

    assert await reader.read() == ["early, committed late", "late, committed early"]
    assert await reader.read() == []


async def test_a_transaction_that_only_reads_holds_nobody_up(committed: Database) -> None:
    async with committed.reading() as idle:
        await idle.execute(text("select 1"))
        async with committed.writing() as session:
            await tell(session, "a")
        assert await Reader(committed).read() == ["a"]


async def test_a_reader_may_want_some_topics_only(committed: Database) -> None:
    async with committed.writing() as session:
        await tell(session, "a", "donation.posted")
        await tell(session, "b", "refund.posted")
    async with committed.reading() as session:
        [event] = await outbox.read(session, None, 10, topics=["refund.posted"])
    assert (event.topic, event.subject, event.payload) == ("refund.posted", "b", {"amount": 5})


async def test_old_events_are_deleted(committed: Database) -> None:
    async with committed.writing() as session:
        await tell(session, "a")
    async with committed.writing() as session:
        assert await outbox.forget(session, now() - timedelta(days=1)) == 0
        assert await outbox.forget(session, now() + timedelta(days=1)) == 1


@pytest.mark.parametrize("text", ["", "1", "x.01890a5d-ac96-774b-bcce-b302099a8057", "1.x"])
def test_what_is_no_cursor_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"cursor|hexadecimal"):
        Cursor.read(text)
