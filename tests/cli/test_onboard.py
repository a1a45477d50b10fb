"""The command that takes a workbook over: what it prints, and the number with which it ends."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from openpyxl import load_workbook
from psycopg import sql

from tests.databases import ROOT, Cluster
from tests.onboarding.workbooks import Sheets, changed, sheets, write

HEAD = ("--organization", "610000", "--head", "陕西省慈善协会", "--password", "three valleys, one river")


def secret() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture(scope="module")
def environment(cluster: Cluster, template: str) -> Iterator[dict[str, str]]:
    """A database of its own with the federation's head, as a process knows it."""
    name = f"zxl_onboard_{os.getpid()}"
    cluster.create(name, template=template)
    told = os.environ | {
        "DATABASE_URL": cluster.url(name),
        "ZHENGXINLU_TOKEN_SECRET": secret(),
        "ZHENGXINLU_VAULT_KEYS": f"2026-11:{secret()}",
        "ZHENGXINLU_VAULT_CURRENT_KEY": "2026-11",
        "ZHENGXINLU_VAULT_INDEX_KEY": secret(),
        "COLUMNS": "160",
        "PYTHONPATH": str(ROOT),
    }
    assert run(told, "create-admin", "first", *HEAD).returncode == 0
    yield told
    cluster.drop(name)


def run(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from app.cli import app; app()", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def count(environment: dict[str, str], table: str) -> int:
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        query = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def live_on(environment: dict[str, str]) -> str:
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        row = connection.execute("select books_from from organizations").fetchone()
    assert row is not None
    return str(row[0])


def here(environment: dict[str, str], told: Sheets) -> Sheets:
    told["机构"] = [*told["机构"][:1], ["610000", live_on(environment)]]
    return told


def test_a_template_is_written(environment: dict[str, str], tmp_path: Path) -> None:
    blank = tmp_path / "template.xlsx"

    made = run(environment, "onboard", str(blank), "--template")

    assert (made.returncode, made.stdout.strip().replace("\n", "")) == (0, str(blank))
    assert "捐赠明细" in load_workbook(blank).sheetnames


def test_from_what_is_wrong_to_a_second_file(environment: dict[str, str], tmp_path: Path) -> None:
    told = changed(("捐赠明细", 2, 2, "三百"), ("资金账户", 2, 2, "保险箱"))
    faulty = run(environment, "onboard", str(write(tmp_path / "c.xlsx", told)), "--organization", "610000")
    assert (faulty.returncode, count(environment, "entries")) == (1, 0)
    for words in ("未导入", "捐赠明细!2 未使用金额", "not_money", "应为以元计的金额", "资金账户!2 类型"):
        assert words in faulty.stdout, faulty.stdout
    assert "at most two decimals" in faulty.stdout
    file = str(write(tmp_path / "a.xlsx", here(environment, sheets())))

    tried = run(environment, "onboard", file, "--dry-run")
    assert (tried.returncode, count(environment, "entries")) == (0, 0), tried.stderr
    assert "试运行，未保存" in tried.stdout

    taken = run(environment, "onboard", file)
    assert (taken.returncode, count(environment, "entries")) == (0, 1), taken.stderr
    rows = {
        line[1:].split("│")[0].strip(): line.split("│")[2].strip()
        for line in taken.stdout.splitlines()
        if line.count("│") == 3
    }
    assert rows["捐赠明细 · gifts itemised"] == "2"
    assert rows["未使用余额 · unspent (yuan)"] == "1,040.00"

    again = run(environment, "onboard", file, "--organization", "610000")
    assert (again.returncode, "已导入过" in again.stdout) == (0, True)
    other = str(write(tmp_path / "b.xlsx", here(environment, changed(("人员", 2, 1, "王芬")))))
    refused = run(environment, "onboard", other)
    assert (refused.returncode, "went live with another workbook" in refused.stderr) == (1, True)
    assert (count(environment, "entries"), count(environment, "onboardings")) == (1, 1)


def test_without_a_place_or_a_workbook_it_says_why(environment: dict[str, str], tmp_path: Path) -> None:
    nowhere = run(environment, "onboard", str(write(tmp_path / "a.xlsx", sheets())))
    unknown = run(environment, "onboard", str(tmp_path / "a.xlsx"), "--organization", "NONE")
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    broken = run(environment, "onboard", str(tmp_path / "b.xlsx"), "--organization", "610000")

    assert (nowhere.returncode, unknown.returncode, broken.returncode) == (2, 1, 1)
    assert "--organization" in nowhere.stderr
    assert "not a readable workbook" in broken.stderr
