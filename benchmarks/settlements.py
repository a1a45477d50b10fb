"""Settlements: a platform's bill taken in and held against books that know all of it, or nothing."""

import asyncio
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from app.fundraising import donations
from app.fundraising.gifts import Gift
from app.fundraising.settling import comparing, files
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from app.kit.clock import LEGAL_ZONE
from benchmarks import findings, ground
from benchmarks.findings import Finding, Said
from tests.databases import Cluster
from tests.webhooks.platforms import Partner

ROWS = 20_000
BATCH = 1_000
ROUNDS = 3
FIRST = datetime(2026, 5, 1, 8, tzinfo=LEGAL_ZONE)


def measure(running: Cluster, template: str, said: Said, *, rows: int = ROWS) -> list[Finding]:
    """The same bill in two databases; the books of the one know its gifts, those of the other do not."""
    seen: dict[str, list[tuple[float, float]]] = {"known": [], "unknown": []}
    with TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            for name, paces in seen.items():
                said(f"{rows:,} rows, {name}, round {number + 1} of {ROUNDS}")
                with ExitStack() as stack:
                    database = stack.enter_context(ground.fresh(running, template))
                    path = Path(folder) / "bill.csv"
                    paces.append(asyncio.run(_settle(running, database, path, rows, known=name == "known")))
    taken, matched = (findings.middle(seen["known"], lambda one, at=at: one[at]) for at in (0, 1))
    booked = findings.middle(seen["unknown"], lambda one: one[1])
    return [
        findings.rate(f"a bill of {rows:,} rows taken in", taken, "booked", booked, unit="rows"),
        findings.rate(f"{rows:,} rows that the books know", matched, "that they do not", booked, unit="rows"),
    ]


async def _settle(running: Cluster, name: str, path: Path, rows: int, *, known: bool) -> tuple[float, float]:
    here = await ground.prepare(running, name)
    opened = ground.database(running, name)
    gifts = [_gift(here, number) for number in range(rows)]
    lines = [
        f"{gift.donated_at:%Y-%m-%d %H:%M:%S},{gift.their_id},50.00,0.30,{gift.campaign}" for gift in gifts
    ]
    await asyncio.to_thread(path.write_text, "\n".join(["paid_at,donation_id,amount,fee,campaign", *lines]))
    for start in range(0, rows if known else 0, BATCH):
        async with opened.writing() as session:
            await donations.receive(session, gifts[start : start + BATCH])
    began = time.perf_counter()
    async with opened.writing() as session:
        taken = await files.take_in(session, here.channel, path, Declared(sums=Sums()), actor="bench")
    between = time.perf_counter()
    counts = await comparing.settle(opened, taken.settlement.id)
    ended = time.perf_counter()
    await opened.close()
    if counts != {"matched" if known else "booked": rows}:
        raise RuntimeError(f"the bill came out otherwise: {counts}")
    return rows / (between - began), rows / (ended - between)


def _gift(here: Partner, number: int) -> Gift:
    return Gift(
        source_id=here.platform.id,
        channel=here.channel,
        their_id=f"T-{number:08d}",
        campaign=here.campaign.code,
        amount=50_00,
        donated_at=FIRST + timedelta(seconds=number % 86_000),
        actor="bench",
        source="bench",
    )
