"""Cluster: PostgreSQL's own programs, run over the data folder as the server's account."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from app.kit.embedded.binaries import Binaries
from app.kit.embedded.errors import DidNotStart
from app.kit.embedded.places import Place

# If we die without a word, our end of the pipe closes, and this stops the server: nobody is left an orphan.
WATCH = 'cat >/dev/null; exec "$1" stop --silent --no-wait --mode=fast --pgdata="$2"'
# Ours is not handed on: variables such as PGDATA or PGPORT of a developer's shell would mislead the server.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


def initialise(place: Place, binaries: Binaries, password: str) -> None:
    """Make the cluster, under another name until it is complete: half a cluster would never start."""
    unfinished = place.cluster.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    place.account.owns(unfinished)
    secret = place.sockets / "initial-password"
    secret.unlink(missing_ok=True)
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)
    place.account.owns(secret)
    try:
        made = _run(
            place,
            binaries.program("initdb"), f"--pgdata={unfinished}", "--username=postgres", f"--pwfile={secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip
    finally:
        secret.unlink()
    if made.returncode != 0:
        raise DidNotStart(f"initdb of {binaries} failed: {made.stderr.strip()}")
    unfinished.rename(place.cluster)


def launch(
    place: Place, binaries: Binaries, settings: Mapping[str, str], lock: int
) -> subprocess.Popen[bytes]:
    """Start the postmaster; it and its children inherit the lock and keep it as long as any of them lives."""
    values = {**settings, "unix_socket_directories": str(place.sockets), "unix_socket_permissions": "0700"}
    options = [word for name, value in values.items() for word in ("-c", f"{name}={value}")]
    place.turn_log()
    with os.fdopen(os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
        return subprocess.Popen(  # noqa: S603 - programs of the PostgreSQL we chose
            [binaries.program("postgres"), "-D", str(place.cluster), *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=(lock,), cwd="/", env=ENVIRONMENT,
            start_new_session=True,  # Ctrl-C is for us: the service drains first, then the server stops
            user=place.account.user, group=place.account.group, extra_groups=place.account.groups,
        )  # fmt: skip


def watch(place: Place, binaries: Binaries) -> subprocess.Popen[bytes]:
    """Leave a small process behind that stops the server when we are gone."""
    return subprocess.Popen(  # noqa: S603 - programs of the PostgreSQL we chose
        ["/bin/sh", "-c", WATCH, "sh", binaries.program("pg_ctl"), str(place.cluster)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd="/", env=ENVIRONMENT, start_new_session=True,
        user=place.account.user, group=place.account.group, extra_groups=place.account.groups,
    )  # fmt: skip


def ask_to_stop(place: Place, binaries: Binaries) -> None:
    """Ask a server that nobody owns any more to stop."""
    _run(place, binaries.program("pg_ctl"), "stop", "--no-wait", "--mode=fast", f"--pgdata={place.cluster}")


def forget_dead_postmaster(place: Place) -> None:
    """Remove the note of a killed postmaster if its process id belongs to another program by now.

    PostgreSQL itself ignores notes of ids that are free, but refuses to start when the id has been given
    away, which after the restart of a container is the rule. A postmaster that does run here is left for
    PostgreSQL to refuse.
    """
    note = place.cluster / "postmaster.pid"
    try:
        noted = note.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return
    if not noted.isdigit() or not Path(f"/proc/{noted}").exists():
        return
    try:
        works_in = Path(f"/proc/{noted}/cwd").readlink()
    except OSError:  # a process that has ended already, or of another account
        works_in = None
    if works_in != place.cluster.resolve():
        note.unlink()


def _run(place: Place, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - programs of the PostgreSQL we chose
        command, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, cwd="/", env=ENVIRONMENT,
        user=place.account.user, group=place.account.group, extra_groups=place.account.groups,
    )  # fmt: skip
