"""Gifts a second through the webhook door, fully booked, against a bare route and a naive one."""

import asyncio
from contextlib import ExitStack
from functools import partial
from itertools import count
from multiprocessing import get_context

from benchmarks import findings, ground, load, messages
from benchmarks.findings import Finding, Said
from benchmarks.load import Measured
from tests.databases import Cluster
from tests.webhooks.platforms import Partner

ROUNDS = 5
REQUESTS = {"ours": 6_000, "bare": 8_000, "raw": 8_000, "orm": 400}
WARM_UP = 500


def measure(running: Cluster, template: str, said: Said) -> list[Finding]:
    """Every side keeps its own service and database; 64 connections send to one side after the other."""
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        sides = {}
        for name, requests in REQUESTS.items():
            database = stack.enter_context(ground.fresh(running, template))
            platform = asyncio.run(ground.prepare(running, database))
            port = stack.enter_context(ground.service(f"benchmarks.apps:{name}", running.url(database)))
            send = partial(_send, client, port, platform, count())
            send(WARM_UP)
            sides[name] = partial(send, requests)
        seen = findings.alternated(sides, ROUNDS, said)
    pace = {name: findings.middle(rounds, lambda one: one.per_second) for name, rounds in seen.items()}
    p50 = findings.middle(seen["ours"], lambda one: one.p50_ms)
    p99 = findings.middle(seen["ours"], lambda one: one.p99_ms)
    what, more = "webhook, fully booked, 64 connections", f", p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    return [
        findings.rate(what, pace["ours"], "a bare FastAPI route", pace["bare"], floor=0.4, more=more),
        findings.rate(what, pace["ours"], "a bare one that parses nothing", pace["raw"]),
        findings.rate(what, pace["ours"], "a naive ORM route", pace["orm"], floor=4),
    ]


def _send(client, port: int, platform: Partner, numbers: count, requests: int) -> Measured:
    prepared = messages.requests(platform, [next(numbers) for _ in range(requests)])
    measured = client.apply(load.run, (port, prepared))
    if set(measured.statuses) != {200}:
        raise RuntimeError(f"not every request was answered with 200: {measured.statuses}")
    return measured
