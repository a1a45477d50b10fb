"""Who seals and signs stops when told to, whatever query that meets; to swallow it would be work for ever."""

import asyncio
from pathlib import Path

from app import worker
from app.kit.database import Database
from tests.transparency.logs import book, office_in

MOMENTS = 40


async def test_rounds_end_whenever_they_are_broken_off(committed: Database, tmp_path: Path) -> None:
    signing = office_in(tmp_path)
    for moment in range(MOMENTS):
        await book(committed, 30)
        rounds = asyncio.ensure_future(worker.keep_publishing(committed, signing))
        await asyncio.sleep(moment / 1000)
        # Twice, as a process that is told to stop does: by whoever began them, and for all that still runs.
        rounds.cancel()
        await asyncio.sleep(0)
        rounds.cancel()
        ended, _ = await asyncio.wait([rounds], timeout=60)
        assert ended, f"broken off after {moment} ms, it goes on"
        assert rounds.cancelled()
