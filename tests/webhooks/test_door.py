"""The webhook door answers as the contract says, and only after the commit."""

import asyncio
import json
from datetime import timedelta

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select, text, update
from standardwebhooks import Webhook

from app.fundraising.models import Donation
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.ledger.models import Entry
from app.organizations.models import Platform
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


@pytest.mark.parametrize(
    "slug", ["%00", "A", "%E5%BE%AE%E4%BF%A1", "a%2Fb", "-", "a" * 65, "%FF", "' or 1=1--"]
)
async def test_a_slug_that_no_platform_can_have_is_an_unknown_one(client: AsyncClient, slug: str) -> None:
    answer = await client.post(f"/v1/webhooks/{slug}", content=b"{}")
    assert (answer.status_code, answer.json()["code"]) in {
        (401, "delivery-not-authentic"),
        # A slash divides an address however it is written.
        (404, "not-found"),
    }


@pytest.mark.parametrize(("hours", "status"), [(23.9, 200), (24.1, 400)])
@pytest.mark.parametrize("told", ["gift", "refund"])
async def test_what_has_not_happened_yet_is_refused_a_day_ahead(
    client: AsyncClient, session: WriteSession, told: str, hours: float, status: int
) -> None:
    platform = await partner(session)
    ahead = (now() + timedelta(hours=hours)).isoformat()
    gift = platform.event(**{"donated_at": ahead} if told == "gift" else {})
    event = gift if told == "gift" else platform.refund(gift, refunded_at=ahead)

    answer = await platform.post(client, event)

    assert answer.status_code == status, answer.text
    if status == 400:
        [fault] = answer.json()["errors"]
        assert fault["pointer"] == f"/data/{'donated_at' if told == 'gift' else 'refunded_at'}"


async def test_of_a_header_that_comes_twice_one_counts_and_a_foreign_encoding_none(
    client: AsyncClient, session: WriteSession
) -> None:
    """What is verified is the bytes as they came; no header makes others of them."""
    platform = await partner(session)
    body = json.dumps(platform.event()).encode()
    good = platform.headers(body)
    other = platform.headers(body)
    url = f"/v1/webhooks/{platform.platform.slug}"

    packed = await client.post(url, content=body, headers=good | {"content-encoding": "gzip"})
    twice = [*good.items(), ("webhook-id", other["webhook-id"])]
    forged = await client.post(url, content=body, headers=twice)
    both = [("webhook-signature", other["webhook-signature"]), *good.items()]
    again = await client.post(url, content=body, headers=both)

    assert packed.json()["outcome"] == "posted"
    assert forged.status_code == 401
    assert (again.status_code, again.json()["outcome"]) == (200, "duplicate")


async def test_metrics_count_what_came_and_tell_of_nobody(client: AsyncClient, session: WriteSession) -> None:
    platform = await partner(session)
    event = platform.event(donation_id="canary-number", message="金丝雀")
    event["data"]["donor"] = {"external_id": "canary-donor", "display_name": "金丝雀"}
    await platform.post(client, event, event_id="canary-event")
    await platform.post(client, b"canary-body")

    told = (await client.get("/metrics")).text

    assert 'zhengxinlu_deliveries_total{outcome="posted"}' in told
    assert 'zhengxinlu_deliveries_total{outcome="event-unreadable"}' in told
    for personal in ("canary", "金丝雀", platform.platform.slug, platform.campaign.code):
        assert personal not in told


async def test_a_disabled_platform_has_its_answers_for_what_was_booked_and_none_after(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        platform = await partner(session)
    answers: list[int] = []

    async def send() -> None:
        # Within a second the door notices; until then the gifts are booked.
        while not answers or answers[-1] == 200:
            answers.append((await platform.post(committed_client, platform.event())).status_code)

    async def disable() -> None:
        while len(answers) < 5:  # noqa: ASYNC110 - the senders tell nobody how far they are
            await asyncio.sleep(0.01)
        async with committed.writing() as session:
            await session.execute(
                update(Platform).where(Platform.id == platform.platform.id).values(disabled_at=now())
            )

    await asyncio.gather(*(send() for _ in range(4)), disable())

    assert set(answers) == {200, 401}
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Donation)) == answers.count(200)
    assert (await platform.post(committed_client, platform.event())).status_code == 401


async def test_a_slash_too_many_behind_the_address_costs_no_gift(
    client: AsyncClient, session: WriteSession
) -> None:
    platform = await partner(session)
    body = json.dumps(platform.event()).encode()
    address = f"/v1/webhooks/{platform.platform.slug}/"
    answer = await client.post(address, content=body, headers=platform.headers(body))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "posted")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
async def test_other_methods_are_not_known_here(
    client: AsyncClient, session: WriteSession, method: str
) -> None:
    answer = await client.request(method, "/v1/webhooks/sandbox")
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
