"""Memory: what the signer signed last, kept outside the database, which may be put back to an earlier day."""

import base64
import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from app.transparency import keyring
from app.transparency.checkpoints import Checkpoint, read_hash
from app.transparency.errors import MemoryMissing


def recall(path: Path) -> Checkpoint:
    """Return what was signed last; MemoryMissing if nobody remembers, which must never mean nothing."""
    if not path.exists():
        raise MemoryMissing(f"{path} is not there: zhengxinlu log init makes it")
    keyring.guard(path)
    said = json.loads(path.read_text())
    return Checkpoint(said["origin"], said["size"], read_hash(said["root"]))


def record(path: Path, signed: Checkpoint) -> None:
    """Remember what is about to be signed; it is on the disk when this returns."""
    said = {"origin": signed.origin, "size": signed.size, "root": base64.b64encode(signed.root).decode()}
    keyring.replace(path, json.dumps(said) + "\n")


@contextmanager
def held(path: Path) -> Generator[bool]:
    """Hold the memory for one signer; False if another one holds it already."""
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, keyring.PRIVATE)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(lock)
