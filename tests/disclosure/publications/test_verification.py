"""Verification names a publication that is not what its hash and the public log say."""

import psycopg
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.publications import invariants
from app.kit.database import Database
from app.ledger.verification import Check
from tests.databases import Cluster
from tests.disclosure.publications.press import press, with_gifts

_OTHER = "convert_to(replace(convert_from(snapshot, 'UTF8'), '2026', '2025'), 'UTF8')"
TAMPERINGS = {
    "its bytes": f"update publications set snapshot = {_OTHER}",
    "its bytes and their hash": f"update publications set snapshot = {_OTHER},"
    f" snapshot_sha256 = sha256({_OTHER})",
    "its title": "update publications set title = '别的'",
    "its day": "update publications set published_on = published_on + 1",
    "its place in the log": "update publications set submission_id = gen_random_uuid()",
    "what the log was told": "update log_submissions set body = convert_to("
    "replace(convert_from(body, 'UTF8'), 'campaign_progress', 'campaign_final'), 'UTF8')"
    " where kind = 'publication'",
}


@pytest.fixture
async def published(committed_app: FastAPI, committed_client: AsyncClient, committed: Database) -> str:
    """The id of what an organization published."""
    async with committed.writing() as session:
        here = await press(committed_app, committed_client, session, await with_gifts(session))
    return (await here.publish(await here.draft()))["id"]


async def checked(database: Database) -> Check:
    async with database.reading() as session:
        [found] = [await check(session) for check in invariants.CHECKS]
    return found


async def test_what_was_published_is_what_the_log_was_told(committed: Database, published: str) -> None:
    found = await checked(committed)
    assert (found.examined, found.offender) == (1, None)


@pytest.mark.parametrize("what", TAMPERINGS)
async def test_whatever_was_changed_of_it_is_named(
    cluster: Cluster, fresh_database: str, committed: Database, published: str, what: str
) -> None:
    with psycopg.connect(cluster.url(fresh_database, "admin"), autocommit=True) as administrator:
        administrator.execute("set session_replication_role = replica")
        administrator.execute("alter table publications drop constraint publications_snapshot_check")
        assert administrator.execute(TAMPERINGS[what]).rowcount == 1
    assert (await checked(committed)).offender == f"publication {published}"
