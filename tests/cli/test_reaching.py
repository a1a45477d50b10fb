"""A command that can't reach its database, or finds another one than it needs, says so in words."""

import pytest

from tests.cli.commands import secrets, typed
from tests.databases import Cluster

NOWHERE = "postgresql://nobody:canary@127.0.0.1:9/nothing"
COMMANDS = {
    "verify": ("verify",),
    "import": ("import", "donations", __file__, "--campaign", "C", "--channel", "bank"),
    "retention": ("retention", "--dry-run"),
    "work": ("work", "--no-sign"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_an_address_where_nothing_answers_is_told(words: tuple[str, ...]) -> None:
    said, complaints = typed(*words, given=secrets(NOWHERE), status=69)
    assert "the database can't be reached" in complaints
    assert "Traceback" not in said + complaints
    assert "canary" not in said + complaints


def test_a_folder_where_no_database_can_live_is_told() -> None:
    _, complaints = typed("demo", "--port", "0", "--data", "/proc/none", status=1)
    assert "/proc/none" in complaints
    assert "Traceback" not in complaints
    assert "FolderUnreachable" not in complaints


def test_a_migration_says_so_too() -> None:
    given = {"ZHENGXINLU_MIGRATION_DATABASE_URL": NOWHERE}
    _, complaints = typed("migrate", given=given, status=69)
    assert "the database can't be reached" in complaints
    assert "canary" not in complaints


@pytest.fixture
def empty(cluster: Cluster):
    """A database that nobody has migrated."""
    cluster.drop("zxl_not_migrated")
    cluster.create("zxl_not_migrated")
    yield cluster.url("zxl_not_migrated", "owner")
    cluster.drop("zxl_not_migrated")


def test_a_database_that_nobody_migrated_is_told(empty: str) -> None:
    _, complaints = typed("verify", given=secrets(empty), status=78)
    assert "zhengxinlu migrate" in complaints
    assert "Traceback" not in complaints


def test_a_revision_that_nobody_wrote_is_told(empty: str) -> None:
    given = {"ZHENGXINLU_MIGRATION_DATABASE_URL": empty}
    _, complaints = typed("migrate", "abc", given=given, status=1)
    assert "abc" in complaints
    assert "Traceback" not in complaints
