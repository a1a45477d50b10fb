"""What subscribers are told is what the catalogue says: its members, and not a word about a person."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import func, select

from app.fundraising.care import thanks
from app.fundraising.filings import emergencies
from app.fundraising.models import ContactWay, Donation, Emergency, ThanksKind
from app.kit.clock import today
from app.kit.database import Database
from app.kit.ids import new_code
from app.kit.models import OutboxEvent
from app.main import create_app
from app.settings import Settings
from app.webhooks.outward import catalogue, sending, subscriptions
from app.webhooks.outward.catalogue import EventType
from app.webhooks.outward.subscriptions import Terms
from tests.webhooks.outward.bodies import faults
from tests.webhooks.outward.receivers import Receiver
from tests.webhooks.platforms import Partner, partner

CANARY = "爱心网友"


@pytest.fixture
async def client(database: Database, settings: Settings) -> AsyncIterator[AsyncClient]:
    app = create_app(settings, database=database)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client
    await app.state.door.close()


async def written(database: Database) -> int:
    async with database.reading() as session:
        query = select(func.count()).where(OutboxEvent.topic.like("donation.%"))
        return await session.scalar(query) or 0


async def test_the_life_of_a_gift_is_told_as_the_catalogue_says(
    database: Database, client: AsyncClient, receiver: Receiver
) -> None:
    async with database.writing() as session:
        here: Partner = await partner(session)
    before = await here.post(client, here.event())
    assert (before.json()["outcome"], await written(database)) == ("posted", 0), (
        "nobody wants to hear of it yet"
    )
    async with database.writing() as session:
        terms = Terms(name="公示平台", url=receiver.url)
        made, secret = await subscriptions.create(session, here.organization, terms, made_by="test")

    gift = here.event(matches="T-20260501-000001")
    kept = (await here.post(client, gift)).json()
    lost = here.event(campaign="SX-NOWHERE")
    for event in (gift, lost, here.refund(gift, 2000)):
        await here.post(client, event)
    for kind, outcome in (("donation.disputed", None), ("donation.dispute_closed", "won")) * 2:
        data = {"dispute_id": "D-1", "donation_id": gift["data"]["donation_id"], "amount": 3000}
        data |= {"currency": "CNY", "at": "2026-05-03T08:00:00+08:00", "outcome": outcome}
        await here.post(client, {"type": kind, "timestamp": "2026-05-03T08:00:00+08:00", "data": data})
    await sending.take_turn(database, made.id)

    said = [letter.verified(secret) for letter in receiver.letters]
    assert [one["type"] for one in said] == [
        *("donation.succeeded", "donation.succeeded", "donation.refunded"),
        *("donation.disputed", "donation.dispute_closed"),
    ]
    first, suspended, back, *_, closed = [one["data"] for one in said]
    assert (first["donation_id"], first["matches"]) == (kept["donation_id"], "T-20260501-000001")
    assert (suspended["state"], suspended["campaign_id"]) == ("suspense", None)
    assert (back["donation_id"], back["amount"]) == (kept["donation_id"], 2000)
    assert (closed["donation_id"], closed["outcome"]) == (kept["donation_id"], "won")
    assert all(not faults(one) for one in said)
    assert CANARY not in " ".join(letter.body.decode() for letter in receiver.letters)
    assert "u_123" not in " ".join(letter.body.decode() for letter in receiver.letters)


async def test_what_givers_agree_to_and_are_told_and_emergencies_are_told_as_the_catalogue_says(
    database: Database, client: AsyncClient, receiver: Receiver
) -> None:
    async with database.writing() as session:
        here: Partner = await partner(session)
        terms = Terms(name="公示平台", url=receiver.url)
        made, secret = await subscriptions.create(session, here.organization, terms, made_by="test")
    gift = here.event()
    kept = (await here.post(client, gift)).json()
    data = {"donation_id": gift["data"]["donation_id"], "consent": {"name": True, "photo": True}}
    await here.post(client, gift | {"type": "donation.updated", "data": data})
    async with database.writing() as session:
        donation = await session.get_one(Donation, UUID(kept["donation_id"]))
        for kind in ThanksKind:
            await thanks.mark(session, donation, kind, ContactWay.letter, actor="test")
        emergency = Emergency(
            organization_id=here.organization.id,
            code=f"E{new_code(6)}",
            title="某地地震",
            response_level="二级",
            opened_on=today(),
            actor="test",
        )
        await emergencies.declare(session, emergency)
        await emergencies.start_clock(session, here.campaign, emergency, today())
        await emergencies.close(session, emergency, on=today())
    await sending.take_turn(database, made.id)

    said = [letter.verified(secret) for letter in receiver.letters]
    assert [one["type"] for one in said] == [
        *("donation.succeeded", "donation.consent_changed", "donation.thanked", "donation.feedback_given"),
        *("emergency.opened", "emergency.campaign_opened", "emergency.closed"),
    ]
    assert all(not faults(one) for one in said)
    consent, campaign = said[1]["data"], said[5]["data"]
    assert (consent["show_name"], consent["show_photo"]) == (True, True)
    assert (campaign["campaign_id"], campaign["every_days"]) == (str(here.campaign.id), 5)
    assert CANARY not in " ".join(letter.body.decode() for letter in receiver.letters)


@pytest.mark.parametrize("kind", EventType)
def test_every_type_has_an_example_that_keeps_to_its_schema(kind: EventType) -> None:
    assert faults(catalogue.example(kind)) == []


def test_every_type_stands_in_the_document(app: FastAPI) -> None:
    webhooks = app.openapi()["webhooks"]

    assert list(webhooks) == [kind.value for kind in EventType]
    assert {name for one in webhooks.values() for name in one} == {"post"}


def test_a_fault_is_found() -> None:
    said = catalogue.example(EventType.goods_shipped)
    said["data"] |= {"driver": "王师傅"}
    del said["data"]["receiver_id"]

    assert len(faults(said)) == 2
