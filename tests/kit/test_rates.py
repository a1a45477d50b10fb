"""Who asks too often is told when to come back; others do not notice."""

from collections.abc import AsyncIterator

import pytest
from fastapi import Depends, FastAPI
from httpx import ASGITransport, AsyncClient

from app.kit.http import problems, rates
from app.kit.http.rates import RateLimit, Rates
from app.kit.http.requests import Requests


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_bucket_empties_and_refills_with_time(clock: Clock) -> None:
    buckets = Rates(clock=clock)
    assert [buckets.take("a", per_second=3).granted for _ in range(4)] == [True, True, True, False]
    clock.now += 0.34
    assert [buckets.take("a", per_second=3).granted for _ in range(2)] == [True, False]
    clock.now += 100
    assert [buckets.take("a", per_second=3).granted for _ in range(4)] == [True, True, True, False]


def test_keys_do_not_share_a_bucket(clock: Clock) -> None:
    buckets = Rates(clock=clock)
    assert buckets.take("a", per_second=1).granted
    assert not buckets.take("a", per_second=1).granted
    assert buckets.take("b", per_second=1).granted


def test_an_allowance_says_what_is_left_and_when_to_come_back(clock: Clock) -> None:
    buckets = Rates(clock=clock)
    taken = [buckets.take("a", per_second=0.1, burst=2) for _ in range(3)]

    assert [(one.granted, one.remaining, one.retry_after_seconds) for one in taken] == [
        (True, 1, 0),
        (True, 0, 0),
        (False, 0, 10),
    ]
    assert taken[0].headers == {
        "RateLimit-Limit": "2",
        "RateLimit-Remaining": "1",
        "RateLimit-Reset": "10",
    }
    clock.now += 9.9
    assert buckets.take("a", per_second=0.1, burst=2).retry_after_seconds == 1
    clock.now += 0.2
    assert buckets.take("a", per_second=0.1, burst=2).granted


def test_a_flood_of_keys_neither_fills_the_memory_nor_frees_the_latest(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "KEYS_MAX", 10)
    buckets = Rates(clock=clock)
    for n in range(100):
        buckets.take(f"key {n}", per_second=0.01, burst=1)
    assert len(buckets._buckets) == 10
    assert not buckets.take("key 99", per_second=0.01, burst=1).granted


def test_full_buckets_are_the_first_to_be_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "KEYS_MAX", 3)
    buckets = Rates(clock=clock)
    buckets.take("busy", per_second=0.001, burst=1)
    buckets.take("quick", per_second=1000, burst=1)
    buckets.take("also quick", per_second=1000, burst=1)
    clock.now += 1
    buckets.take("new", per_second=1, burst=1)
    assert set(buckets._buckets) == {"busy", "new"}


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    problems.install(app)

    @app.get("/asked", dependencies=[Depends(RateLimit("asked", 2, seconds=60))])
    async def asked() -> str:
        return "yes"

    app.add_middleware(Requests)
    app.state.rates = Rates(clock=Clock())
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_a_route_tells_its_limit_and_refuses_beyond_it(client: AsyncClient) -> None:
    answers = [await client.get("/asked") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[2].headers["retry-after"] == "30"
    assert answers[2].headers["ratelimit-limit"] == "2"
    assert answers[2].json()["code"] == "too-many"
