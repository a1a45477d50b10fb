"""Recording: gifts booked in batches, against COPY of the very same rows into the same tables."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count

import psycopg
from psycopg import sql

from app.kit import batches
from app.kit.database import Database
from app.webhooks import inbox
from app.webhooks.events import Message
from benchmarks import findings, ground, messages
from benchmarks.findings import Finding, Said
from tests.databases import Cluster
from tests.webhooks.platforms import Partner

SIZES = (500, 2000)
GIFTS = 8_000
ROUNDS = 3
TABLES = (
    *("partner_gifts", "vault_people", "donors", "campaign_donors", "entries", "postings", "donations"),
    "deliveries",
)
"""Every table that gets a row per gift or donor, in the order of the foreign keys.

The handful of rows with sums (balances, campaign_days, campaign_totals) is left out, in favour of COPY.
"""


def measure(running: Cluster, template: str, said: Said) -> list[Finding]:
    """Both sides begin with the same organization and campaign; what the one recorded the other copies."""
    found: list[Finding] = []
    for size in SIZES:
        with ExitStack() as stack:
            seed = stack.enter_context(ground.fresh(running, template))
            platform = asyncio.run(ground.prepare(running, seed))
            ours, theirs = (stack.enter_context(ground.fresh(running, seed)) for _ in range(2))
            record = partial(_record, running, ours, platform, count(), size)
            record()
            copies = _Copies(running, ours, theirs)
            copies.pace()
            sides = {"recording": record, "copying": copies.pace}
            seen = findings.alternated(
                sides, ROUNDS, lambda what, size=size: said(f"{what}, batches of {size}")
            )
        paces = {name: findings.middle(rounds, float) for name, rounds in seen.items()}
        what, against = f"recording, batches of {size:,}", "COPY of the same rows"
        found.append(findings.rate(what, paces["recording"], against, paces["copying"], floor=0.25))
    return found


def _record(running: Cluster, name: str, platform: Partner, numbers: count, size: int) -> float:
    read = messages.read(platform, [next(numbers) for _ in range(GIFTS)])
    return asyncio.run(pace(running, name, read, size))


async def pace(running: Cluster, name: str, read: list[Message], size: int) -> float:
    """Gifts a second, recorded in batches of this size, each in a transaction of its own."""
    opened = ground.database(running, name)
    # The first transaction of a connection is another measurement.
    await record(opened, [])
    began = time.perf_counter()
    for start in range(0, len(read), size):
        await record(opened, read[start : start + size])
    seconds = time.perf_counter() - began
    await opened.close()
    return len(read) / seconds


async def record(opened: Database, read: list[Message]) -> None:
    """Record one batch, or fail if a gift was not posted."""
    outcomes = await batches.commit(opened, read, inbox.keep)
    if any(isinstance(one, BaseException) or one.kind != "posted" for one in outcomes):
        raise RuntimeError("a gift was not posted")


class _Copies:
    """The rows of one database, copied into another one as the transactions that wrote them."""

    def __init__(self, running: Cluster, source: str, target: str) -> None:
        self._source, self._target = running.url(source), running.url(target)
        self._copied: set[str] = set()

    def pace(self) -> float:
        """Gifts a second of one transaction per batch, every constraint and trigger on."""
        transactions = list(self._fetch())
        with psycopg.connect(self._target) as connection:
            began = time.perf_counter()
            for funds, tables in transactions:
                connection.cursor().executemany(
                    "update fund_counters set received = %s where fund_id = %s", funds
                )
                for table, columns, rows in tables:
                    with connection.cursor().copy(_copy(table, columns)) as copy:
                        copy.write(rows)
                connection.commit()
            return GIFTS / (time.perf_counter() - began)

    def _fetch(self) -> Iterator[tuple[list, list]]:
        # What one transaction wrote is known by the id that PostgreSQL keeps with every row.
        with psycopg.connect(self._source) as connection:
            known = connection.execute("select distinct xid::text from entries order by 1").fetchall()
            for (xid,) in known:
                if xid in self._copied:
                    continue
                self._copied.add(xid)
                funds = connection.execute(
                    "select max(p.first_serial + p.amount), p.fund_id from postings p"
                    " join entries e on e.id = p.entry_id where e.xid = %s::xid8 group by p.fund_id",
                    [xid],
                ).fetchall()
                yield funds, [_rows(connection, table, xid) for table in TABLES]


def _rows(connection: psycopg.Connection, table: str, xid: str) -> tuple[str, list[str], bytes]:
    found = connection.execute(
        "select column_name from information_schema.columns where table_name = %s"
        " and table_schema = 'public' and is_generated = 'NEVER' and column_name <> 'xid'"
        " order by ordinal_position",
        [table],
    )
    columns = [row[0] for row in found]
    query = sql.SQL("copy (select {} from {} where xmin::text = {}) to stdout (format binary)").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table), sql.Literal(xid)
    )
    with connection.cursor().copy(query) as copy:
        return table, columns, b"".join(bytes(block) for block in copy)


def _copy(table: str, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("copy {} ({}) from stdin (format binary)").format(sql.Identifier(table), names)
