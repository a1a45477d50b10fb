"""The command takes in real lists of goods, every row accounted for, and tells which wait for somebody."""

import asyncio
import base64
import os
from pathlib import Path

from sqlalchemy import func, select
from typer.testing import CliRunner

from app.cli import app
from app.fundraising.goods import warehouses
from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models.goods import GoodsGift
from app.kit.database import Database
from tests.databases import Cluster
from tests.factories import organizations as members

RECEIVED = Path(__file__).parents[2] / "data" / "wuhan_redcross_2020_goods_received.csv"
_TOKEN, _MASTER, _INDEX = (base64.b64encode(os.urandom(32)).decode() for _ in range(3))
SECRETS = {
    "ZHENGXINLU_TOKEN_SECRET": _TOKEN,
    "ZHENGXINLU_VAULT_KEYS": f"test:{_MASTER}",
    "ZHENGXINLU_VAULT_CURRENT_KEY": "test",
    "ZHENGXINLU_VAULT_INDEX_KEY": _INDEX,
    "COLUMNS": "160",
}


async def run(url: str, *words: str) -> tuple[int, str]:
    said = ["import", "goods", str(RECEIVED), "--kind", "received", "--day", "2020-02-04", *words]
    ran = await asyncio.to_thread(CliRunner().invoke, app, said, env=SECRETS | {"DATABASE_URL": url})
    return ran.exit_code, ran.output


async def test_a_list_is_tried_and_then_taken_in(
    committed: Database, cluster: Cluster, fresh_database: str
) -> None:
    url = cluster.url(fresh_database)
    async with committed.writing() as session:
        at = await members.organization(session)
        new = NewWarehouse(organization_id=at.id, code="W1", name="物资库")
        await warehouses.create(session, new)
    place = ("--organization", at.code, "--warehouse", "W1")

    async def kept() -> int:
        async with committed.reading() as session:
            return int(await session.scalar(select(func.count()).select_from(GoodsGift)) or 0)

    tried, told = await run(url, *place, "--dry-run")
    assert (tried, await kept()) == (0, 0)
    assert "537" in told
    assert "计量单位: missing" in told

    done, _ = await run(url, *place)
    assert (done, await kept() > 500) == (0, True)
    unknown, said = await run(url, "--organization", at.code, "--warehouse", "W2")
    assert (unknown, "W2" in said) == (1, True)
