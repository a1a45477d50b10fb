"""A month of an association through HTTP: it goes live, takes gifts, closes, and its statements tie."""

from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.models import Channel
from app.fundraising.models import Campaign
from app.kit.database import Database
from app.kit.ids import new_id
from app.ledger import verification
from app.organizations.access import Role
from app.organizations.models import Scope
from tests.factories import organizations as make
from tests.onboarding.workbooks import sheets, write


def fen(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "CNY"}


async def test_an_association_goes_live_books_a_month_and_closes_it(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    client = committed_client
    async with committed.writing() as session:
        at = await make.organization(session, books_from=date(2026, 1, 1))
        who = {
            role: await make.sign_in(committed_app, session, role, at)
            for role in (Role.admin, Role.accountant, Role.reviewer)
        }
        _, auditor = await make.key(session, at, Scope.audit)
    books, audit = f"/v1/accounting/organizations/{at.id}", f"/v1/audit/organizations/{at.id}"

    async def post(path: str, role: Role, **said: Any) -> dict[str, Any]:
        headers = who[role] | {"Idempotency-Key": str(new_id())}
        answer = await client.post(path, headers=headers, **said)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def statement(name: str, period: str) -> dict[str, list[int]]:
        answer = await client.get(f"{audit}/statements/{name}?period={period}", headers=auditor)
        assert answer.json()["ties"] is True, answer.text
        return {line["key"]: [one["amount"] for one in line["amounts"]] for line in answer.json()["lines"]}

    # It goes live with its old balances.
    workbook = write(tmp_path / "live.xlsx", sheets()).read_bytes()
    live = await post(
        f"/v1/onboarding/organizations/{at.id}", Role.admin, files={"file": ("live.xlsx", workbook)}
    )
    assert (live["unspent"], live["campaigns"]) == (fen(104_000), 1)

    # January: two gifts reach the bank account.
    async with committed.reading() as session:
        campaign = (await session.scalars(select(Campaign).where(Campaign.code == "ONB-BRIDGE"))).one()
        bank = (await session.scalars(select(Channel).where(Channel.code == "icbc-0291"))).one()
    gifts = f"/v1/fundraising/campaigns/{campaign.id}/donations"
    for day, amount in (("2026-01-09", 30_000), ("2026-01-20", 4_500)):
        body = {
            "channel_id": str(bank.id),
            "amount": fen(amount),
            "donated_at": f"{day}T10:00:00+08:00",
        }
        await post(gifts, Role.accountant, json=body)

    # Two people close it.
    said = {"reason": "银行流水尚未导入"}
    asked = await post(f"{books}/months/2026-01/closing-request", Role.accountant, json=said)
    assert [item["key"] for item in asked["checklist"] if not item["done"]] == ["banks", "numbers"]
    waivers = [{"key": "banks", "reason": "已凭回单核对余额"}]
    closed = await post(f"{books}/months/2026-01/closing", Role.reviewer, json={"waivers": waivers})
    assert (closed["kind"], closed["waivers"]) == ("closed", waivers)

    # Its three statements tie, and begin with what was brought along.
    sheet = await statement("balance-sheet", "2026-01")
    assert sheet["net_assets"] == [161_000, 161_000 + 34_500]
    assert sheet["cash"] == [108_000, 108_000 + 34_500]
    activities = await statement("activities", "2026-01")
    assert activities["donations"][:3] == [0, 34_500, 34_500]
    flows = await statement("cash-flow", "2026-01")
    assert (flows["donations_in"][0], flows["change"][0]) == (34_500, 34_500)

    # A late gift lands in the next month, and is listed.
    late = {
        "channel_id": str(bank.id),
        "amount": fen(700),
        "donated_at": "2026-01-30T10:00:00+08:00",
    }
    await post(gifts, Role.accountant, json=late)
    listed = (await client.get(f"{audit}/late-entries?from=2026-01-01&to=2026-12-31", headers=auditor)).json()
    assert [entry["booked_on"] for entry in listed["items"]] == ["2026-02-01"]
    assert (await statement("activities", "2026-01"))["donations"][:3] == [0, 34_500, 34_500]
    assert (await statement("activities", "2026-02"))["donations"] == [0, 700, 700, 0, 35_200, 35_200]
    async with committed.reading() as session:
        broken = [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]
    assert broken == []
