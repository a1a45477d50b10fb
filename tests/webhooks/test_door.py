"""The webhook door answers as the contract says, and only after the commit."""

import asyncio
import json
from datetime import timedelta

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select, text
from standardwebhooks import Webhook

from app.fundraising.models import Donation
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.ledger.models import Entry
from app.webhooks.models import Delivery
from tests.webhooks.platforms import partner


async def test_a_signed_gift_is_booked_and_answered(client: AsyncClient, session: WriteSession) -> None:
    platform = await partner(session)

    answer = await platform.post(client, platform.event())

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["outcome"] == "posted"
    assert len(body["lookup_code"]) == 20
    assert body["lookup_code"] in body["trace_url"]
    donation = (await session.scalars(select(Donation))).one()
    assert str(donation.id) == body["donation_id"]
    assert str(donation.entry_id) == body["entry_id"]


async def test_the_reference_library_signs_what_we_accept(client: AsyncClient, session: WriteSession) -> None:
    platform = await partner(session)
    body = json.dumps(platform.event())
    moment = now()
    signature = Webhook(platform.secret).sign("msg_1", moment, body)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
    }
    answer = await client.post(f"/v1/webhooks/{platform.platform.slug}", content=body, headers=headers)
    assert answer.status_code == 200, answer.text


async def test_the_same_event_again_is_answered_from_memory(
    client: AsyncClient, session: WriteSession
) -> None:
    platform = await partner(session)
    event = platform.event()
    first = (await platform.post(client, event, event_id="msg_1")).json()
    again = (await platform.post(client, event, event_id="msg_1")).json()
    other_id = (await platform.post(client, event, event_id="msg_2")).json()

    assert first["outcome"] == "posted"
    assert again["outcome"] == other_id["outcome"] == "duplicate"
    assert first["lookup_code"] == again["lookup_code"] == other_id["lookup_code"]
    assert await session.scalar(select(func.count()).select_from(Entry)) == 1


async def test_an_accepted_event_id_with_another_body_is_a_conflict(
    client: AsyncClient, session: WriteSession
) -> None:
    platform = await partner(session)
    await platform.post(client, platform.event(), event_id="msg_1")

    answer = await platform.post(client, platform.event(), event_id="msg_1")

    assert (answer.status_code, answer.json()["code"]) == (409, "event-differs")
    kept = (await session.scalars(select(Delivery).where(~Delivery.accepted))).one()
    assert kept.outcome == "conflict"
    alert = (await session.scalars(select(OutboxEvent))).one()
    assert alert.topic == "alert.delivery_conflict"
    assert alert.organization_id == platform.organization.id
    assert alert.payload == {"count": 1, "first_event_id": "msg_1"}


@pytest.mark.parametrize("change", [{"amount": 4999}, {"campaign": "OTHER"}])
async def test_a_known_gift_with_other_facts_is_a_conflict(
    client: AsyncClient, session: WriteSession, change: dict
) -> None:
    platform = await partner(session)
    event = platform.event()
    await platform.post(client, event)
    event["data"] |= change

    answer = await platform.post(client, event)

    assert (answer.status_code, answer.json()["code"]) == (409, "gift-differs")


async def test_whoever_can_not_sign_learns_nothing(client: AsyncClient, session: WriteSession) -> None:
    platform = await partner(session)
    body = json.dumps(platform.event()).encode()
    good = platform.headers(body)
    url = f"/v1/webhooks/{platform.platform.slug}"
    late = platform.headers(body, at=now() - timedelta(minutes=6))
    early = platform.headers(body, at=now() + timedelta(minutes=6))
    answers = [
        await client.post(url, content=body + b" ", headers=good),
        await client.post(url, content=body),
        await client.post(url, content=body, headers=late),
        await client.post(url, content=body, headers=early),
        await client.post("/v1/webhooks/nobody", content=body, headers=good),
    ]
    seen = {(a.status_code, a.json()["code"], a.json()["title"]) for a in answers}
    assert len(seen) == 1
    assert answers[0].status_code == 401
    assert await session.scalar(select(func.count()).select_from(Delivery)) == 0


async def test_other_methods_are_not_known_here(client: AsyncClient, session: WriteSession) -> None:
    answer = await client.get("/v1/webhooks/sandbox")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_body_over_64_kib_is_refused(client: AsyncClient, session: WriteSession) -> None:
    platform = await partner(session)
    answer = await platform.post(client, b"x" * (64 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


async def test_other_types_and_tests_are_ignored(client: AsyncClient, session: WriteSession) -> None:
    platform = await partner(session)
    other = await platform.post(client, platform.event() | {"type": "something.else"})
    test = await platform.post(client, platform.event(test=True))
    assert other.json()["outcome"] == test.json()["outcome"] == "ignored"
    assert await session.scalar(select(func.count()).select_from(Donation)) == 0


async def test_two_hundred_times_the_same_event_is_one_donation(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        platform = await partner(session)
    event = platform.event()

    answers = await asyncio.gather(
        *(platform.post(committed_client, event, event_id="msg_1") for _ in range(200))
    )

    assert {answer.status_code for answer in answers} == {200}
    outcomes = [answer.json()["outcome"] for answer in answers]
    assert sorted(set(outcomes)) == ["duplicate", "posted"]
    assert outcomes.count("posted") == 1
    async with committed.reading() as session:
        for table in ("donations", "entries", "postings", "deliveries"):
            assert await session.scalar(text(f"select count(*) from {table}")) == 1
