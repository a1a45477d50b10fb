"""Received: a sheet that somebody sent, on disk for as long as it is read."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol


class Sent(Protocol):
    """Whatever hands out the bytes of a file that came over the network."""

    async def read(self) -> bytes:
        """Return all of it."""
        ...


@asynccontextmanager
async def on_disk(sent: Sent | bytes) -> AsyncGenerator[Path]:
    """Keep a sheet (XLSX or CSV, told by its content) in a folder of its own until it has been read."""
    content = sent if isinstance(sent, bytes) else await sent.read()
    with TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        await asyncio.to_thread(path.write_bytes, content)
        yield path
