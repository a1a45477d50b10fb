"""Pages: what the public reads of a campaign of a million gifts, against one of ten thousand."""

import json
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context

from benchmarks import crowd, findings, ground, load
from benchmarks.findings import Finding, Said
from benchmarks.load import Measured
from tests.databases import Cluster

LARGE, SMALL = 1_000_000, 10_000
REQUESTS = 150
ROUNDS = 4


def measure(running: Cluster, template: str, said: Said, *, large: int = LARGE) -> list[Finding]:
    """One connection asks one service after the other, which stand on a database each."""
    sides = {}
    with ExitStack() as stack:
        client = stack.enter_context(get_context("spawn").Pool(1))
        for gifts in (SMALL, large):
            database = stack.enter_context(ground.fresh(running, template))
            campaign = crowd.gather(running, database, gifts, said)
            codes = crowd.codes(running, database, REQUESTS)
            port = stack.enter_context(ground.service("benchmarks.apps:ours", running.url(database)))
            _check(port, campaign, gifts)
            pages = [f"/v1/disclosure/campaigns/{campaign}"] * REQUESTS
            traces = [f"/v1/disclosure/donations/{code}/trace" for code in codes]
            for what, paths in (("campaign page", pages), ("trace of a gift", traces)):
                side = partial(ask, client, port, paths)
                side()
                sides[f"{what}, {gifts:,} gifts"] = side
        seen = findings.alternated(sides, ROUNDS, said)
    p50 = {name: findings.middle(rounds, lambda one: one.p50_ms) for name, rounds in seen.items()}

    def held(what: str, most: float) -> Finding:
        ours, theirs = f"{what}, {large:,} gifts", f"{what}, {SMALL:,} gifts"
        return findings.wait(ours, p50[ours], f"{SMALL:,} gifts", p50[theirs], most=most, within_ms=2)

    return [held("campaign page", 1.2), held("trace of a gift", 1.5)]


def ask(client, port: int, paths: list[str], headers: Mapping[str, str] | None = None) -> Measured:
    """Ask for these addresses one after the other; every one of them must be there."""
    asked = [load.get(path, headers) for path in paths]
    measured = client.apply(load.run, (port, asked), {"connections": 1})
    if set(measured.statuses) != {200}:
        raise RuntimeError(f"not every request was answered with 200: {measured.statuses}")
    return measured


def _check(port: int, campaign: str, gifts: int) -> None:
    url = f"http://127.0.0.1:{port}/v1/disclosure/campaigns/{campaign}"
    with urllib.request.urlopen(url) as answer:
        told = json.load(answer)["gift_count"]
    if told != gifts:
        raise RuntimeError(f"the page tells of {told} gifts instead of {gifts}")
