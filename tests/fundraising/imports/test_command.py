"""The command imports a file, also after it was killed in the middle."""

import asyncio
import base64
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from app.cli.import_donations import app
from app.fundraising.models import Donation, ImportRow
from app.kit.database import Database
from app.ledger.models import FundCounter
from tests.databases import Cluster
from tests.fundraising.imports.lists import ROOT, SAMPLE, Desk, desk, gifts, write

ROWS = 6_000
# Whoever runs the tests in the background has its children ignore Ctrl-C.
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " from app.cli.import_donations import app; app()"
)


def secret() -> str:
    return base64.b64encode(os.urandom(32)).decode()


SECRETS = {
    "ZHENGXINLU_TOKEN_SECRET": secret(),
    "ZHENGXINLU_VAULT_KEYS": f"test:{secret()}",
    "ZHENGXINLU_VAULT_CURRENT_KEY": "test",
    "ZHENGXINLU_VAULT_INDEX_KEY": secret(),
}


async def start(url: str, folder: Path, *words: object, first: str = "") -> Process:
    given = {"DATABASE_URL": url, "COLUMNS": "160", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", first + COMMAND, "donations", *map(str, words)]
    return await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=os.environ | SECRETS | given, stdout=PIPE, stderr=PIPE
    )


async def finish(process: Process) -> tuple[int | None, str]:
    out, err = await process.communicate()
    return process.returncode, out.decode() + err.decode()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def account(path: Path) -> dict[str, Any]:
    return json.loads(path.read_bytes())


async def donation_count(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Donation)) or 0


async def opened_desk(database: Database) -> tuple[Desk, list[str]]:
    async with database.writing() as session:
        here = await desk(session)
    return here, ["--campaign", here.campaign.code, "--channel", here.channel.name]


async def test_the_command_prints_an_account_and_writes_it(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    _, where = await opened_desk(committed)
    url, report = cluster.url(fresh_database), tmp_path / "report.json"
    grouped = [SAMPLE, *where, "--group-by", "source_file", "--report", report]

    stopped, said = await finish(await start(url, tmp_path, *grouped))
    assert stopped == 1
    assert "59 rows are equal to rows of another file" in said
    assert account(report)["stops"][0]["code"] == "overlap"
    assert await donation_count(committed) == 0

    code, said = await finish(await start(url, tmp_path, *grouped, "--overlap", "skip"))
    assert (code, "repeats donate03.xls" in said) == (0, True), said
    told = account(report)
    assert told["clean"]
    assert [row["file"] for row in told["rows"]].count(0) == told["files"][0]["row_count"] == 60
    assert len(told["rows"]) == told["row_count"] == sum(o["row_count"] for o in told["outcomes"].values())
    assert sum(row["amount_minor"] for row in told["rows"]) == told["amount_minor"]
    posted = [row for row in told["rows"] if row["outcome"] == "posted"]
    assert len({row["donation_id"] for row in posted}) == len(posted) == await donation_count(committed)
    assert [one["repeats"] for one in told["files"] if one["repeats"]] == ["donate03.xls"]
    assert "*" not in json.dumps(told["rows"], ensure_ascii=False)
    assert names_in(tmp_path) == [report.name]


async def test_every_run_writes_an_account_beside_where_one_works_and_overwrites_none(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    _, where = await opened_desk(committed)
    url, here = cluster.url(fresh_database), tmp_path / "here"
    here.mkdir()
    path = write(tmp_path / "名单.v1.csv", [*gifts("1.00"), [2, "昨天", "王*", "2.00", ""]])
    runs = (["--dry-run"], ["--expect-count", "9"], [])
    names = ["名单.v1.report.json", "名单.v1.report-2.json", "名单.v1.report-3.json"]

    for words, name in zip(runs, names, strict=True):
        _, said = await finish(await start(url, here, path, *where, *words))
        assert said.rstrip().endswith(f": {here / name}"), said

    dry, stopped, booked = [account(here / name) for name in names]
    assert names_in(here) == sorted(names)
    assert [one["dry_run"] for one in (dry, stopped, booked)] == [True, False, False]
    assert [stop["code"] for stop in stopped["stops"]] == ["expected_count"]
    assert [row["outcome"] for row in booked["rows"]] == ["posted", "rejected"]
    assert booked["rows"][1] | {"line": 3, "column": "捐赠日期", "reason": "not a date"} == booked["rows"][1]
    assert all(one["complete"] and len(one["rows"]) == 2 for one in (dry, stopped, booked))


async def test_a_file_that_is_refused_at_a_line_leaves_an_account_that_says_so(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    _, where = await opened_desk(committed)
    path = write(
        tmp_path / "a.csv", [*gifts(*["1.00"] * 700), [701, "2020-01-26", "王*", "1", "x" * 140_000]]
    )

    code, said = await finish(await start(cluster.url(fresh_database), tmp_path, path, *where))

    assert (code, "Traceback" in said) == (1, False), said
    told = account(tmp_path / "a.report.json")
    assert (told["complete"], told["clean"], told["rows"]) == (False, False, [])
    [stop] = told["stops"]
    assert (stop["code"], "line 702" in stop["detail"], stop["detail"] in said) == (
        "TableUnreadable",
        True,
        True,
    )
    assert await donation_count(committed) == 0


async def test_a_run_that_read_no_row_leaves_nothing(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    _, where = await opened_desk(committed)
    path = write(tmp_path / "a.csv", gifts("1.00"))

    words = [path, *where, "--campaign", "NONE"]
    code, said = await finish(await start(cluster.url(fresh_database), tmp_path, *words))

    assert (code, "Traceback" in said) == (1, False), said
    assert names_in(tmp_path) == ["a.csv"]


async def test_rejected_rows_and_wrong_totals_end_the_command_with_an_error(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    _, where = await opened_desk(committed)
    url = cluster.url(fresh_database)
    path = write(tmp_path / "a.csv", [*gifts("1.00"), [2, "2020-01-26", "王*", "[red]x", ""]])

    dry, said = await finish(await start(url, tmp_path, path, *where, "--dry-run", "--expect-total", "1.00"))
    assert (dry, "dry run" in said) == (1, True), said
    code, said = await finish(await start(url, tmp_path, path, *where, "--expect-count", "2"))
    assert (code, "not an amount in yuan" in said) == (1, True), said
    assert await donation_count(committed) == 1


@pytest.mark.parametrize(
    "words", [["--columns", "amount"], ["--expect-total", "many"], ["--overlap", "maybe"]]
)
def test_options_that_make_no_sense_are_refused(words: list[str]) -> None:
    result = CliRunner().invoke(
        app, ["donations", str(SAMPLE), "--campaign", "C", "--channel", "bank", *words]
    )

    assert result.exit_code == 2
    assert words[0] in result.output


@pytest.mark.parametrize("place", ["nowhere/report.json", ".", "a.csv"])
async def test_an_account_that_could_not_be_kept_is_refused_before_anything_is_booked(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path, place: str
) -> None:
    _, where = await opened_desk(committed)
    path = write(tmp_path / "a.csv", gifts("1.00"))
    before = path.read_bytes()

    words = [path, *where, "--report", tmp_path / place]
    code, said = await finish(await start(cluster.url(fresh_database), tmp_path, *words))

    assert (code, "--report" in said, "Traceback" in said) == (2, True, False), said
    assert await donation_count(committed) == 0
    assert (path.read_bytes(), names_in(tmp_path)) == (before, ["a.csv"])


async def test_a_folder_that_takes_no_account_is_told_before_anything_is_booked(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    _, where = await opened_desk(committed)
    # As a folder that may not be written to, which holds back no administrator.
    path = write(tmp_path / f"{'a' * 245}.csv", gifts("1.00"))

    code, said = await finish(await start(cluster.url(fresh_database), tmp_path, path, *where))

    assert (code, "--report" in said, "Traceback" in said) == (2, True, False), said
    assert await donation_count(committed) == 0
    assert names_in(tmp_path) == [path.name]


@pytest.mark.parametrize(("rows", "bytes_max"), [(300, 16_000), (3, 100)])
async def test_a_full_disk_stops_no_booking_and_is_told_with_a_status_of_its_own(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path, rows: int, bytes_max: int
) -> None:
    _, where = await opened_desk(committed)
    url = cluster.url(fresh_database)
    path = write(tmp_path / "a.csv", gifts(*["1.00"] * rows))
    # No file of the process grows beyond this, as on a disk that is full: in the middle, or at the very end.
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_max}, {bytes_max}));"

    code, said = await finish(await start(url, tmp_path, path, *where, first=full))

    assert (code, "Traceback" in said) == (74, False), said
    assert f"The gifts are booked: {rows} by this run, {rows}.00 yuan" in " ".join(said.split())
    assert await donation_count(committed) == rows
    assert names_in(tmp_path) == ["a.csv"]
    again, said = await finish(await start(url, tmp_path, path, *where))
    assert again == 0, said
    assert account(tmp_path / "a.report.json")["outcomes"]["duplicate"]["row_count"] == rows


@pytest.mark.parametrize("times", [1, 2])
async def test_after_ctrl_c_in_the_middle_the_account_tells_what_is_booked_and_the_next_run_goes_on(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path, times: int
) -> None:
    _, where = await opened_desk(committed)
    url, report = cluster.url(fresh_database), tmp_path / "report.json"
    path = write(tmp_path / "a.csv", gifts(*[f"{n % 7 + 1}.00" for n in range(ROWS)]))
    process = await start(url, tmp_path, path, *where, "--report", report)
    while await donation_count(committed) == 0:
        assert process.returncode is None
        await asyncio.sleep(0.02)
    for _ in range(times):
        # Somebody in a hurry presses it again while the first is being heeded.
        process.send_signal(signal.SIGINT)
        await asyncio.sleep(0.01)
    code, said = await finish(process)
    assert code is not None
    assert code > 0, said
    assert "Traceback" not in said
    assert names_in(tmp_path) == ["a.csv", "report.json"], (code, said)
    told = account(report)
    assert ([stop["code"] for stop in told["stops"]], told["complete"]) == (["interrupted"], False)
    assert {row["outcome"] for row in told["rows"]} == {"posted"}
    assert len(told["rows"]) == await donation_count(committed) < ROWS
    assert told["untold"]["row_count"] == told["row_count"] - len(told["rows"])
    assert str(report) in said

    again, said = await finish(await start(url, tmp_path, path, *where, "--report", report))

    assert again == 0, said
    assert await donation_count(committed) == ROWS


async def test_after_a_kill_in_the_middle_the_next_run_books_only_what_is_missing(
    committed: Database, cluster: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    here, where = await opened_desk(committed)
    url = cluster.url(fresh_database)
    path = write(tmp_path / "a.csv", gifts(*[f"{n % 7 + 1}.00" for n in range(ROWS)]))
    process = await start(url, tmp_path, path, *where)
    while await donation_count(committed) == 0:
        assert process.returncode is None
        await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    await asyncio.sleep(0.3)
    halfway = await donation_count(committed)
    assert 0 < halfway < ROWS

    report = tmp_path / "report.json"
    code, said = await finish(await start(url, tmp_path, path, *where, "--report", report))

    assert code == 0, said
    outcomes = account(report)["outcomes"]
    assert (outcomes["duplicate"]["row_count"], outcomes["posted"]["row_count"]) == (halfway, ROWS - halfway)
    async with committed.reading() as session:
        donations = (await session.execute(select(Donation.their_id, Donation.amount))).all()
        rows = (await session.execute(select(ImportRow.row_number, ImportRow.donation_id))).all()
        received = await session.scalar(select(func.sum(FundCounter.received)))
    whole = sum((n % 7 + 1) * 100 for n in range(ROWS))
    assert len({their_id for their_id, _ in donations}) == len(donations) == ROWS
    assert len({donation_id for _, donation_id in rows}) == len(rows) == ROWS
    assert sum(amount for _, amount in donations) == received == whole
    assert here.campaign.code in said or "a.csv" in said
