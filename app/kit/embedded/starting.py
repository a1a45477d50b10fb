"""Starting: how a folder becomes a running server, whatever state the last one left it in.

Two locks in the folder decide who is who, because a process id in a file says nothing after a crash:
`owner.lock` is held by the process that started the server, `server.lock` by every process of the server
itself. The kernel releases both, whatever way their holders end.
"""

import contextlib
import fcntl
import json
import os
import secrets
import tempfile
import time
from collections.abc import Generator, Mapping
from pathlib import Path

import psycopg

from app.kit.embedded import cluster, roles
from app.kit.embedded.binaries import Binaries, every_binaries, find_binaries, private_copy
from app.kit.embedded.errors import DidNotStart, DurabilityRequired, OtherMajor, PasswordsLost
from app.kit.embedded.places import Place, home, prepare
from app.kit.embedded.server import PORT, Held, Server, dismiss, remove

START_SECONDS_MAX = 120.0
POLL_SECONDS = 0.05
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
OWN = {
    "listen_addresses": "",  # the socket only: no other account of the machine reaches it
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
_started: dict[Path, Server] = {}  # by this process, so that it may start anew what was killed


def start(
    folder: Path | None = None,
    *,
    settings: Mapping[str, str] | None = None,
    binaries: Binaries | None = None,
) -> Server:
    """Start the server over this folder, or join the one that another living process runs over it.

    The first start makes the cluster, the roles and the database. `settings` are extra values of
    postgresql.conf; a server that is joined keeps its own.
    Raises `NoBinaries`, `OtherMajor`, `FolderUnreachable`, `PasswordsLost`, `DidNotStart`.
    """
    wanted = {**OWN, **(settings or {})}
    if weak := [name for name in DURABLE if wanted.get(name, "on") != "on"]:
        raise DurabilityRequired(f"{', '.join(weak)} must stay on.")
    place = prepare(folder)
    deadline = time.monotonic() + START_SECONDS_MAX
    _let_go_of_a_killed_one(place)
    lock = _open(place.folder / "owner.lock")
    try:
        while not _locked(lock):
            if joined := _join(place):
                os.close(lock)
                return joined
            _wait(deadline, f"another process has claimed {place.folder}, but its database does not answer")
        return _own(place, _choose(place, binaries), wanted, lock, deadline)
    except BaseException:
        os.close(lock)
        raise


@contextlib.contextmanager
def temporary(
    *, settings: Mapping[str, str] | None = None, binaries: Binaries | None = None
) -> Generator[Server]:
    """Run a server over a new folder, and throw both away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="zhengxinlu-"))
    if os.getuid() == 0:
        folder.chmod(0o711)  # new and ours, and the server's account must pass through
    server = start(folder, settings=settings, binaries=binaries)
    try:
        yield server
    finally:
        remove(server)


def _choose(place: Place, binaries: Binaries | None) -> Binaries:
    major = place.major()
    found = [binaries] if binaries else every_binaries() or [find_binaries()]
    fitting = [one for one in found if major in (None, one.major)]
    if not fitting:
        raise OtherMajor(
            f"{place.folder} holds data of PostgreSQL {major}, but here is only {', '.join(map(str, found))}."
            f" Provide PostgreSQL {major}, or begin anew in another folder."
        )
    # An ordinary user runs the wheel where it is; for root's system account that place may be out of reach.
    copied = place.account.user is not None and fitting[0].source == "wheel"
    return private_copy(fitting[0], home()) if copied else fitting[0]


def _own(place: Place, binaries: Binaries, settings: Mapping[str, str], lock: int, deadline: float) -> Server:
    inherited = _open(place.folder / "server.lock")
    try:
        if not _locked(inherited):
            # Whoever started the server that still runs is gone, or it would hold the owner's lock.
            cluster.ask_to_stop(place, binaries)
            while not _locked(inherited):
                _wait(deadline, f"an earlier server over {place.folder} does not end")
        passwords = _passwords(place)
        if place.major() is None:
            cluster.initialise(place, binaries, passwords["superuser"])
        cluster.forget_dead_postmaster(place)
        postmaster = cluster.launch(place, binaries, {**settings, "port": str(PORT)}, inherited)
    finally:
        os.close(inherited)
    watcher = cluster.watch(place, binaries)
    server = Server(place, passwords, Held(postmaster, watcher, lock))
    try:
        with _connected(server, deadline) as connection:
            roles.establish(connection, passwords)
    except BaseException:
        postmaster.kill()
        postmaster.wait()
        dismiss(watcher)
        raise
    _started[place.folder] = server
    return server


def _let_go_of_a_killed_one(place: Place) -> None:
    # Our own lock would make us wait for ourselves.
    earlier = _started.get(place.folder)
    if earlier and earlier.held and earlier.held.postmaster.poll() is not None:
        earlier.stop()


def _connected(server: Server, deadline: float) -> psycopg.Connection:
    url = server.url(role="superuser", database="postgres")
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError as refused:
            if server.held and server.held.postmaster.poll() is not None:
                raise DidNotStart(f"{server.place.log} ends with: {server.place.last_words()}") from refused
            _wait(deadline, f"PostgreSQL over {server.folder} does not answer: {refused}")


def _join(place: Place) -> Server | None:
    try:
        server = Server(place, json.loads(place.passwords.read_text()))
        # The service's database is the last thing a first start makes.
        psycopg.connect(server.url(role="service")).close()
    except (FileNotFoundError, ValueError, psycopg.OperationalError):
        return None
    return server


def _passwords(place: Place) -> dict[str, str]:
    if place.passwords.exists():
        return json.loads(place.passwords.read_text())
    if place.major() is not None:
        raise PasswordsLost(f"{place.passwords} is missing. Bring it back, or begin anew in another folder.")
    made = {role: secrets.token_urlsafe(24) for role in roles.NAMES}
    unfinished = place.passwords.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(place.passwords)
    return made


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(deadline: float, reason: str) -> None:
    if time.monotonic() > deadline:
        raise DidNotStart(f"After {START_SECONDS_MAX:.0f} seconds {reason}.")
    time.sleep(POLL_SECONDS)
