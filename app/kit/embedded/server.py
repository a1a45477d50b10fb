"""Server: the embedded PostgreSQL while it runs: its addresses, its process, its end."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote

from app.kit.embedded import roles
from app.kit.embedded.places import Place

PORT = 5432  # part of the socket's name, no port of the network
STOP_SECONDS_MAX = 60.0


@dataclass(frozen=True, slots=True)
class Held:
    """What the process that started a server holds of it."""

    postmaster: subprocess.Popen[bytes]
    watcher: subprocess.Popen[bytes]
    lock: int


@dataclass(slots=True)
class Server:
    """A running server. The process that started it also stops it; one that joined it leaves it running."""

    place: Place
    passwords: Mapping[str, str] = field(repr=False)
    held: Held | None = None

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.place.folder

    @property
    def joined(self) -> bool:
        """Whether the server is not, or no longer, ours to stop."""
        return self.held is None

    @property
    def pid(self) -> int:
        """The process id of the postmaster."""
        return int((self.place.cluster / "postmaster.pid").read_text().split("\n", 1)[0])

    def url(self, *, role: str = "owner", database: str = roles.DATABASE) -> str:
        """Give the address for a role ("superuser", "owner", "service") as libpq and its drivers read it."""
        password, host = quote(self.passwords[role], safe=""), quote(str(self.place.sockets), safe="")
        return (
            f"postgresql://{roles.NAMES[role]}:{password}@/{quote(database, safe='')}?host={host}&port={PORT}"
        )

    def stop(self) -> None:
        """End all connections and stop the server with its data safe on disk; a second call does nothing."""
        held, self.held = self.held, None
        if held is None:
            return
        # First, so that nobody joins a server that is about to go.
        os.close(held.lock)
        held.postmaster.send_signal(signal.SIGINT)
        try:
            held.postmaster.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            # Immediate shutdown: the next start recovers from the log, nothing acknowledged is lost.
            held.postmaster.send_signal(signal.SIGQUIT)
            held.postmaster.wait()
        dismiss(held.watcher)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()


def dismiss(watcher: subprocess.Popen[bytes]) -> None:
    """End the watcher of a server that has ended."""
    watcher.kill()
    if watcher.stdin is not None:
        watcher.stdin.close()
    watcher.wait()


def remove(server: Server) -> None:
    """Stop the server and delete its folder with all data."""
    server.stop()
    shutil.rmtree(server.place.sockets, ignore_errors=True)
    shutil.rmtree(server.folder)
