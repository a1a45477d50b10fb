"""Verification opens what entries commit to of their givers, and names what was changed behind them."""

import psycopg
import pytest

from app.fundraising import corrections, donations
from app.fundraising.invariants import commitments
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import Database
from app.ledger.verification import Check
from app.webhooks import erasures
from tests.databases import Cluster
from tests.factories import fundraising as make


@pytest.fixture
async def gifts(committed: Database) -> list[Donation]:
    """Three gifts: of somebody with a name, of a number without one, of nobody known."""
    givers = (
        {"external_id": "u_1", "name": "王小明"},
        {"external_id": "u_2", "name": None},
        {"external_id": None, "name": None},
    )
    async with committed.writing() as session:
        appeal = await make.appeal(session)
        told = [make.gift(appeal, 100, giver=make.Giver(**one)) for one in givers]
        outcomes = await donations.receive(session, told)
        return [await session.get_one(Donation, one.donation_id) for one in outcomes]


async def checked(database: Database) -> Check:
    async with database.reading() as session:
        return await commitments.opened(session)


async def test_what_the_vault_says_is_what_was_committed_to(
    committed: Database, gifts: list[Donation]
) -> None:
    found = await checked(committed)
    assert (found.offender, found.examined) == (None, 3)


async def test_a_corrected_gift_is_opened_in_each_of_its_entries(
    committed: Database, gifts: list[Donation]
) -> None:
    async with committed.writing() as session:
        gift = await session.get_one(Donation, gifts[0].id)
        await corrections.change_amount(session, gift, 120, reason="test", actor="test")
    found = await checked(committed)
    assert (found.offender, found.examined) == (None, 4)


async def test_nothing_is_opened_of_who_was_erased(committed: Database, gifts: list[Donation]) -> None:
    async with committed.writing() as session:
        await erasures.erase(session, gifts[0].person_id)
    found = await checked(committed)
    assert (found.offender, found.examined) == (None, 2)


async def test_another_number_is_named(
    cluster: Cluster, fresh_database: str, committed: Database, gifts: list[Donation]
) -> None:
    tamper(cluster, fresh_database, "update donations set their_id = 'T-0' where id = %s", gifts[1].id)
    offender = (await checked(committed)).offender
    assert offender == f"donation {gifts[1].id}: the reference is not what was committed to"


async def test_another_name_is_named(
    cluster: Cluster, fresh_database: str, committed: Database, gifts: list[Donation]
) -> None:
    """Whoever holds the keys can seal another name: the commitment was made of the first one."""
    person = gifts[0].person_id
    async with committed.reading() as session:
        [key] = (await vault.keys(session, [person])).values()
        sealed = vault.of(session).seal(key, person, "gift", '{"name":"李四"}'.encode())
    tamper(cluster, fresh_database, "update donations set sealed = %s where id = %s", sealed, gifts[0].id)
    offender = (await checked(committed)).offender
    assert offender == f"donation {gifts[0].id}: the donor is not what was committed to"


@pytest.mark.parametrize(
    "change",
    [
        "update donations set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where id = %s",
        """update vault_people set wrapped_key = set_byte(wrapped_key, 40, get_byte(wrapped_key, 40) # 1)
        where id = (select person_id from donations where id = %s)""",
    ],
)
async def test_a_flipped_bit_in_the_vault_is_named(
    cluster: Cluster, fresh_database: str, committed: Database, gifts: list[Donation], change: str
) -> None:
    tamper(cluster, fresh_database, change, gifts[0].id)
    offender = (await checked(committed)).offender
    assert offender == f"donation {gifts[0].id}: what the vault holds of its giver was changed"


def tamper(cluster: Cluster, name: str, change: str, *values: object) -> None:
    with psycopg.connect(cluster.url(name, "admin"), autocommit=True) as administrator:
        administrator.execute("set session_replication_role = replica")
        assert administrator.execute(change, values).rowcount == 1
