"""Places: the account the embedded server runs under, and the folders that are its own."""

import hashlib
import os
import pwd
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.kit.embedded.errors import FolderUnreachable

ROOT_HOME = Path("/var/lib/zhengxinlu")
# The kernel's limit for the path of a socket is 107 bytes, and PostgreSQL names it in the folder we give.
LOG_BYTES_MAX = 10_000_000
SOCKET_FOLDER_BYTES_MAX = 107 - len("/.s.PGSQL.5432")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server's processes run as; the Nones of an ordinary user mean: as ourselves."""

    user: int | None = None
    group: int | None = None
    groups: tuple[int, ...] | None = None
    name: str = ""

    def owns(self, path: Path) -> None:
        """Give a file or folder that we have just made to the account."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group, follow_symlinks=False)


@dataclass(frozen=True, slots=True)
class Place:
    """One data folder: the cluster, its socket, its passwords, its log."""

    folder: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """The folder PostgreSQL keeps its data in."""
        return self.folder / "cluster"

    @property
    def passwords(self) -> Path:
        """The file of the roles' passwords, for our eyes only."""
        return self.folder / "passwords.json"

    @property
    def log(self) -> Path:
        """The file the server writes its messages to."""
        return self.folder / "server.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: the data folder's own, or a short private one if the path is too long."""
        own = self.folder / "run"
        if len(os.fsencode(own)) <= SOCKET_FOLDER_BYTES_MAX:
            return own
        # Always the same name, so that a second start and a second process find the same server.
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path("/tmp") / f"zhengxinlu-{os.getuid()}-{digest}"  # noqa: S108 - its owner and mode are verified

    def turn_log(self) -> None:
        """Begin a new log file when the old one has grown large; one old one is kept."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.rename(self.log.with_suffix(".log.1"))

    def last_words(self) -> str:
        """Read the end of the log, where a server that gave up says why."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return " / ".join(lines[-5:]) or "(nothing)"

    def major(self) -> int | None:
        """Read which major version of PostgreSQL the data belong to; None if there are none yet."""
        try:
            return int((self.cluster / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None


def home() -> Path:
    """Say where data go if nobody names a folder."""
    if os.getuid() == 0:
        return ROOT_HOME
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    if named.is_absolute():
        return named / "zhengxinlu"
    # Daemon accounts have no home folder, or are promised one that does not exist.
    own = Path(os.environ.get("HOME", ""))
    if own.is_absolute() and os.access(own, os.W_OK | os.X_OK):
        return own / ".local" / "share" / "zhengxinlu"
    return Path(tempfile.gettempdir()) / f"zhengxinlu-{os.getuid()}"


def prepare(folder: Path | None) -> Place:
    """Make the data folder and refuse one that the server could not use, or in which others could put files.

    Only folders that are made here get permissions; those that exist keep theirs.
    """
    account = _account()
    place = Place((folder or home() / "embedded").absolute(), account)
    try:
        make(place.folder, mode=0o755 if os.getuid() == 0 else 0o700)
    except OSError as failed:
        raise FolderUnreachable(f"{place.folder} cannot be made: {failed.strerror}.") from failed
    if folder is None:
        _must_be_ours(home(), os.getuid())
    _must_be_ours(place.folder, os.getuid())
    _must_be_reachable(place.folder, account)
    if not place.sockets.exists():
        place.sockets.mkdir(mode=0o700)
        account.owns(place.sockets)
    _must_be_ours(place.sockets, os.getuid() if account.user is None else account.user)
    return place


def make(folder: Path, *, mode: int) -> None:
    """Make a folder and those above it that are missing, with this mode whatever the umask."""
    if folder.is_dir():
        return
    make(folder.parent, mode=mode)
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(mode)


def _account() -> Account:
    if os.getuid() != 0:
        return Account()
    # PostgreSQL refuses to run as root.
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, (), name)
    raise FolderUnreachable(
        "PostgreSQL does not run as root, and this system has neither an account `postgres` nor `nobody`."
    )


def _must_be_ours(folder: Path, owner: int) -> None:
    # Where everybody may make files, a link could lead anywhere.
    found = folder.lstat() if folder.parent.stat().st_mode & stat.S_IWOTH else folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        raise FolderUnreachable(f"{folder} is not a folder.")
    if found.st_uid != owner:
        raise FolderUnreachable(f"{folder} belongs to another account (uid {found.st_uid}, not {owner}).")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise FolderUnreachable(f"Others may write in {folder}; choose a folder of your own.")


def _must_be_reachable(folder: Path, account: Account) -> None:
    if account.user is None:
        return
    ways = [*reversed(folder.parents), folder]
    # Asked as the account itself: modes alone do not tell what access lists and mounts allow.
    asked = subprocess.run(  # noqa: S603 - a fixed script
        ["/bin/sh", "-c", 'for way; do cd "$way" 2>/dev/null || { echo "$way"; exit 1; }; done', "sh", *ways],
        capture_output=True, text=True, check=False,
        user=account.user, group=account.group, extra_groups=account.groups, cwd="/", env={},
    )  # fmt: skip
    if asked.returncode != 0:
        raise FolderUnreachable(
            f"As root the database runs as `{account.name}`, and that account may not enter"
            f" {asked.stdout.strip() or folder}. Choose a folder it can reach, such as one below {ROOT_HOME}."
        )
