"""Back-pressure: whoever is too fast, or comes while we are full or closing, hears when to come again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import func, select

from app.fundraising.models import Donation
from app.kit.database import Database, WriteSession
from app.main import create_app
from app.settings import Settings
from tests.webhooks.platforms import partner


@asynccontextmanager
async def _asking(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


def _told(answer: Response) -> tuple[int, str, bool]:
    after = int(answer.headers["retry-after"])
    return answer.status_code, answer.json()["code"], 1 <= after <= 30


async def test_a_platform_over_its_rate_is_told_when_to_come_again(
    client: AsyncClient, session: WriteSession
) -> None:
    slow = await partner(session)
    slow.platform.rate_per_second = 1
    await session.flush()
    fast = await partner(session)

    answers = [await slow.post(client, slow.event()) for _ in range(8)]
    neighbour = await fast.post(client, fast.event())

    assert answers[0].status_code == 200
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {_told(answer) for answer in refused} == {(429, "rate-exceeded", True)}
    told = [(answer.headers["ratelimit-limit"], answer.headers["ratelimit-remaining"]) for answer in refused]
    assert set(told) == {("1", "0")}
    assert neighbour.status_code == 200
    booked = await session.scalar(select(func.count()).where(Donation.source_id == slow.platform.id))
    assert booked == len(answers) - len(refused)


async def test_a_full_queue_refuses_the_rest_and_books_what_it_took(
    committed: Database, settings: Settings
) -> None:
    async with committed.writing() as session:
        platform = await partner(session)
    app = create_app(
        settings.model_copy(update={"webhook_queue_max": 3, "webhook_batch_max": 1}), database=committed
    )
    async with _asking(app) as client:
        answers = await asyncio.gather(*(platform.post(client, platform.event()) for _ in range(60)))

    taken = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert taken
    assert {_told(answer) for answer in refused} == {(503, "queue-full", True)}
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Donation)) == len(taken)


async def test_a_closing_door_answers_what_it_took_and_refuses_what_comes_after(
    committed: Database, settings: Settings
) -> None:
    async with committed.writing() as session:
        platform = await partner(session)
    app = create_app(settings.model_copy(update={"webhook_batch_max": 2}), database=committed)
    async with _asking(app) as client:
        await platform.post(client, platform.event())
        sending = [asyncio.create_task(platform.post(client, platform.event())) for _ in range(20)]
        while app.state.door.waiting == 0:  # noqa: ASYNC110 - the door tells nobody that something waits
            await asyncio.sleep(0)
        await app.state.door.close()
        answers = await asyncio.gather(*sending)
        late = await platform.post(client, platform.event())

    assert _told(late) == (503, "closing", True)
    taken = [answer for answer in answers if answer.status_code == 200]
    assert taken
    assert {_told(one) for one in answers if one.status_code != 200} <= {(503, "closing", True)}
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Donation)) == len(taken) + 1


async def test_a_refusal_of_pressure_keeps_nothing_of_the_message(
    client: AsyncClient, session: WriteSession, app: FastAPI
) -> None:
    platform = await partner(session)
    await app.state.door.close()

    refused = await platform.post(client, platform.event())

    assert refused.status_code == 503
    assert await session.scalar(select(func.count()).select_from(Donation)) == 0
