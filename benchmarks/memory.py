"""Memory of one worker that has just started and has nothing to do."""

import os
import subprocess
import sys
import time

from benchmarks import ground
from benchmarks.findings import Finding, Said
from tests.databases import Cluster

MB_MAX = 200
CLI = ["-c", "from app.cli import main; main()"]
SETTLED_SECONDS = 5


def measure(running: Cluster, template: str, said: Said) -> list[Finding]:
    """The web worker as `zhengxinlu serve` runs it, and the process of the background jobs."""
    with ground.fresh(running, template) as name:
        url = running.url(name)
        said("a web worker")
        with ground.running([*CLI, "serve"], url) as (_, pid):
            web = ground.memory_mb(pid)
        said("the background worker")
        environment = os.environ | ground.ENVIRONMENT | {"DATABASE_URL": url}
        process = subprocess.Popen(
            [sys.executable, *CLI, "work", "--no-sign"], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            time.sleep(SETTLED_SECONDS)
            if process.poll() is not None:
                raise RuntimeError("the background worker ended")
            jobs = ground.memory_mb(process.pid)
        finally:
            process.terminate()
            process.wait(30)
    return [_small("web worker, idle", web), _small("background worker, idle", jobs)]


def _small(what: str, used_mb: float) -> Finding:
    return Finding(
        what=what,
        figures=f"{used_mb:.0f} MB",
        against="",
        compared="",
        ratio="",
        floor=f"at most {MB_MAX} MB",
        reached=used_mb <= MB_MAX,
    )
