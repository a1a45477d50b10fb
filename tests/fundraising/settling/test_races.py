"""Who imports the same bill at once, or hears of its gifts meanwhile, changes nothing twice."""

import asyncio
import io
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app import worker
from app.fundraising.models import BillLine, Donation, Settlement
from app.fundraising.settling import comparing, files, imports
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared, Taken
from app.kit import batches, jobs
from app.kit.database import Database
from app.kit.models import JobRun, RunState
from app.ledger.models import Entry
from app.webhooks import inbox
from tests.fundraising.settling.files import Item, table
from tests.webhooks.platforms import Partner, partner
from tests.webhooks.test_order import message

LINES = 120


async def _import(database: Database, here: Partner, path: Path) -> Taken:
    async with database.writing() as session:
        return await files.take_in(session, here.channel, path, Declared(sums=Sums()), actor="test")


async def test_the_worker_holds_a_sent_bill_against_the_books(committed: Database) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    content = table(*(Item(their_id=f"T-{n}", amount=100, remark=here.campaign.code) for n in range(3)))
    async with committed.writing() as session:
        source, declared = io.BytesIO(content), Declared(sums=Sums())
        _, run_id = await imports.begin(session, here.channel, source, declared, actor="test")
    assert comparing.compare_settlement in worker.LONG_WORK

    url = committed.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await jobs.work(url, committed, until_empty=True)

    async with committed.reading() as session:
        run = await session.get_one(JobRun, run_id)
        assert (run.state, run.result, run.done_count) == (RunState.done, {"booked": 3}, 3)
    assert await _count(committed, Donation) == 3


async def _count(database: Database, table: Any) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_one_file_imported_by_many_at_once_is_booked_once(committed: Database, tmp_path: Path) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    items = [
        Item(their_id=f"T-{n:03d}", amount=100 + n, fee=1, remark=here.campaign.code) for n in range(LINES)
    ]
    same, turned = tmp_path / "same.csv", tmp_path / "turned.csv"
    same.write_bytes(table(*items))
    # The same lines in another file, the other way round.
    turned.write_bytes(table(*reversed(items)))

    taken = await asyncio.gather(*(_import(committed, here, path) for path in (same, turned) * 3))
    events = [here.event(donation_id=one.their_id, amount=one.amount) for one in items[::3]]
    told = [
        batches.commit(committed, [message(here, event, f"msg_{n}")], inbox.keep)
        for n, event in enumerate(events)
    ]
    settling = [comparing.settle(committed, one.settlement.id) for one in taken]
    await asyncio.gather(*settling, *told)

    assert sorted(one.repeated for one in taken) == [False] * 2 + [True] * 4
    assert await _count(committed, Settlement) == 2
    assert await _count(committed, BillLine) == LINES
    assert await _count(committed, Donation) == LINES
    # Every gift, and the fee of the file whose lines were new.
    assert await _count(committed, Entry) == LINES + 1
    async with committed.reading() as session:
        lines = (await session.scalars(select(BillLine))).all()
        assert {line.state for line in lines} <= {"matched", "booked"}
        assert all(line.donation_id for line in lines)
        sums = (await session.scalars(select(Settlement.new_count).order_by(Settlement.new_count))).all()
    assert sums == [0, LINES]
