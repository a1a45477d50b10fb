"""A mandate has members, years and an end: every register at the auditors' door keeps to them."""

import asyncio
from datetime import timedelta

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.clock import now
from tests.audit.books import Audited, auditor
from tests.audit.registers import AMOUNT, AT, BEYOND, NEEDED, PACK, read


def registers(app: FastAPI) -> set[str]:
    return {path for path in app.openapi()["paths"] if path.startswith("/v1/audit/")}


def test_the_tables_above_tell_of_every_register(committed_app: FastAPI) -> None:
    assert registers(committed_app) == BEYOND.keys()
    assert NEEDED.keys() <= BEYOND.keys()


async def test_a_mandate_for_one_year_opens_no_register_of_another(
    books: Audited, committed_client: AsyncClient
) -> None:
    """Each refuses the other year, and asked for nothing tells of its own year alone."""
    headers = await auditor(books.database, books.organization, years=(2025, 2025))
    odd: list[str] = []
    for path, beyond in BEYOND.items():
        needed = NEEDED.get(path, {})
        within = await read(committed_client, books, path, headers, **needed)
        if within.status_code != 200 or str(AMOUNT) in within.text or "2026-05" in within.text:
            odd.append(f"{path}: {within.status_code} {within.text[:300]}")
        refused = await read(committed_client, books, path, headers, **needed | beyond)
        if beyond and (refused.status_code, refused.json().get("code")) != (403, "outside-mandate"):
            odd.append(f"{path}: {refused.status_code} {refused.text[:300]}")
    assert odd == []


async def test_a_mandate_for_that_year_opens_them_all(books: Audited, committed_client: AsyncClient) -> None:
    """What the test above does not find is there."""
    headers = await auditor(books.database, books.organization, years=(2026, 2026))
    more = {f"{AT}/cut-off": {"date": "2026-05-01"}, f"{AT}/statements/{{statement}}": {"period": "2026"}}
    told: set[str] = set()
    for path in BEYOND:
        answer = await read(
            committed_client, books, path, headers, **NEEDED.get(path, {}) | more.get(path, {})
        )
        assert answer.status_code == 200, answer.text
        if str(AMOUNT) in answer.text or "2026-05" in answer.text:
            told.add(path)
    # What is in a ZIP is packed; late entries and bills there are none; messages bear the day of this test.
    assert BEYOND.keys() - told == {
        "/v1/audit/export",
        PACK,
        f"{AT}/late-entries",
        f"{AT}/settlements",
        f"{AT}/settlement-lines",
        f"{AT}/deliveries",
    }
    messages = await read(committed_client, books, f"{AT}/deliveries", headers)
    assert len(messages.json()["items"]) == 2


async def test_a_mandate_of_certain_years_reads_no_books_at_another_door(
    books: Audited, committed_client: AsyncClient
) -> None:
    headers = await auditor(books.database, books.organization, years=(2025, 2025))
    elsewhere = (
        f"/v1/accounting/organizations/{books.organization.id}/account-balances",
        "/v1/fundraising/donations",
        "/v1/accounting/channels",
    )
    for path in elsewhere:
        answer = await committed_client.get(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "outside-mandate")
        assert (await committed_client.get(path, headers=books.headers)).status_code == 200
    assert (await committed_client.get("/v1/organizations", headers=headers)).status_code == 200


async def test_a_mandate_ends_on_its_day_at_every_register(
    books: Audited, committed_client: AsyncClient
) -> None:
    headers = await auditor(books.database, books.organization, expires_at=now() + timedelta(seconds=0.3))
    await asyncio.sleep(0.3)
    for path in BEYOND:
        answer = await read(committed_client, books, path, headers, **NEEDED.get(path, {}))
        assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid"), path


async def test_a_mandate_is_of_its_members_alone(books: Audited, committed_client: AsyncClient) -> None:
    for path in BEYOND:
        if path.startswith(AT):
            address = path.format(organization_id=books.theirs.organization.id, statement="activities")
            answer = await committed_client.get(address, params=NEEDED.get(path, {}), headers=books.headers)
            assert answer.status_code == 404, path
    asked = {"organization": str(books.theirs.organization.id)}
    answer = await committed_client.get("/v1/audit/export", params=asked, headers=books.headers)
    assert answer.status_code == 404
