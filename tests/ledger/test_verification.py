"""Verification names the first offender of every promise, even one that only an administrator could break."""

import os
from collections.abc import AsyncIterator

import psycopg
import pytest

from app.kit.database import Database, ReadSession, WriteSession
from app.ledger import reversals, verification
from app.ledger.movements import dues
from app.ledger.verification import Check
from tests.factories import ledger as make
from tests.factories.ledger import Nature


async def eventful(session: WriteSession) -> None:
    """Let everything happen that the checks look at."""
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    gift = await make.gift(session, ours, fund, 1000)
    await make.gift(session, ours, ours.general, 900)
    spent = await make.spend(session, ours, fund, 100)
    await make.returned(session, ours, spent.postings[0].id, 40)
    await make.arrival(session, spent.postings[0].id, start=0, amount=60)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 300)
    await make.receive(session, theirs, other, transfer_id)
    giveback_id, _ = await make.give_back(session, theirs, transfer_id, 50)
    await make.take_back(session, ours, transfer_id, giveback_id)
    await make.transfer(session, ours, theirs, fund, 10, nature=Nature.advance)
    await make.move(session, ours.general, fund, 20)
    await make.refund(session, ours, gift, 1000, fact=True)
    [due] = await dues.waiting(session, [ours.organization_id])
    await dues.clear(session, due, ours.general, make.event())
    void = await make.gift(session, theirs, other, 5)
    await reversals.reverse(session, void.entry_id, make.event())


async def check_all(session: ReadSession) -> dict[str, Check]:
    return {check.name: check async for check in verification.checks(session)}


async def test_sound_books_pass_and_everything_is_looked_at(committed: Database) -> None:
    async with committed.writing() as session:
        await eventful(session)
    async with committed.reading() as session:
        found = await check_all(session)

    assert {name: check.offender for name, check in found.items() if check.offender} == {}
    assert min(check.examined for check in found.values()) > 0


SABOTAGE = {
    "guards": "alter table postings disable trigger postings_fit",
    "rights": "grant delete on postings to zhengxinlu_service",
    "rights of a column": "grant update (amount) on postings to zhengxinlu_service",
    "rights of everybody": "grant truncate on entries to public",
    "switched_off": "alter table funds disable trigger all",
    "switched_off guard": "drop trigger funds_append_only on funds",
    "switched_off index": "update pg_index set indisvalid = false"
    " where indexrelid = 'postings_pkey'::regclass",
    "switched_off constraint": """alter table postings drop constraint postings_amount_check,
        add constraint postings_amount_check check (amount > 0) not valid""",
    "entries": "delete from postings where entry_id = (select entry_id from postings limit 1)",
    "postings_one_fund": "update postings set fund_id = (select id from funds where id <> fund_id limit 1),"
    " first_serial = 10000 where id = (select id from postings where direction = 'out' limit 1)",
    "clearing": "update postings p set amount = amount + 1 from accounts a"
    " where a.id = p.credit_account_id and a.code = '0000'",
    "reversals": "update entries set reverses_id = null where kind = 'reversal'",
    "booked_on": "update entries set booked_on = booked_on + 1 where kind = 'donation'",
    "counters": "update fund_counters set spent = spent + 1 where spent < received",
    "serials": "update postings set first_serial = first_serial + 1 where first_serial > 0",
    "follows": "update postings set follows_offset = follows_offset + 1 where follows_kind = 'returned'",
    "purpose": "delete from fund_projects",
    "arrivals": "update arrivals set amount = amount + 1",
    "balances": "update balances set debit = debit + 1, credit = credit + 1",
    "trial_balance": "update balances set debit = debit + 1 where debit > 0",
    "pairs": "update accounts set counterparty_id = organization_id where counterparty_id is not null",
    "net_assets": "update fund_counters set received = received + 1",
}


@pytest.fixture(scope="module")
async def broken(cluster, template) -> AsyncIterator[str]:
    """A database with eventful books, to be cloned for every sabotage."""
    name = f"zxl_eventful_{os.getpid()}"
    cluster.drop(name)
    cluster.create(name, template=template)
    database = Database(cluster.url(name), pool_size=1)
    async with database.writing() as session:
        await eventful(session)
    await database.close()
    yield name
    cluster.drop(name)


@pytest.mark.parametrize("name", SABOTAGE)
async def test_every_broken_promise_is_named(cluster, broken: str, name: str) -> None:
    sabotaged = f"{broken}_sabotaged"
    cluster.create(sabotaged, template=broken)
    try:
        with psycopg.connect(cluster.url(sabotaged, "admin"), autocommit=True) as administrator:
            administrator.execute("set session_replication_role = replica")
            changed = administrator.execute(SABOTAGE[name]).rowcount
        database = Database(cluster.url(sabotaged), pool_size=1)
        async with database.reading() as session:
            found = await check_all(session)
        await database.close()
    finally:
        cluster.drop(sabotaged)
    assert changed
    assert found[name.partition(" ")[0]].offender is not None


async def test_a_service_that_owns_its_tables_is_named(cluster, fresh_database: str) -> None:
    """Whoever owns a table can switch off its guards: in one step the books are a list like any other."""
    owning = Database(cluster.url(fresh_database, "owner"), pool_size=1)
    async with owning.reading() as session:
        found = await check_all(session)
    await owning.close()
    assert found["rights"].offender == "accounts owner zhengxinlu_owner"
