"""Messages: what a volunteer is told on their telephone, by whatever way an installation has."""

import asyncio
import json
from pathlib import Path
from typing import Protocol

from app.kit.clock import now


class Sender(Protocol):
    """A way to send a short text to a telephone."""

    async def send(self, phone: str, text: str) -> None:
        """Send it, outside of any transaction."""
        ...


class FileSender:
    """A sender that appends what it is given to a file, one JSON object a line.

    The demo and the tests read it; a gateway for text messages may as well. Only its owner can read it.
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
