"""A new installation begins with one command: the federation's head, and who administers it."""

import base64
import os

import psycopg
import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from tests.databases import Cluster

PASSWORD = "three valleys, one river"
HEAD = ("--organization", "610000", "--head", "陕西省慈善协会")


def secret() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def url(cluster: Cluster, fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated and empty database, and an environment as production has it."""
    found = cluster.url(fresh_database)
    environment = {
        "DATABASE_URL": found,
        "ZHENGXINLU_TOKEN_SECRET": secret(),
        "ZHENGXINLU_VAULT_KEYS": f"2026-11:{secret()}",
        "ZHENGXINLU_VAULT_CURRENT_KEY": "2026-11",
        "ZHENGXINLU_VAULT_INDEX_KEY": secret(),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return found


def run(username: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["create-admin", username, "--password", PASSWORD, *words])


def admins(url: str) -> list[tuple[str, str, str]]:
    query = """
        select s.username, o.code, o.name from staff s
        join grants g on g.staff_id = s.id join organizations o on o.id = g.organization_id
        where g.role = 'admin' order by 1
        """
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def test_the_first_command_founds_the_federation(url: str) -> None:
    assert run("first", *HEAD).exit_code == 0
    assert run("second", "--organization", "610000").exit_code == 0

    assert admins(url) == [("first", "610000", "陕西省慈善协会"), ("second", "610000", "陕西省慈善协会")]


def test_a_federation_is_not_founded_twice(url: str) -> None:
    run("first", *HEAD)

    assert run("second", *HEAD).exit_code == 1
    assert len(admins(url)) == 1


def test_without_a_head_nobody_is_administered(url: str) -> None:
    assert run("first", "--organization", "610000").exit_code == 1
    assert admins(url) == []
