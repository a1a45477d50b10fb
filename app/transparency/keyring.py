"""Keyring: the file of the keys that sign, readable by its owner alone."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from app.transparency.errors import FileExposed, KeyMissing
from app.transparency.notes import SigningKey

PRIVATE = 0o600


def guard(path: Path) -> None:
    """Refuse a file that anybody but this process's user could read or change."""
    found = path.stat()
    if stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid():
        raise FileExposed(f"{path}: its owner must be the only one who may read it (chmod 600)")


def read(path: Path, origin: str) -> list[SigningKey]:
    """Return the keys that sign for this origin, the oldest first; KeyMissing if there is none."""
    if not path.exists():
        raise KeyMissing(f"{path} is not there: zhengxinlu log init makes it")
    guard(path)
    keys = [SigningKey.read(line) for line in path.read_text().split("\n") if line]
    if not (ours := [key for key in keys if key.name == origin]):
        raise KeyMissing(f"{path} holds no key named {origin}: zhengxinlu log init makes one")
    return ours


def add(path: Path, origin: str) -> SigningKey:
    """Add a fresh key for this origin; those that are there go on signing beside it."""
    before = _lines(path)
    key = SigningKey.new(origin)
    replace(path, "\n".join([*before, key.written(), ""]))
    return key


def retire(path: Path, origin: str) -> SigningKey:
    """Take the oldest key of this origin out of the file and return it; never the last one."""
    ours = read(path, origin)
    if len(ours) < 2:
        raise KeyMissing("the only key can't be retired: add its successor first")
    replace(path, "\n".join([line for line in _lines(path) if line != ours[0].written()] + [""]))
    return ours[0]


def _lines(path: Path) -> Sequence[str]:
    if not path.exists():
        return []
    guard(path)
    return [line for line in path.read_text().split("\n") if line]


def replace(path: Path, text: str) -> None:
    """Write a private file so that after any crash it is the old one or the new one, whole."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
