"""Messages: what people are told on their telephone, by whatever way an installation has."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

from starlette.requests import Request

from app.kit.clock import now
from app.organizations.visitors.errors import MessagesNotSent


@dataclass(frozen=True, slots=True)
class Message:
    """A text for a telephone, to be sent when the transaction has ended."""

    phone: str = field(repr=False)
    text: str = field(repr=False)


class Sender(Protocol):
    """A way to send a short text to a telephone."""

    async def send(self, phone: str, text: str) -> None:
        """Send it, outside of any transaction."""
        ...


class FileSender:
    """A sender that appends what it is given to a file, one JSON object a line; only its owner can read it.

    For the demo and for tests: in production whoever reads the file could sign in as anybody.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, phone: str, text: str) -> None:
        """Append a message."""
        line = json.dumps({"at": now().isoformat(), "phone": phone, "text": text}, ensure_ascii=False)
        await asyncio.to_thread(self._append, line)

    def _append(self, line: str) -> None:
        self._path.touch(mode=0o600)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def sender(request: Request) -> Sender:
    """Return this application's way to send messages, or refuse where there is none."""
    found = cast("Sender | None", getattr(request.app.state, "sender", None))
    if found is None:
        raise MessagesNotSent
    return found


async def tell(sender: Sender, messages: Sequence[Message]) -> None:
    """Send messages, after the commit: a text message cannot be taken back."""
    for message in messages:
        await sender.send(message.phone, message.text)
