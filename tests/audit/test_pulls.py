"""Every pull is written down for those whose books it tells of, and they can list it."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text

from app.fundraising.models import Donation
from app.kit.ids import new_id
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.organizations.access import Role
from app.organizations.models import Organization
from app.webhooks.models import Delivery, DeliveryOutcome
from tests.audit.books import Audited, auditor
from tests.audit.registers import BEYOND, NEEDED, read
from tests.factories import organizations as make


@pytest.fixture
async def admin(committed_app: FastAPI, books: Audited) -> dict[str, str]:
    """The administrator of the audited member."""
    return await admin_of(committed_app, books, books.organization)


async def admin_of(app: FastAPI, books: Audited, organization: Organization) -> dict[str, str]:
    async with books.database.writing() as session:
        return await make.sign_in(app, session, Role.admin, organization)


async def pulls(client: AsyncClient, at: Organization, headers: dict[str, str]) -> list[dict[str, Any]]:
    address = f"/v1/organizations/{at.id}/accesses"
    answer = await client.get(address, params={"kind": "audit_pull"}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_each_register_leaves_one_row_that_the_audited_list(
    books: Audited, committed_client: AsyncClient, admin: dict[str, str]
) -> None:
    for count, path in enumerate(BEYOND, start=1):
        answer = await read(committed_client, books, path, books.headers, **NEEDED.get(path, {}))
        assert answer.status_code == 200, answer.text
        rows = await pulls(committed_client, books.organization, admin)
        assert len(rows) == count, path
        register = path.partition("{organization_id}/")[2] or path.removeprefix("/v1/audit/")
        known = {"statement": "activities", "project_id": books.project_id}
        assert rows[0]["subject"].startswith(register.format(**known)), path
        assert rows[0]["caller"].startswith("key:")
        assert rows[0]["caller_name"] == "审计"


async def test_it_says_what_was_asked(
    books: Audited, committed_client: AsyncClient, admin: dict[str, str]
) -> None:
    for path, asked in (("journal", {"after": 3}), ("export", {"format": "hledger"})):
        await read(committed_client, books, f"/v1/audit/{path}", books.headers, **asked)
    rows = await pulls(committed_client, books.organization, admin)
    assert [row["subject"] for row in rows] == ["export?format=hledger", "journal?after=3"]


async def test_a_refused_pull_is_none(
    books: Audited, committed_client: AsyncClient, admin: dict[str, str]
) -> None:
    headers = await auditor(books.database, books.organization, years=(2025, 2025))
    for path, beyond in BEYOND.items():
        if beyond:
            asked = NEEDED.get(path, {}) | beyond
            assert (await read(committed_client, books, path, headers, **asked)).status_code == 403
    assert await pulls(committed_client, books.organization, admin) == []


async def test_consolidated_figures_are_a_pull_from_each_member_below(
    books: Audited, committed_app: FastAPI, committed_client: AsyncClient, admin: dict[str, str]
) -> None:
    async with books.database.writing() as session:
        below = await make.organization(session, parent=books.organization)
        beside = books.theirs.organization
    path = "/v1/audit/organizations/{organization_id}/trial-balance"
    await read(committed_client, books, path, books.headers, basis="consolidated")
    subjects = {
        member.id: [
            row["subject"]
            for row in await pulls(committed_client, member, await admin_of(committed_app, books, member))
        ]
        for member in (books.organization, below, beside)
    }
    said = ["trial-balance?basis=consolidated"]
    assert list(subjects.values()) == [said, said, []]


async def test_a_workbook_of_several_pages_is_one_pull(
    books: Audited, committed_client: AsyncClient, admin: dict[str, str]
) -> None:
    async with books.database.writing() as session:
        one = (await session.scalars(select(Donation).limit(1))).one()
        person = await session.scalar(text("select id from vault_people limit 1"))
        session.add_all(
            Delivery(
                platform_id=books.ours.platform.id,
                event_id=str(new_id()),
                type="donation.succeeded",
                outcome=DeliveryOutcome.posted,
                accepted=True,
                body_mac=bytes(32),
                person_id=person,
                donation_id=one.id,
            )
            for _ in range(200)
        )
    path = "/v1/audit/organizations/{organization_id}/deliveries"
    answer = await read(committed_client, books, path, books.headers | {"Accept": MEDIA_TYPE})
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert len(await pulls(committed_client, books.organization, admin)) == 1
