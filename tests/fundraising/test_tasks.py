"""What of gifts waits for whom: gifts nobody could place, disputes, refunds whose gift never came."""

from datetime import timedelta

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import insert

from app.fundraising.models import Refund, RefundReason, RefundState
from app.fundraising.refunds import WAITED
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.organizations.access import Role
from tests.factories import organizations as members
from tests.webhooks.platforms import Partner, partner


async def waiting(client: AsyncClient, headers: dict[str, str]) -> list[tuple[str, str, int]]:
    answer = await client.get("/v1/me/tasks", headers=headers)
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["title"], one["amount"]["amount"]) for one in answer.json()["items"]]


async def test_what_platforms_tell_and_nobody_can_settle_waits_for_those_who_may(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here: Partner = await partner(session)
    gift, stray, never = here.event(), here.event(campaign="UNKNOWN", amount=700), here.event()
    dispute = {
        "type": "donation.disputed",
        "timestamp": "2026-05-02T08:00:00+08:00",
        "data": {
            "dispute_id": "D-1",
            "donation_id": gift["data"]["donation_id"],
            "amount": 5000,
            "currency": "CNY",
            "at": "2026-05-02T08:00:00+08:00",
        },
    }
    for event in (gift, stray, dispute, here.refund(never, 300)):
        answer = await here.post(client, event)
        assert answer.status_code == 200, answer.text
    accountant = await members.sign_in(app, session, Role.accountant, here.organization)
    officer = await members.sign_in(app, session, Role.fundraising_officer, here.organization)
    reviewer = await members.sign_in(app, session, Role.reviewer, here.organization)
    elsewhere = await members.sign_in(app, session, Role.accountant, await members.organization(session))
    suspense, disputed = ("suspense", "捐赠待认领：UNKNOWN", 700), ("dispute", "捐赠争议：D-1", 5000)

    assert await waiting(client, accountant) == [suspense, disputed]
    assert await waiting(client, officer) == [suspense]
    assert await waiting(client, reviewer) == await waiting(client, elsewhere) == []
    waited = now() - WAITED - timedelta(hours=1)
    early = {"their_id": "R-EARLY", "their_gift_id": "T-NEVER", "reason": RefundReason.other, "actor": "test"}
    values = {"id": new_id(), "source_id": here.platform.id, "amount": 200, "state": RefundState.pending}
    await session.execute(insert(Refund).values(created_at=waited, refunded_at=waited, **values, **early))
    lost = ("refund_pending", "退款找不到对应捐赠：T-NEVER", 200)
    assert await waiting(client, accountant) == [lost, suspense, disputed]
    assert await waiting(client, officer) == [suspense]
