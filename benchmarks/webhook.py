"""Gifts a second through the webhook door, fully booked, against a bare route and a naive one."""

import asyncio
import json
from multiprocessing import get_context

from benchmarks import apps, ground, load
from benchmarks.load import Measured
from tests.webhooks.platforms import Partner, partner


def bodies(platform: Partner, count: int, *, donors: int = 1000) -> list[bytes]:
    return [
        json.dumps(
            platform.event(
                donation_id=f"T-{number}",
                donor={
                    "external_id": f"u_{number % donors}",
                    "display_name": "爱心网友",
                    "publish_consent": True,
                },
            ),
            ensure_ascii=False,
        ).encode()
        for number in range(count)
    ]


def requests(platform: Partner, count: int) -> list[bytes]:
    path = f"/v1/webhooks/{platform.platform.slug}"
    made = enumerate(bodies(platform, count))
    return [load.post(path, apps.signed(platform.secret, body, number), body) for number, body in made]


async def prepare(running: ground.Cluster, name: str) -> Partner:
    database = ground.database(running, name)
    async with database.writing() as session:
        made = await partner(session)
        made.platform.rate_per_second = 100_000
    await database.close()
    return made


def measure(
    running: ground.Cluster, template: str, factory: str, count: int
) -> tuple[Measured, float, float]:
    """Return what the client saw, and the server's memory before and after."""
    with ground.fresh(running, template) as name:
        platform = asyncio.run(prepare(running, name))
        prepared = requests(platform, count)
        with ground.service(f"benchmarks.apps:{factory}", running.url(name)) as (port, pid):
            before = ground.memory_mb(pid)
            with get_context("spawn").Pool(1) as client:
                client.apply(load.run, (port, prepared[:500]))
                measured = client.apply(load.run, (port, prepared[500:]))
            return measured, before, ground.memory_mb(pid)


if __name__ == "__main__":
    import sys

    with ground.cluster() as (running, template):
        for factory, count in (
            ("bare", 12_000),
            ("ours", 12_000),
            ("naive", 3_000),
            ("bare", 12_000),
            ("ours", 12_000),
        ):
            if sys.argv[1:] and factory not in sys.argv[1:]:
                continue
            seen, before, after = measure(running, template, factory, count)
            print(
                f"{factory:6} {seen.per_second:8.0f}/s p50 {seen.p50_ms:6.1f} ms p99 {seen.p99_ms:6.1f} ms"
                f" {seen.statuses} memory {before:.0f} -> {after:.0f} MB",
                flush=True,
            )
