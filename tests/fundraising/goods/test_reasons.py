"""Why goods were taken back or not handed out: sealed with the person who was to get them."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit import vault
from app.kit.database import Database, WriteSession
from app.ledger.models import Entry, EntryKind
from app.organizations.access import Role
from tests.databases import Cluster
from tests.factories import organizations as members
from tests.fundraising.goods.store import Store, line, store
from tests.fundraising.goods.test_requests import Asked, at
from tests.sealing import WHY, places_in_clear, seal_again

__all__ = ["at"]
HANDOUTS = "/v1/fundraising/goods/handouts"


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Store:
    return await store(app, client, session)


async def taken_back(here: Store, kind: str = "person") -> str:
    """Hand valued goods out, take them back with the words, and return the hand-out's id."""
    [lot] = await here.stocked(line(quantity=7), campaign_id=str(here.officer.campaign.id))
    assert (await here.value(lot, 10_00)).status_code == 201
    project = str(here.project.id)
    given = await here.hand_out(lot, 5, project_id=project, recipient_kind=kind, recipient="金丝雀")
    back = await here.officer.post(f"/goods/handouts/{given.json()['id']}/reversal", {"reason": WHY})
    assert (back.status_code, back.json()["reversed_reason"]) == (200, WHY)
    return given.json()["id"]


async def why(here: Store, headers: dict[str, str] | None = None) -> dict[str, str | None]:
    listed = await here.officer.client.get(HANDOUTS, headers=headers or here.officer.headers)
    return {one["id"]: one["reversed_reason"] for one in listed.json()["items"]}


async def test_why_goods_came_back_is_sealed_with_their_recipient_and_stays_out_of_the_books(
    app: FastAPI, here: Store, session: WriteSession
) -> None:
    person = await taken_back(here)
    assert await places_in_clear(session) == []
    [reversal] = await session.scalars(select(Entry).where(Entry.kind == EntryKind.reversal))
    assert reversal.summary.startswith("goods hand-out ")
    auditor = await members.sign_in(app, session, Role.auditor, here.officer.organization)
    assert (await why(here), await why(here, auditor)) == ({person: WHY}, {person: None})

    await vault.erase(session, UUID(person))

    assert await why(here) == {person: None}


async def test_why_an_organization_gave_goods_back_is_read_by_whoever_sees_goods(
    app: FastAPI, here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(line())
    clinic = (await here.hand_out(lot, 40)).json()["id"]
    await here.officer.post(f"/goods/handouts/{clinic}/reversal", {"reason": "医院退回"})
    auditor = await members.sign_in(app, session, Role.auditor, here.officer.organization)
    assert await why(here, auditor) == {clinic: "医院退回"}


async def test_goods_come_back_of_somebody_who_was_erased_and_why_is_not_kept(
    here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(line())
    handout = (await here.hand_out(lot, 40, recipient_kind="person", recipient="金丝雀")).json()["id"]
    await vault.erase(session, UUID(handout))

    back = await here.officer.post(f"/goods/handouts/{handout}/reversal", {"reason": WHY})

    assert (back.status_code, back.json()["reversed_reason"]) == (200, None)
    assert await here.left(lot) == (100, 0)


@pytest.mark.parametrize(("kind", "shown"), [("person", None), ("organization", "请先核实需求")])
async def test_why_a_request_was_rejected_is_read_where_its_recipient_is(
    app: FastAPI, at: Asked, session: WriteSession, kind: str, shown: str | None
) -> None:
    asked = (await at.ask(40, recipient_kind=kind, recipient="张三丰")).json()
    await at.decide(asked, "rejection")
    auditor = await members.sign_in(app, session, Role.auditor, at.store.officer.organization)
    path = f"/v1/fundraising/goods/requests/{asked['id']}"

    told: dict[str, Any] = (await at.store.officer.client.get(path, headers=auditor)).json()

    assert (await at.now(asked))["rejected_reason"] == "请先核实需求"
    assert told["rejected_reason"] == shown


async def test_why_goods_came_back_before_is_sealed_by_the_worker(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_app: FastAPI,
    committed_client: AsyncClient,
) -> None:
    async with committed.writing() as session:
        here = await store(committed_app, committed_client, session)
    kept, gone = await taken_back(here), await taken_back(here)
    async with committed.writing() as session:
        await vault.erase(session, UUID(gone))

    columns = [("goods_handouts", "reversed_reason", "reversed_on is not null")]
    await seal_again(cluster.url(fresh_database, "owner"), committed, "sealed_handouts", columns)

    assert await why(here) == {kept: WHY, gone: None}
