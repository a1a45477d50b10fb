"""What every benchmark stands on:

a real server, a migrated database, a federation with a platform, a service.
"""

import base64
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from app.kit.database import Database
from app.kit.vault import Vault
from tests.databases import Cluster, migrate, running_cluster

SECRET = base64.b64encode(bytes(range(32))).decode()
ENVIRONMENT = {
    "ZHENGXINLU_ENVIRONMENT": "test",
    "ZHENGXINLU_TOKEN_SECRET": SECRET,
    "ZHENGXINLU_VAULT_KEYS": f"bench:{SECRET}",
    "ZHENGXINLU_VAULT_CURRENT_KEY": "bench",
    "ZHENGXINLU_VAULT_INDEX_KEY": SECRET,
}
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
    """The name of a database of one's own."""
    name = f"{template}_{next(_numbers)}"
    running.create(name, template=template)
    yield name
    running.drop(name)


def database(running: Cluster, name: str) -> Database:
    raw = bytes(range(32))
    vault = Vault({"bench": raw}, current="bench", index_key=raw)
    return Database(running.url(name), pool_size=12, info={"vault": vault})


@contextmanager
def service(factory: str, url: str) -> Iterator[tuple[int, int]]:
    """A uvicorn process that serves an application factory; yields its port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), "--no-access-log"]
    command += ["--log-level", "warning", "--loop", "uvloop", "--http", "httptools"]
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": url}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=5).read()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the service did not start")


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
