"""Subscribers: real HTTP servers on this machine that keep what they are told, and answer as bidden."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

Answer = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class Letter:
    """One request, as it came."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)

    def verified(self, secret: str) -> dict[str, Any]:
        """What it says, if the reference library finds it signed with this secret."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """A subscriber's server. `answer` says with which status and headers a letter is answered."""

    port: int = 0
    scheme: str = "http"
    letters: list[Letter] = field(default_factory=list)
    answer: Callable[[Letter], Answer] = lambda _: (204, {})
    connections: int = 0
    stalled: asyncio.Event | None = None

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/events?from=zhengxinlu"

    @property
    def ids(self) -> list[str]:
        return [letter.id for letter in self.letters]

    def takes(self, *statuses: int) -> None:
        """Answer with these statuses, one letter after the other, then with 204."""
        left = list(statuses)
        self.answer = lambda _: (left.pop(0) if left else 204, {})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            letter = Letter(head[0].split(" ")[1], headers, body)
            self.letters.append(letter)
            if self.stalled is not None:
                await self.stalled.wait()
            status, more = self.answer(letter)
            told = "".join(f"{name}: {value}\r\n" for name, value in more.items())
            writer.write(
                f"HTTP/1.1 {status} Told\r\n{told}content-length: 0\r\nconnection: close\r\n\r\n".encode()
            )
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A subscriber that listens while the block runs."""
    receiver = Receiver(scheme="https" if tls else "http")
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
