"""Load: a client that keeps many connections busy: prepared requests in, latencies out."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import uvloop


@dataclass(frozen=True)
class Measured:
    """What one run of the client saw."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    statuses: dict[int, int]

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


class _Connection(asyncio.Protocol):
    """One keep-alive connection: sends the next request as soon as the answer to the last one is complete."""

    def __init__(self, requests: list[bytes], latencies: list[float], statuses: dict[int, int]) -> None:
        self.requests, self.latencies, self.statuses = requests, latencies, statuses
        self.done = asyncio.get_running_loop().create_future()
        self.buffer = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._next()

    def _next(self) -> None:
        if not self.requests:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self.buffer = b""
        self.sent_at = time.perf_counter()
        self.transport.write(self.requests.pop())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, separator, body = self.buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        lower = head.lower()
        start = lower.index(b"content-length:") + 15
        length = int(lower[start : lower.find(b"\r\n", start) if b"\r\n" in lower[start:] else None])
        if len(body) < length:
            return
        self.latencies.append(time.perf_counter() - self.sent_at)
        status = int(head[9:12])
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("closed by the server"))


async def _run(port: int, requests: list[bytes], connections: int) -> Measured:
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    count = len(requests)
    began = time.perf_counter()
    made = [
        await loop.create_connection(lambda: _Connection(requests, latencies, statuses), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    seconds = time.perf_counter() - began
    latencies.sort()
    return Measured(
        requests=count,
        seconds=seconds,
        p50_ms=latencies[len(latencies) // 2] * 1000,
        p99_ms=latencies[int(len(latencies) * 0.99)] * 1000,
        statuses=statuses,
    )


def run(port: int, requests: Sequence[bytes], *, connections: int = 64) -> Measured:
    """Send every request once over so many connections to a server on this machine."""
    return uvloop.run(_run(port, list(reversed(requests)), connections))


def post(path: str, headers: dict[str, str], body: bytes) -> bytes:
    """One HTTP request as bytes."""
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """One HTTP request without a body as bytes."""
    lines = [f"GET {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
