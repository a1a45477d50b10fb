"""A service in a process of its own, and senders that never give up."""

import asyncio
import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.webhooks.platforms import Partner

MASTER_KEY, INDEX_KEY = bytes(range(32)), bytes(range(96, 128))
SECRET = base64.b64encode(MASTER_KEY).decode()
ENVIRONMENT = {
    "ZHENGXINLU_TOKEN_SECRET": base64.b64encode(bytes(range(128, 160))).decode(),
    "ZHENGXINLU_VAULT_KEYS": f"test:{SECRET}",
    "ZHENGXINLU_VAULT_CURRENT_KEY": "test",
    "ZHENGXINLU_VAULT_INDEX_KEY": base64.b64encode(INDEX_KEY).decode(),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Service:
    """`zhengxinlu serve`, to be killed and started again on the same port."""

    database_url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            sys.executable,
            "-c",
            "from app.cli import main; main()",
            "serve",
            "--port",
            str(self.port),
        ]
        environment = os.environ | ENVIRONMENT | {"DATABASE_URL": self.database_url} | dict(self.settings)
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        # Two minutes and more: on a machine that is busy with other things a start takes its time.
        for _ in range(2400):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).read()
            except OSError:
                assert self.process.poll() is None, "the service ended"
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the service did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)


@contextmanager
def running(database_url: str, **settings: str) -> Iterator[Service]:
    service = Service(database_url, settings=settings)
    service.start()
    try:
        yield service
    finally:
        if service.process and service.process.poll() is None:
            service.kill()


@dataclass
class Sender:
    """A platform that posts gifts at a pace, notes what was acknowledged, and retries until everything is."""

    partner: Partner
    url: str
    acknowledged: dict[str, dict] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    stopped: bool = False

    async def send(self, client: httpx.AsyncClient, event: dict) -> bool:
        name = event["data"]["donation_id"]
        body = json.dumps(event, ensure_ascii=False).encode()
        headers = self.partner.headers(body, event_id=f"msg-{name}")
        try:
            answer = await client.post(
                f"{self.url}/v1/webhooks/{self.partner.platform.slug}", content=body, headers=headers
            )
        except httpx.TransportError:
            return False
        self.statuses.append(answer.status_code)
        if answer.status_code != 200:
            return False
        self.acknowledged.setdefault(name, answer.json())
        return True

    async def flood(self, events: list[dict], *, per_second: int) -> None:
        """Send each event once at this pace, whatever becomes of it."""
        async with httpx.AsyncClient(timeout=120) as client:
            began, tasks = time.monotonic(), []
            for number, event in enumerate(events):
                if self.stopped:
                    break
                await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
                tasks.append(asyncio.ensure_future(self.send(client, event)))
            await asyncio.gather(*tasks)

    async def insist(self, events: list[dict]) -> None:
        """Send what was not acknowledged, again and again, until it is."""
        async with httpx.AsyncClient(timeout=120) as client:
            for _ in range(200):
                left = [event for event in events if event["data"]["donation_id"] not in self.acknowledged]
                if not left:
                    return
                await asyncio.gather(*(self.send(client, event) for event in left[:50]))
        raise AssertionError("not everything was acknowledged in the end")
