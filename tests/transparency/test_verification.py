"""Verification recomputes the log from the books and names the first index where they differ."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from app.kit.database import Database
from app.kit.vault import Vault
from app.ledger import verification
from app.ledger.verification import Check
from app.transparency import balances, log, signer
from app.transparency import verification as log_verification
from tests.databases import Cluster
from tests.factories import ledger as make
from tests.transparency import logs


async def check_all(database: Database) -> dict[str, Check]:
    async with database.reading() as session:
        return {check.name: check async for check in verification.checks(session, log_verification.CHECKS)}


@pytest.fixture(scope="module")
async def sealed(cluster: Cluster, template: str, vault: Vault) -> AsyncIterator[str]:
    """A database with a signed log of 300 leaves and some, to be cloned for every sabotage."""
    name = f"zxl_sealed_{os.getpid()}"
    cluster.drop(name)
    cluster.create(name, template=template)
    database = Database(cluster.url(name), pool_size=2, info={"vault": vault})
    with TemporaryDirectory() as folder:
        office = logs.office_in(Path(folder))
        await signer.open_office(database, office)
        await logs.book(database, 290)
        async with database.writing() as session:
            books = await make.books(session)
            fund = await make.fund(session, books)
            await make.gift(session, books, books.general, 900)
            await make.move(session, books.general, fund, 20)
            await log.append(session, "publication", {"number": "P-1"})
        await logs.sign(database, office)
        await logs.book(database, 10)
        await logs.sign(database, office)
        async with database.writing() as session:
            assert await balances.announce(session, make.NOON.date())
            assert await balances.announce(session, make.NOON.date()) is None
        await logs.sign(database, office)
    await database.close()
    yield name
    cluster.drop(name)


async def test_a_sound_log_passes_and_everything_is_looked_at(cluster: Cluster, sealed: str) -> None:
    database = Database(cluster.url(sealed), pool_size=1)
    found = await check_all(database)
    await database.close()
    assert {name: check.offender for name, check in found.items() if check.offender} == {}
    assert found["log_leaves"].examined == found["log_tree"].examined > 300
    assert found["log_guards"].examined == 7
    assert found["log_sealed"].examined == 302


_ONE = "(select entry_id from leaves where index = {})"
SABOTAGE = {
    "a flipped byte in a leaf": (
        ["update leaves set body = set_byte(body, 20, get_byte(body, 20) # 1) where index = 41"],
        {"log_leaves": "index 41:", "log_tree": "index 41:"},
    ),
    "a deleted leaf": (
        ["delete from leaves where index = 42"],
        {"log_leaves": "index 42 is missing", "log_tree": "index 42:"},
    ),
    "the last leaves deleted": (
        ["delete from leaves where index >= 300"],
        {"log_leaves": "index 300 is missing", "log_tree": "index 300:"},
    ),
    "a deleted entry": (
        [f"delete from entries where id = {_ONE.format(43)}"],
        {"log_leaves": "index 43:"},
    ),
    "an edited posting": (
        [f"update postings set amount = amount + 1 where entry_id = {_ONE.format(44)}"],
        {"log_leaves": "index 44:", "balances": "account"},
    ),
    "an edited posting that nobody sees in the clear": (
        [
            """update postings set amount = amount + 1
            where entry_id = (select id from entries where kind = 'redesignation')"""
        ],
        {"log_leaves": "index 291: the postings"},
    ),
    "an edited day": (
        [f"update entries set booked_on = booked_on + 1 where id = {_ONE.format(45)}"],
        {"log_leaves": "index 45:"},
    ),
    "two swapped rows": (
        [
            "create temp table pair as select index, body, entry_id from leaves where index in (46, 47)",
            "delete from leaves where index in (46, 47)",
            """insert into leaves (log_id, index, body, sealed_at, entry_id)
            select 1, 93 - index, body, now(), entry_id from pair""",
        ],
        {"log_leaves": "index 46:", "log_tree": "index 46:"},
    ),
    "a rewritten publication": (
        ["update log_submissions set body = '{\"number\":\"P-2\"}'::bytea where kind = 'publication'"],
        {"log_leaves": "index 292:"},
    ),
    "a flipped byte in a tile": (
        [
            """update tiles set hashes = set_byte(hashes, 320, get_byte(hashes, 320) # 1)
            where number = 0 and level = 0"""
        ],
        {"log_tree": "index 10: tile 0/0"},
    ),
    "a flipped byte high up in the tree": (
        ["update tiles set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 1"],
        {"log_tree": "index 0: tile 1/0"},
    ),
    "another head": (["update logs set root = sha256('x')"], {"log_tree": "do not lead to the head"}),
    "another checkpoint": (
        [
            """update log_checkpoints set root = sha256('x')
            where size = (select min(size) from log_checkpoints)"""
        ],
        {"log_tree": "checkpoint 29"},
    ),
    "an edited balance": (
        ["update balances set debit = debit + 1, credit = credit + 1"],
        {"balances": "account"},
    ),
    "a guard that is gone": (["drop trigger tiles_grow on tiles"], {"log_guards": "trigger tiles_grow"}),
    "an entry that nobody sealed": (
        [
            f"""update entries set created_at = created_at - interval '61 seconds'
            where id = {_ONE.format(48)}""",
            "delete from leaves where index = 48",
        ],
        {"log_sealed": "entry"},
    ),
}


@pytest.mark.parametrize("name", SABOTAGE)
async def test_whatever_was_tampered_with_is_named(cluster: Cluster, sealed: str, name: str) -> None:
    statements, named = SABOTAGE[name]
    sabotaged = f"{sealed}_sabotaged"
    cluster.create(sabotaged, template=sealed)
    try:
        with psycopg.connect(cluster.url(sabotaged, "admin"), autocommit=True) as administrator:
            administrator.execute("set session_replication_role = replica")
            for statement in statements:
                assert administrator.execute(statement).rowcount != 0
        database = Database(cluster.url(sabotaged), pool_size=1)
        found = await check_all(database)
        await database.close()
    finally:
        cluster.drop(sabotaged)
    for check, words in named.items():
        assert re.search(re.escape(words), found[check].offender or ""), (check, found[check].offender)
