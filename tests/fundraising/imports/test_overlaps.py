"""Rows that another file brought already are told, and not booked twice unless somebody says so."""

import asyncio
from pathlib import Path

from sqlalchemy import func, select

from app.fundraising.imports import bookings
from app.fundraising.imports.runs import OverlapRule
from app.fundraising.models import Donation, Import, ImportRow
from app.kit.database import Database, WriteSession
from tests.conftest import Shared
from tests.fundraising.imports.lists import HEADER, desk, gifts, run, write

SKIP, BOOK = OverlapRule.skip, OverlapRule.book


async def donation_count(session: WriteSession) -> int:
    return await session.scalar(select(func.count()).select_from(Donation)) or 0


async def test_suspects_stop_an_import_before_anything_is_booked(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00", "20.00", "5.00"))))

    account = await run(
        shared, here.order(write(tmp_path / "b.csv", gifts("7.00", "20.00", "10.00", "10.00")))
    )

    assert [stop.code for stop in account.report.stops] == ["overlap"]
    # As multisets: one row of ten yuan there answers for one row of ten yuan here.
    assert account.kinds() == ["ready", "suspect", "suspect", "ready"]
    assert account.report.total("suspect").amount == 30_00
    [overlap] = account.report.parts[0].overlaps
    assert (overlap.with_name, overlap.row_count, overlap.amount) == ("a.csv", 2, 30_00)
    assert account.fates[1].reason == "equal to a row of a.csv"
    assert await donation_count(session) == 3
    assert await session.scalar(select(func.count()).select_from(Import)) == 1


async def test_suspects_can_be_left_out_and_booked_later(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00"))))
    path = write(tmp_path / "b.csv", gifts("10.00", "20.00"))

    skipped = await run(shared, here.order(path, overlap=SKIP))
    again = await run(shared, here.order(path, overlap=SKIP))
    all_booked = await run(shared, here.order(path, overlap=BOOK))
    at_last = await run(shared, here.order(path))

    assert skipped.kinds() == ["suspect", "posted"]
    assert skipped.report.clean
    assert again.kinds() == ["suspect", "duplicate"]
    assert all_booked.kinds() == ["posted", "duplicate"]
    assert at_last.kinds() == ["duplicate", "duplicate"]
    assert at_last.report.clean
    assert await donation_count(session) == 3
    unbooked = select(func.count()).select_from(ImportRow).where(ImportRow.donation_id.is_(None))
    assert await session.scalar(unbooked) == 0


async def test_rows_that_were_left_out_are_remembered(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00"))))
    await run(shared, here.order(write(tmp_path / "b.csv", gifts("10.00", "10.00")), overlap=SKIP))

    account = await run(shared, here.order(write(tmp_path / "c.csv", gifts("10.00", "10.00", "10.00"))))

    assert account.kinds() == ["suspect", "suspect", "ready"]


async def test_width_and_remarks_hide_no_overlap_but_another_day_is_another_gift(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00", name="ABC公司"))))
    rows = [[1, "2020/1/26", "ＡＢＣ公司\t", "10", "用于采购"], [2, "2020/1/27", "ABC公司", "10", ""]]

    account = await run(shared, here.order(write(tmp_path / "b.csv", rows)))

    assert account.kinds() == ["suspect", "ready"]


async def test_a_list_published_again_with_other_days_is_recognised(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    amounts = [f"{n}.00" for n in range(1, 31)]
    await run(shared, here.order(write(tmp_path / "a.csv", gifts(*amounts))))

    later = gifts(*amounts[:28], day="2020-01-27") + gifts("88.00", "99.00", day="2020-01-27")
    account = await run(shared, here.order(write(tmp_path / "b.csv", later)))
    few = await run(shared, here.order(write(tmp_path / "c.csv", later[:5])))

    assert account.kinds() == ["suspect"] * 28 + ["ready"] * 2
    # Five gifts of the same amounts on another day are nothing remarkable.
    assert few.kinds() == ["posted"] * 5


async def test_each_group_is_a_file_of_its_own(session: WriteSession, shared: Shared, tmp_path: Path) -> None:
    here = await desk(session)
    header = ["来源", *HEADER]
    one, two = gifts("10.00", "20.00"), gifts("30.00", "20.00")
    rows = [[name, *row] for name, group in (("one", one), ("two", two), ("again", one)) for row in group]
    path = write(tmp_path / "a.csv", rows, header)

    stopped = await run(shared, here.order(path, headers={"group": "来源"}))
    account = await run(shared, here.order(path, headers={"group": "来源"}, overlap=SKIP))
    alone = await run(shared, here.order(write(tmp_path / "one.csv", one)))

    assert stopped.kinds() == ["ready", "ready", "ready", "suspect", "duplicate", "duplicate"]
    assert not stopped.report.clean
    assert account.kinds() == ["posted", "posted", "posted", "suspect", "duplicate", "duplicate"]
    assert [(part.name, part.row_count, part.amount) for part in account.report.parts] == [
        ("one", 2, 30_00),
        ("two", 2, 50_00),
        ("again", 2, 30_00),
    ]
    assert [account.report.repeats(part) for part in account.report.parts] == [None, None, "one"]
    assert account.fates[-1].reason == "repeats one"
    assert alone.report.repeats(alone.report.parts[0]) == "one"


async def test_rows_of_one_group_may_stand_apart(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    rows = [[name, *gifts("10.00")[0]] for name in ("x", "y", "x", "y", "y")]

    account = await run(
        shared,
        here.order(
            write(tmp_path / "a.csv", rows, ["来源", *HEADER]), headers={"group": "来源"}, overlap=SKIP
        ),
    )

    assert [(fate.part, fate.row_number) for fate in account.fates] == [
        (0, 1),
        (1, 1),
        (0, 2),
        (1, 2),
        (1, 3),
    ]
    assert account.kinds() == ["posted", "suspect", "posted", "suspect", "posted"]


async def test_other_organizations_files_are_nobody_elses_business(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    first, second = await desk(session), await desk(session)
    path = write(tmp_path / "a.csv", gifts("10.00"))
    await run(shared, first.order(path))

    account = await run(shared, second.order(path))

    assert account.kinds() == ["posted"]


async def test_nothing_in_the_tables_of_imports_tells_who_gave(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await run(shared, here.order(write(tmp_path / "张三的捐款.csv", gifts("10.00", name="张三"))))

    for table in (Import, ImportRow):
        values = [value for row in await session.execute(select(table.__table__)) for value in row]
        assert values
        assert not any("张三".encode() in value for value in values if isinstance(value, bytes))
        assert not any("张三" in value for value in values if isinstance(value, str))


async def test_two_processes_with_the_same_file_book_it_once(committed: Database, tmp_path: Path) -> None:
    async with committed.writing() as session:
        here = await desk(session)
    order = here.order(write(tmp_path / "a.csv", gifts(*[f"{n}.00" for n in range(1, 1201)])))

    accounts = await asyncio.gather(*(run(committed, order) for _ in range(4)))

    assert sum(account.count("posted") for account in accounts) == 1200
    assert sum(account.count("duplicate") for account in accounts) == 3600
    async with committed.writing() as session:
        assert await donation_count(session) == 1200


async def test_an_overlap_that_appears_while_an_import_runs_stops_it(
    committed: Database, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await desk(session)
    many = [f"{n}.00" for n in range(1, 3 * bookings.BATCH_ROWS)]
    orders = [
        here.order(write(tmp_path / "a.csv", gifts(*many))),
        here.order(write(tmp_path / "b.csv", gifts(*reversed(many)))),
    ]

    accounts = await asyncio.gather(*(run(committed, order) for order in orders))

    async with committed.writing() as session:
        amounts = list(await session.scalars(select(Donation.amount)))
    assert len(amounts) == len(set(amounts))
    stops = [stop.code for account in accounts for stop in account.report.stops]
    assert set(stops) <= {"OverlapAppeared", "overlap"}
    assert stops


async def test_a_crash_of_the_database_leaves_an_account_and_the_next_run_goes_on(
    committed: Database, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await desk(session)
    order = here.order(write(tmp_path / "a.csv", gifts(*["1.00"] * (2 * bookings.BATCH_ROWS + 7))))
    broken = Unreachable(committed, after=1)

    account = await run(broken, order)
    rest = await run(committed, order)

    assert account.count("posted") == bookings.BATCH_ROWS
    assert account.count("ready") == bookings.BATCH_ROWS + 7
    assert [stop.code for stop in account.report.stops] == ["Unavailable"]
    assert rest.count("duplicate") == bookings.BATCH_ROWS
    assert rest.count("posted") == bookings.BATCH_ROWS + 7


class Unreachable:
    """A database that goes away after a number of batches; registering the file counts for none."""

    def __init__(self, database: Database, *, after: int) -> None:
        self._database = database
        self._left = after + 1

    def reading(self):
        return self._database.reading()

    def writing(self):
        self._left -= 1
        if self._left < 0:
            raise ConnectionRefusedError
        return self._database.writing()
