"""An auditor pulls every entry of a mandate in the order of the log: no gap, no duplicate, each provable."""

import asyncio
import hashlib
import io
import re
import shutil
import subprocess
import tracemalloc
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
import rfc8785
from httpx import AsyncClient
from sqlalchemy import text

from app.audit import journal
from app.audit.journal import Extent
from app.audit.mandates import Mandate
from app.kit.database import Database
from app.transparency import heads
from app.transparency.checkpoints import Checkpoint, Proof
from tests.audit.books import Audited, audited, pull
from tests.factories import ledger


@pytest.fixture
async def books(committed: Database, tmp_path: Path) -> Audited:
    return await audited(committed, tmp_path)


async def test_a_pull_tells_each_entry_of_the_mandate_and_adds_up(
    books: Audited, committed_client: AsyncClient
) -> None:
    await books.give(books.ours, 100_00, 250_00)
    await books.give(books.theirs, 77_00)
    await books.give(books.ours, 3_00)
    await books.sign()
    lines, trailer = await pull(committed_client, books.headers)

    amounts = [line["postings"][0]["amount"] for line in lines]
    assert amounts == [100_00, 250_00, 3_00]
    assert {line["entry"]["organization"] for line in lines} == {books.organization.code}
    assert trailer["count"] == 3
    assert (trailer["first_index"], trailer["last_index"], trailer["complete"]) == (0, 3, True)
    assert {row["account"].partition("/")[0]: (row["debit"], row["credit"]) for row in trailer["totals"]} == {
        "1009": (353_00, 0),
        "4101": (0, 353_00),
    }
    async with books.database.reading() as session:
        keys = await heads.keys(session, 1)
    checkpoint = Checkpoint.opened(trailer["checkpoint"], keys)
    for line in lines:
        answer = await committed_client.get(f"/v1/log/proof/{line['index']}")
        proof = Proof.read(answer.text)
        assert proof.check(rfc8785.dumps(line["leaf"]), keys) == checkpoint


async def test_a_pull_is_resumed_where_it_stopped(books: Audited, committed_client: AsyncClient) -> None:
    await books.give(books.ours, *range(100, 107))
    await books.sign()
    got: list[int] = []
    after = -1
    for _ in range(4):
        lines, trailer = await pull(committed_client, books.headers, after=after, limit=2)
        got += [line["postings"][0]["amount"] for line in lines]
        after = trailer["next_after"]
    assert got == list(range(100, 107))
    assert trailer["complete"]
    assert await pull(committed_client, books.headers, after=after) == ([], {**trailer, **_empty(after)})


def _empty(after: int) -> dict[str, object]:
    return {"count": 0, "first_index": None, "last_index": None, "next_after": after, "totals": []}


async def test_pages_are_joined_without_a_seam(books: Audited, committed_client: AsyncClient) -> None:
    await books.give(books.ours, *range(100, 100 + journal.PAGE + 5))
    await books.sign()
    lines, trailer = await pull(committed_client, books.headers)
    assert [line["index"] for line in lines] == list(range(journal.PAGE + 5))
    assert trailer["totals"][0]["debit"] == sum(range(100, 100 + journal.PAGE + 5))


async def test_a_long_pull_takes_no_more_memory_than_a_short_one(books: Audited) -> None:
    """Six pages need hardly more than two: what was sent is not kept."""
    for _ in range(6):
        await books.give(books.ours, *[100] * journal.PAGE)
    await books.sign()
    async with books.database.reading() as session:
        checkpoint = await heads.latest(session)
    extent = Extent(Mandate((books.organization.id,)), checkpoint)

    async def peak(pages: int) -> tuple[int, int]:
        tracemalloc.reset_peak()
        before, sent = tracemalloc.get_traced_memory()[0], 0
        async for part in journal.stream(books.database, replace(extent, limit=pages * journal.PAGE)):
            sent += len(part)
        return tracemalloc.get_traced_memory()[1] - before, sent

    tracemalloc.start()
    try:
        await peak(1)
        short, long = await peak(2), await peak(6)
    finally:
        tracemalloc.stop()
    page = short[1] / 2
    assert long[1] > 2.9 * short[1], "six pages are sent"
    assert long[0] - short[0] < page


async def test_gifts_at_full_speed_and_a_late_commit_leave_no_gap(
    books: Audited, committed_client: AsyncClient
) -> None:
    """Pull by cursor while gifts arrive and another transaction commits late; the union is the export."""
    done = False
    got: list[tuple[int, str]] = []

    async def clerk(at: object) -> None:
        for _ in range(8):
            await books.give(at, *range(100, 110))

    async def late() -> None:
        async with books.database.writing() as session:
            made = await ledger.books(session)
            await ledger.gift(session, made, made.general, 5)
            await session.execute(text("select pg_sleep(1.5)"))

    async def sealer() -> None:
        while not done:
            await books.sign()
            await asyncio.sleep(0.05)

    async def auditor() -> None:
        after = -1
        while not done:
            after = await look(after)

    async def look(after: int) -> int:
        answer = await committed_client.get(
            "/v1/audit/journal", params={"after": after}, headers=books.headers
        )
        if answer.status_code == 404:
            return after
        *lines, last = [orjson.loads(line) for line in answer.content.splitlines()]
        got.extend((line["index"], line["entry"]["id"]) for line in lines)
        return last["trailer"]["next_after"]

    loops = [asyncio.ensure_future(one()) for one in (sealer, auditor)]
    await asyncio.gather(late(), *(clerk(books.ours) for _ in range(3)), clerk(books.theirs))
    done = True
    await asyncio.gather(*loops)
    await books.sign()
    await look(max((index for index, _ in got), default=-1))

    whole, manifest = await export(books, committed_client, "ndjson")
    exported = [(line["index"], line["entry"]["id"]) for line in map(orjson.loads, whole.splitlines())]
    assert got == exported
    assert len(set(got)) == len(got) == manifest["count"] == 240


async def export(books: Audited, client: AsyncClient, form: str) -> tuple[bytes, dict]:
    answer = await client.get("/v1/audit/export", params={"format": form}, headers=books.headers)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        manifest = orjson.loads(archive.read("manifest.json"))
        [file] = manifest["files"]
        content = archive.read(file["name"])
    assert file["sha256"] == hashlib.sha256(content).hexdigest()
    return content, manifest


async def test_an_export_takes_its_days_under_the_names_of_the_contract(
    books: Audited, committed_client: AsyncClient
) -> None:
    await books.give(books.ours, 100_01)
    await books.sign()
    organization = str(books.organization.id)

    async def count(**days: str) -> int:
        asked = {"format": "ndjson", "organization": organization} | days
        answer = await committed_client.get("/v1/audit/export", params=asked, headers=books.headers)
        assert answer.status_code == 200, answer.text
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return orjson.loads(archive.read("manifest.json"))["count"]

    assert await count(**{"from": "2026-01-01", "to": "2026-12-31"}) == 1
    assert await count(**{"from": "2026-01-01", "booked_on_to": "2026-01-31"}) == 0
    assert await count(to="2026-12-31", booked_on_to="2026-01-31") == 0


async def test_an_export_in_hledger_adds_up_for_other_programs(
    books: Audited, committed_client: AsyncClient, tmp_path: Path
) -> None:
    await books.give(books.ours, 100_01, 250_00)
    await books.sign()
    content, manifest = await export(books, committed_client, "hledger")

    sums, count = reread(content.decode())
    assert count == manifest["count"] == 2
    org = books.organization.code
    assert sums == {
        f"{org}:{row['chart']}:{row['account'].replace('/', ':')}": row["debit"] - row["credit"]
        for row in manifest["totals"]
    }
    # Our own strict reader has always run; the program of others runs where it is installed.
    file = tmp_path / "journal.hledger"
    file.write_bytes(content)
    print(checked(file))


def checked(file: Path) -> str:
    program = shutil.which("hledger")
    if program is None:
        return "hledger is not installed here: the strict reader has judged alone"
    ran = subprocess.run(
        [program, "-f", file, "check", "--strict"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return f"{program} check --strict has passed"


def reread(text: str) -> tuple[dict[str, int], int]:
    """Read a journal by its grammar, refusing whatever does not fit; return sums in fen and transactions."""
    sums: Counter[str] = Counter()
    declared: set[str] = set()
    count = 0
    balance: int | None = None
    for line in text.splitlines():
        if found := re.fullmatch(r"    (\S(?: ?\S)*)  (-?)(\d+)\.(\d\d) CNY", line):
            assert balance is not None, line
            amount = (int(found[3]) * 100 + int(found[4])) * (-1 if found[2] else 1)
            balance += amount
            sums[found[1]] += amount
        elif re.fullmatch(r"\d{4}-\d\d-\d\d \* \(\d+\) \w+  ; entry:[0-9a-f-]{36}", line):
            assert balance is None
            balance, count = 0, count + 1
        elif not line:
            assert balance in {None, 0}, f"transaction {count} does not balance"
            balance = None
        elif line.startswith("account "):
            declared.add(line.removeprefix("account "))
        else:
            assert line == "commodity 1000.00 CNY", line
    assert declared == set(sums)
    return dict(sums), count
