"""Crowd: a campaign with as many gifts as one likes, refunds among them, and half of its money spent."""

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import psycopg

from app.fundraising import donations
from app.fundraising.gifts import Giver
from app.kit import batches
from app.ledger import funds
from benchmarks import ground
from benchmarks.findings import Said
from benchmarks.messages import RETURNS_AFTER
from tests.databases import Cluster
from tests.disclosure.scenes import Scene, scene
from tests.factories import fundraising as make
from tests.factories.fundraising import Appeal

BATCH = 2_000
DAYS = 90
FIRST = datetime(2026, 2, 1, tzinfo=UTC)
REFUNDED_EACH = 500
"""Every so many gifts one is given back."""

SPENDS = 100
TOLD_EACH = 50_000


def gather(running: Cluster, name: str, gifts: int, said: Said, asked_by: Sequence[str] = ()) -> str:
    """Record so many gifts as a platform's are, by a process per core; return the campaign's code.

    They name the codes of `asked_by` in turn as through whom they came.
    """
    made = asyncio.run(_open(running, name))
    workers = min(os.cpu_count() or 1, 4)
    parts = [
        (running, name, made.appeal, range(start, min(start + BATCH, gifts)), asked_by)
        for start in range(0, gifts, BATCH)
    ]
    with get_context("spawn").Pool(workers) as pool:
        for done, _ in enumerate(pool.imap_unordered(_record, parts, chunksize=1), 1):
            if done * BATCH % TOLD_EACH == 0:
                said(f"{done * BATCH:,} of {gifts:,} gifts recorded")
    asyncio.run(_use(running, name, made, gifts))
    with psycopg.connect(running.url(name, "admin"), autocommit=True) as connection:
        # As autovacuum would have done meanwhile.
        connection.execute("vacuum analyze")
    return made.campaign.code


def codes(running: Cluster, name: str, count: int) -> list[str]:
    """Lookup codes of gifts from all over the campaign, every tenth of them one that was given back."""
    with psycopg.connect(running.url(name)) as connection:
        rows = connection.execute(
            "(select lookup_code from donations where refunded > 0 order by id limit %(back)s) union all"
            " (select lookup_code from (select lookup_code, row_number() over (order by id) as place,"
            " count(*) over () as total from donations where refunded = 0) d"
            " where place %% (total / %(kept)s) = 0 order by place limit %(kept)s)",
            {"back": count // 10, "kept": count - count // 10},
        )
        return [row[0] for row in rows]


async def _open(running: Cluster, name: str) -> Scene:
    opened = ground.database(running, name)
    async with opened.writing() as session:
        made = await scene(session)
        await session.flush()
        session.expunge_all()
    await opened.close()
    return made


def _record(part: tuple[Cluster, str, Appeal, range, Sequence[str]]) -> None:
    asyncio.run(_receive(*part))


async def _receive(
    running: Cluster, name: str, appeal: Appeal, numbers: range, asked_by: Sequence[str]
) -> None:
    opened = ground.database(running, name)
    gifts = [_gift(appeal, number, asked_by) for number in numbers]
    # Two processes may meet the same newcomer: as at the door, the later one looks again.
    for answer in await batches.commit(opened, gifts, donations.receive):
        if isinstance(answer, BaseException):
            raise answer
    await opened.close()


def _gift(appeal: Appeal, number: int, asked_by: Sequence[str] = ()):
    known = number % 2 and number > RETURNS_AFTER
    return make.gift(
        appeal,
        100 + number * 7919 % 50_000,
        their_id=f"T-{number}",
        donated_at=FIRST + timedelta(days=number % DAYS),
        giver=Giver(external_id=f"u_{number - RETURNS_AFTER if known else number}", name="爱心网友"),
        details={"fundraiser": asked_by[number % len(asked_by)]} if asked_by else {},
    )


async def _use(running: Cluster, name: str, made: Scene, gifts: int) -> None:
    opened = ground.database(running, name)
    async with opened.writing() as session:
        here = Scene(session=session, partner=made.partner, books=made.books)
        fund = await here.fund()
        left = (await funds.left(session, [fund.id]))[fund.id]
        for _ in range(SPENDS):
            await here.spend(left // 2 // SPENDS)
    back = [
        make.given_back(made.appeal, _gift(made.appeal, number)) for number in range(0, gifts, REFUNDED_EACH)
    ]
    async with opened.writing() as session:
        await donations.receive(session, back)
    await opened.close()
