"""Ground: what every benchmark stands on.

A real server, a migrated database, a federation with a platform, a service.
"""

import base64
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import psycopg

from app.kit.database import Database
from app.kit.vault import Vault
from app.ledger import periods
from tests.databases import Cluster, migrate, running_cluster
from tests.webhooks.platforms import Partner, partner

TOKEN_KEY, MASTER_KEY, INDEX_KEY = (bytes(range(start, start + 32)) for start in (128, 160, 0))
ENVIRONMENT = {
    "ZHENGXINLU_ENVIRONMENT": "production",
    "ZHENGXINLU_TOKEN_SECRET": base64.b64encode(TOKEN_KEY).decode(),
    "ZHENGXINLU_VAULT_KEYS": f"bench:{base64.b64encode(MASTER_KEY).decode()}",
    "ZHENGXINLU_VAULT_CURRENT_KEY": "bench",
    "ZHENGXINLU_VAULT_INDEX_KEY": base64.b64encode(INDEX_KEY).decode(),
}
MONTH = date(2026, 5, 1)
"""The month of the gifts: open beforehand, so that no side has to open it."""

START_SECONDS_MAX = 180

_numbers = count()


@contextmanager
def cluster() -> Iterator[tuple[Cluster, str]]:
    """A running PostgreSQL with a migrated template database."""
    with running_cluster() as running:
        running.prepare_roles()
        template = f"zxl_bench_{os.getpid()}"
        running.drop(template)
        running.create(template)
        migrate(running.url(template, "owner"))
        yield running, template
        running.drop(template)


@contextmanager
def fresh(running: Cluster, template: str) -> Iterator[str]:
    """The name of a database of one's own, equal to the template."""
    name = f"{template}_{next(_numbers)}"
    running.create(name, template=template)
    yield name
    running.drop(name)


def database(running: Cluster, name: str) -> Database:
    vault = Vault({"bench": MASTER_KEY}, current="bench", index_key=INDEX_KEY)
    return Database(running.url(name), pool_size=4, info={"vault": vault})


async def prepare(running: Cluster, name: str) -> Partner:
    """A platform that may send as fast as it can, with an open campaign and an open month."""
    opened = database(running, name)
    async with opened.writing() as session:
        made = await partner(session)
        made.platform.rate_per_second = 100_000
        await periods.open_books(session, made.organization.id, MONTH)
    await opened.close()
    return made


@contextmanager
def service(factory: str, url: str) -> Iterator[int]:
    """A process that serves an application factory; yields its port."""
    command = ["-m", "uvicorn", "--factory", factory, "--no-access-log", "--log-level", "warning"]
    with running([*command, "--loop", "uvloop", "--http", "httptools"], url) as (port, _):
        yield port


@contextmanager
def running(arguments: Sequence[str], url: str) -> Iterator[tuple[int, int]]:
    """A Python process that listens on a port of its own; yields the port and the process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": url}
    command = [sys.executable, *arguments, "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    # On a busy machine the program alone takes half a minute to be read.
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the service ended with {process.returncode} before it answered")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30).read()
        except urllib.error.HTTPError:
            return  # An answer, of an application that has no such route.
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the service did not start")


def machine(running: Cluster) -> str:
    """What the figures were measured on."""
    with psycopg.connect(running.admin_url) as connection:
        names = ("server_version", "shared_buffers", "fsync", "synchronous_commit")
        version, buffers, *safe = (connection.execute(f"show {name}").fetchone()[0] for name in names)
    python = ".".join(map(str, sys.version_info[:3]))
    durable = "fsync and synchronous_commit on" if safe == ["on", "on"] else f"NOT DURABLE: {safe}"
    return (
        f"{os.cpu_count()} cores, PostgreSQL {version} (shared_buffers {buffers}, {durable}), Python {python}"
    )


def memory_mb(pid: int) -> float:
    """Resident memory of a process and of those that it started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, check=True, text=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    return sum(rss for process, parent, rss in rows if pid in (process, parent)) / 1024


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
