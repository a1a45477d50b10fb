"""What an auditor has put into the working papers by index stays: after new entries and after a restart."""

import asyncio
from pathlib import Path

import httpx
import pytest

from app.fundraising import corrections, donations
from app.fundraising.models import Donation
from app.kit.database import Database
from app.kit.sheets.workbooks import MEDIA_TYPE
from tests.audit.books import Audited, audited
from tests.databases import Cluster
from tests.factories import fundraising
from tests.journeys.services import Service

Kept = dict[str, tuple[bytes, str | None]]
"""By address: the bytes of an answer and its tag, if it has one."""


async def papers(service: Service, books: Audited, size: int) -> Kept:
    """Everything that is told by index up to a size of the log."""
    at = f"/v1/audit/organizations/{books.organization.id}"
    sheet = {"Accept": MEDIA_TYPE}
    kept: Kept = {}
    async with httpx.AsyncClient(base_url=service.url, headers=books.headers, timeout=60) as client:
        for index in range(size):
            answer = await client.get("/v1/audit/journal", params={"after": index - 1, "limit": 1})
            assert answer.status_code == 200, answer.text
            line, *_ = answer.content.splitlines()
            # An index whose leaf is no entry has no line: what comes then is a later one, or the trailer.
            if line.startswith(b'{"index":%d,' % index):
                kept[f"line {index}"] = (line, None)
            for name, more in (("JSON", {}), ("workbook", sheet)):
                address = f"{at}/trial-balance?as_of_index={index + 1}"
                balance = await client.get(address, headers=more)
                assert balance.status_code == 200, balance.text
                tag = balance.headers["etag"]
                kept[f"balance {index + 1} as {name}"] = (balance.content, tag)
                again = await client.get(address, headers=more | {"If-None-Match": tag})
                assert (again.status_code, again.headers["etag"], again.content) == (304, tag, b"")
        sample = await client.get(f"{at}/samples?seed=x&as_of_index={size}")
        kept["sample"] = (sample.content, None)
        whole = await client.get("/v1/audit/journal")
        one_by_one = [content for name, (content, _) in kept.items() if name.startswith("line")]
        assert whole.content.splitlines()[: len(one_by_one)] == one_by_one
    return kept


async def void(books: Audited) -> None:
    """A gift that was a mistake: its reversal is of a kind whose postings are committed to."""
    async with books.database.writing() as session:
        [outcome] = await donations.receive(session, [fundraising.gift(books.appeal(books.ours), 9_00)])
        donation = await session.get_one(Donation, outcome.donation_id)
        await corrections.void(session, donation, reason="test", actor="test")


async def test_what_is_told_by_index_is_the_same_bytes_after_new_entries_and_a_restart(
    cluster: Cluster,
    committed: Database,
    fresh_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    books = await audited(committed, tmp_path)
    await books.give(books.ours, 100_00, 250_00)
    await void(books)
    await books.sign()
    # Its last leaf is no entry: the day's balances.
    size = await books.sign()
    service = Service(cluster.url(fresh_database))
    try:
        await asyncio.to_thread(service.start)
        first = await papers(service, books, size)
        # The books go on while it runs, and go on being signed.
        await books.give(books.ours, 3_00, 4_00)
        await books.give(books.theirs, 5_00)
        await void(books)
        assert await books.sign() > size
        assert await papers(service, books, size) == first
        await asyncio.to_thread(service.kill)
        # Another machine, whose database would tell the time in another zone.
        monkeypatch.setenv("PGTZ", "Asia/Shanghai")
        await asyncio.to_thread(service.start)
        assert await papers(service, books, size) == first
    finally:
        await asyncio.to_thread(service.kill)
    assert size == 5
    assert len(first) == 4 + 2 * size + 1
