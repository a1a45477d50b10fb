"""Who looked at what is written down before they see it, and never changed."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database, WriteSession
from app.organizations import accesses
from app.organizations.access import Role
from app.organizations.models import AccessKind
from tests.factories import organizations as members
from tests.webhooks.platforms import partner


async def test_reading_a_delivery_is_written_down(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    await here.post(client, here.event())
    admin = await members.sign_in(app, session, Role.admin, here.organization)
    [delivery] = (await client.get("/v1/deliveries", headers=admin)).json()["items"]
    assert (await client.get(f"/v1/deliveries/{delivery['id']}", headers=admin)).status_code == 200

    answer = await client.get(f"/v1/organizations/{here.organization.id}/accesses", headers=admin)

    [one] = answer.json()["items"]
    assert (one["kind"], one["subject"]) == ("delivery_body", delivery["id"])
    assert one["caller"].startswith("staff:")


async def test_the_log_is_found_by_caller_kind_and_subject(
    app: FastAPI, client: AsyncClient, session: WriteSession, shared: object
) -> None:
    member = await members.organization(session)
    admin = await members.sign_in(app, session, Role.admin, member)
    for caller, subject in (("key:a", "1"), ("key:b", "2")):
        await accesses.record(shared, caller, at=member.id, kind=AccessKind.audit_pull, subject=subject)

    async def found(**asked: str) -> list[str]:
        address = f"/v1/organizations/{member.id}/accesses"
        answer = await client.get(address, params=asked, headers=admin)
        return [one["subject"] for one in answer.json()["items"]]

    assert await found() == ["2", "1"]
    assert await found(caller="key:a") == ["1"]
    assert await found(subject="2", kind="audit_pull") == ["2"]
    assert await found(kind="donor") == []
    assert await found(created_at_to="2020-01-01T00:00:00Z") == []


async def test_it_stays_although_what_was_asked_fails_and_nobody_changes_it(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)

    async def look() -> None:
        async with committed.reading():
            await accesses.record(committed, "key:a", at=member.id, kind=AccessKind.donor, subject="1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await look()
    async with committed.reading() as session:
        assert await session.scalar(text("select count(*) from accesses")) == 1
    for change in ("update accesses set caller = 'x'", "delete from accesses"):
        with pytest.raises(DBAPIError):
            async with committed.writing() as session:
                await session.execute(text(change))
