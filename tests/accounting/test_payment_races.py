"""A voucher and the request for its payment are locked in one order, whoever takes them."""

import asyncio
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text

from app.accounting.models import Voucher
from app.kit.database import Database
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.approvals import requests
from app.organizations.models import Approval, ApprovalState
from tests.accounting.office import VOUCHERS, Office, credit, debit, office
from tests.factories import organizations as members

LARGE = 10_000_01
_WAITING = text(
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
)


async def rich(app: FastAPI, client: AsyncClient, database: Database) -> Office:
    async with database.writing() as session:
        at = await office(app, client, session, endowed=50_000_00)
        at.people["chair"] = await members.staff(session, at.organization, Role.admin)
        at.headers["chair"] = await members.headers(app, session, at.people["chair"])
    return at


def paying(at: Office) -> dict[str, Any]:
    return at.voucher(debit("5301", LARGE), credit("1002", LARGE, channel_id=at.bank.id))


async def waiting_for(database: Database, voucher_id: str) -> Approval:
    async with database.reading() as session:
        asked = await approvals.of(session, "voucher_payment", voucher_id)
        assert asked is not None
        return asked


async def somebody_waits(database: Database) -> bool:
    # A transaction of its own: within one the server shows the same picture again and again.
    async with database.reading() as session:
        return bool(await session.scalar(_WAITING))


async def test_who_returns_a_voucher_waits_for_who_decides_its_payment_without_holding_it(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    at = await rich(committed_app, committed_client, committed)
    voucher = await at.write(paying(at))
    path = f"{VOUCHERS}/{voucher['id']}"
    await at.post(f"{path}/submission")
    asked = await waiting_for(committed, voucher["id"])

    async with committed.writing() as deciding:
        await requests.lock(deciding, asked.id)
        returning = asyncio.create_task(at.post(f"{path}/return", {"reason": "金额有误"}, by="ray"))
        async with asyncio.timeout(20):
            while not await somebody_waits(committed):  # noqa: ASYNC110 - PostgreSQL tells it by no event
                await asyncio.sleep(0.02)
        # It waits for the request, and holds nothing that we need: the voucher is free to be taken.
        query = select(Voucher).where(Voucher.id == voucher["id"]).with_for_update(nowait=True)
        assert (await deciding.scalars(query)).one().state == "submitted"

    assert (await returning).status_code == 200
    assert (await waiting_for(committed, voucher["id"])).state is ApprovalState.withdrawn


async def test_deciding_and_handing_in_again_at_once_never_wait_for_each_other(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    at = await rich(committed_app, committed_client, committed)
    for _ in range(6):
        voucher = await at.write(paying(at))
        path = f"{VOUCHERS}/{voucher['id']}"
        await at.post(f"{path}/submission")
        asked = await waiting_for(committed, voucher["id"])

        answers = await asyncio.gather(
            at.post(f"/v1/approvals/{asked.id}/rejection", {"reason": "缺少合同"}, by="ray"),
            at.post(f"{path}/return", {"reason": "金额有误"}, by="ray"),
            at.post(f"{path}/submission"),
            at.post(f"{path}/withdrawal"),
        )

        told = [one.status_code for one in answers]
        assert set(told) <= {200, 409}, [one.text for one in answers]
        shown = (await at.get(path)).json()
        left = await waiting_for(committed, voucher["id"])
        # Whoever came last, a request waits if and only if its voucher does.
        assert (left.state is ApprovalState.waiting) == (shown["state"] in {"submitted", "reviewed"}), told
