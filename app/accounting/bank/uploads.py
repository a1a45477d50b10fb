"""Uploads: a file that a clerk sends, set aside on disk while it is read."""

import asyncio
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Protocol

from app.accounting.bank import readings
from app.accounting.bank.readings import Controls, Reading
from app.kit import vault
from app.kit.database import ReadSession


class Upload(Protocol):
    """A file on its way in."""

    file: BinaryIO


async def read(session: ReadSession, upload: Upload, controls: Controls) -> Reading:
    """Read a statement that was sent, aside from the loop that serves others."""
    return await asyncio.to_thread(_read, upload.file, controls, vault.of(session))


def _read(source: BinaryIO, controls: Controls, secrets: vault.Vault) -> Reading:
    with NamedTemporaryFile(prefix="statement-") as aside:
        shutil.copyfileobj(source, aside)
        aside.flush()
        return readings.read(Path(aside.name), controls, secrets)
