"""Emergencies: goods that come and go for one are tagged, while its response is open, and its clock runs."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising.filings import emergencies
from app.fundraising.models import Emergency
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.models import OutboxEvent
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.goods.store import Store, line


def declared(here: Store, days_ago: int) -> Emergency:
    return Emergency(
        organization_id=here.officer.organization.id,
        code=f"FLOOD-{new_code(6)}",
        title="洪涝灾害",
        response_level="省级三级",
        opened_on=today() - timedelta(days=days_ago),
        actor="test",
    )


@pytest.fixture
async def emergency(session: WriteSession, here: Store) -> Emergency:
    return await emergencies.declare(session, declared(here, 7))


async def test_gifts_in_kind_and_shipments_belong_to_the_emergency_that_they_are_for(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Store, emergency: Emergency
) -> None:
    receiver = await members.organization(session)
    await members.sign_in(app, session, Role.fundraising_officer, receiver)
    named = str(emergency.id)
    [lot] = await here.stocked(line(), emergency_id=named)
    appeal = await make.campaign(session, here.officer.organization.id, emergency_id=emergency.id)
    through = (await here.receive(campaign_id=str(appeal.id))).json()
    plain = (await here.receive()).json()
    sent = await here.officer.post(
        "/goods/shipments",
        {
            "organization_id": str(here.officer.organization.id),
            "receiver_id": str(receiver.id),
            "shipped_on": str(today()),
            "emergency_id": named,
            "lots": [{"lot_id": lot["id"], "quantity": 10}],
        },
    )

    assert sent.status_code == 201, sent.text
    assert (through["emergency_id"], plain["emergency_id"]) == (named, None)
    gifts = (await here.officer.get("/goods/gifts", emergency_id=named)).json()["items"]
    assert {one["id"] for one in gifts} == {lot["gift_id"], through["id"]}
    shipped = (await here.officer.get("/goods/shipments", emergency_id=named)).json()["items"]
    assert [one["id"] for one in shipped] == [sent.json()["id"]]
    events = await session.scalars(select(OutboxEvent).where(OutboxEvent.topic.like("goods.%")))
    tagged = [event.topic for event in events if event.payload.get("emergency_id") == named]
    assert sorted(tagged) == ["goods.received", "goods.received", "goods.shipped"]


async def test_nothing_belongs_to_an_emergency_before_or_after_its_response(
    here: Store, session: WriteSession, emergency: Emergency
) -> None:
    named = {"emergency_id": str(emergency.id)}
    early = await here.receive(received_on=str(emergency.opened_on - timedelta(days=1)), **named)
    emergency.closed_on = today() - timedelta(days=2)
    await session.flush()
    late = await here.receive(**named)
    within = await here.receive(received_on=str(emergency.closed_on), **named)
    unknown = await here.receive(emergency_id=str(here.project.id))

    assert (early.status_code, early.json()["code"]) == (422, "filing-date-wrong")
    assert (late.status_code, late.json()["code"]) == (409, "emergency-closed")
    assert within.status_code == 201, within.text
    assert (unknown.status_code, unknown.json()["code"]) == (422, "emergency-not-found")


async def test_every_five_days_from_the_opening_on_a_report_is_due_until_the_end(
    client: AsyncClient, session: WriteSession, here: Store
) -> None:
    async def due() -> dict[str, str | None]:
        listed = (await client.get("/v1/fundraising/emergencies")).json()["items"]
        return {one["opened_on"]: one["next_report_on"] for one in listed}

    ago = {days: await emergencies.declare(session, declared(here, days)) for days in (0, 4, 5, 6, 10, 11)}

    left = {0: 5, 4: 1, 5: 0, 6: 4, 10: 0, 11: 4}
    expected = {str(one.opened_on): str(today() + timedelta(days=left[days])) for days, one in ago.items()}
    assert await due() == expected
    await emergencies.close(session, ago[11], on=today())
    assert (await due())[str(ago[11].opened_on)] is None
