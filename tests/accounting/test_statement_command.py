"""The command takes in real lists of a bank's lines, every row accounted for."""

import asyncio
import base64
import os
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from app.accounting.models import BankLine, Channel
from app.cli import app
from app.kit.database import Database
from tests.databases import Cluster
from tests.factories import organizations as members
from tests.fundraising.desk import bank

SAMPLE = Path(__file__).parent.parent / "data" / "wuhan_redcross_2020_sample.csv"
_TOKEN, _MASTER, _INDEX = (base64.b64encode(os.urandom(32)).decode() for _ in range(3))
SECRETS = {
    "ZHENGXINLU_TOKEN_SECRET": _TOKEN,
    "ZHENGXINLU_VAULT_KEYS": f"test:{_MASTER}",
    "ZHENGXINLU_VAULT_CURRENT_KEY": "test",
    "ZHENGXINLU_VAULT_INDEX_KEY": _INDEX,
    "COLUMNS": "160",
}


@pytest.fixture
async def accounts(committed: Database) -> tuple[Channel, Channel]:
    """Two bank accounts of one member."""
    async with committed.writing() as session:
        at = await members.organization(session)
        return await bank(session, at, code="bocom"), await bank(session, at, code="abc")


async def run(url: str, *words: str, file: Path = SAMPLE) -> tuple[int, str]:
    said = ["import", "bank-statement", str(file), *words]
    ran = await asyncio.to_thread(CliRunner().invoke, app, said, env=SECRETS | {"DATABASE_URL": url})
    return ran.exit_code, ran.output


async def kept(database: Database, channel: Channel) -> tuple[int, int]:
    query = select(func.count(), func.sum(BankLine.amount)).where(BankLine.channel_id == channel.id)
    async with database.reading() as session:
        count, amount = (await session.execute(query)).one()
    return count, int(amount or 0)


async def test_every_row_of_two_real_accounts_is_taken_in_once(
    committed: Database, cluster: Cluster, fresh_database: str, accounts: tuple[Channel, Channel]
) -> None:
    url, (bocom, abc) = cluster.url(fresh_database), accounts
    dated = ("--day", "2020-02-04", "--opening", "0")

    one = await run(
        url,
        *("--account", "bocom", "--where", "bank_account=交通银行", *dated),
        *("--count", "91", "--closing", "270788629.35"),
    )
    other = await run(url, "--account", "abc", "--where", "bank_account=农业银行", *dated, "--count", "56")
    again = await run(url, "--account", "abc", "--where", "bank_account=农业银行", *dated, "--count", "56")

    assert [code for code, _ in (one, other, again)] == [0, 0, 0], one[1] + other[1]
    assert await kept(committed, bocom) == (91, 270_788_629_35)
    assert await kept(committed, abc) == (56, 54_162_025_69)


async def test_a_control_total_that_differs_stops_the_command(
    committed: Database, cluster: Cluster, fresh_database: str, accounts: tuple[Channel, Channel]
) -> None:
    url, (bocom, _) = cluster.url(fresh_database), accounts
    asked = ("--account", "bocom", "--where", "bank_account=交通银行", "--day", "2020-02-04")

    # What the Red Cross announced was one line more than it published.
    code, told = await run(url, *asked, "--opening", "0", "--count", "92")
    unknown, _ = await run(url, "--account", "icbc", "--day", "2020-02-04")
    nowhere, _ = await run(url, "--account", "bocom", "--where", "bank=x", "--day", "2020-02-04")

    assert (code, unknown, nowhere) == (1, 1, 1)
    assert "92 lines expected, 91 found" in told
    assert await kept(committed, bocom) == (0, 0)
