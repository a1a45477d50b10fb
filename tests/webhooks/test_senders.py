"""Whoever is known waits for no stranger, and nobody waits for ever for a database that hangs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from app.kit.database import Database, ReadSession, WriteSession
from app.kit.errors import Unavailable
from app.webhooks import senders
from app.webhooks.senders import READINGS_MAX, STRANGERS_AT_ONCE, Senders
from tests.webhooks.platforms import Partner, partner


class Hanging:
    """A database whose reading transactions begin when the test lets them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.open = asyncio.Event()
        self.open.set()
        self.begun = 0

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[ReadSession]:
        gate, self.begun = self.open, self.begun + 1
        await gate.wait()
        async with self.database.reading() as session:
            yield session

    def writing(self) -> AbstractAsyncContextManager[WriteSession]:
        return self.database.writing()

    def hang(self) -> None:
        """Let readings that begin from now on wait, whatever becomes of those before."""
        self.open = asyncio.Event()


@pytest.fixture
def hanging(committed: Database) -> Hanging:
    return Hanging(committed)


@pytest.fixture
async def giver(committed: Database) -> Partner:
    async with committed.writing() as session:
        return await partner(session)


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - what is watched tells nobody
        await asyncio.sleep(0)


async def test_a_known_platform_is_found_while_strangers_hang(
    hanging: Hanging, giver: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Senders(hanging, seconds_max=300)
    assert await found.find(giver.platform.slug) is not None
    monkeypatch.setattr(senders, "REMEMBERED_SECONDS", 0.0)
    hanging.hang()
    hung = hanging.open
    strangers = [asyncio.create_task(found.find(f"nobody-{n}")) for n in range(STRANGERS_AT_ONCE + 3)]
    await until(lambda: hanging.begun == 1 + STRANGERS_AT_ONCE)
    hanging.open = asyncio.Event()
    hanging.open.set()

    assert await found.find(giver.platform.slug) is not None
    assert not any(stranger.done() for stranger in strangers)

    hung.set()
    assert set(await asyncio.gather(*strangers)) == {None}


async def test_those_who_ask_for_one_slug_share_a_reading(hanging: Hanging, giver: Partner) -> None:
    found = Senders(hanging, seconds_max=300)
    both = await asyncio.gather(*(found.find(giver.platform.slug) for _ in range(50)))
    assert hanging.begun == 1
    assert {known.sender.slug for known in both if known} == {giver.platform.slug}


async def test_a_reading_that_hangs_is_waited_for_once_and_not_broken_off(
    hanging: Hanging, giver: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(senders, "REMEMBERED_SECONDS", 300.0)
    found = Senders(hanging, seconds_max=0.05)
    hanging.hang()
    asked = await asyncio.gather(*(found.find(giver.platform.slug) for _ in range(3)), return_exceptions=True)
    assert {type(refusal) for refusal in asked} == {Unavailable}
    with pytest.raises(Unavailable) as refusal:
        await found.find(giver.platform.slug)
    assert refusal.value.facts == {"retry_after_seconds": 2}
    assert hanging.begun == 1

    _, reading = found._readings[giver.platform.slug]
    hanging.open.set()
    known = await reading
    assert known is not None
    assert await found.find(giver.platform.slug) is known
    assert hanging.begun == 1


async def test_a_reading_that_fails_is_told_and_begun_again(giver: Partner, committed: Database) -> None:
    class Failing(Hanging):
        @asynccontextmanager
        async def reading(self) -> AsyncIterator[ReadSession]:
            if not self.begun:
                self.begun += 1
                raise ConnectionError
            async with super().reading() as session:
                yield session

    found = Senders(Failing(committed), seconds_max=300)
    with pytest.raises(ConnectionError):
        await found.find(giver.platform.slug)
    assert await found.find(giver.platform.slug) is not None


async def test_strangers_are_sent_away_when_too_many_wait_and_leave_nothing(
    hanging: Hanging, giver: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Senders(hanging, seconds_max=300)
    await found.find(giver.platform.slug)
    monkeypatch.setattr(senders, "REMEMBERED_SECONDS", 0.0)
    hanging.hang()
    strangers = [asyncio.create_task(found.find(f"nobody-{n}")) for n in range(READINGS_MAX)]
    await until(lambda: len(found._readings) == READINGS_MAX)
    with pytest.raises(Unavailable):
        await found.find("nobody-else")
    known = asyncio.create_task(found.find(giver.platform.slug))
    await until(lambda: giver.platform.slug in found._readings)

    hanging.open.set()
    assert set(await asyncio.gather(*strangers)) == {None}
    assert await known is not None
    assert not found._readings
    assert [*found._known] == [giver.platform.slug]


@pytest.mark.parametrize("slug", ["", "Nobody", "no body", "x" * 65])
async def test_what_is_no_slug_costs_no_look_at_the_database(hanging: Hanging, slug: str) -> None:
    assert await Senders(hanging, seconds_max=300).find(slug) is None
    assert hanging.begun == 0
