"""Many gifts at the counter in one request: each with an outcome of its own, all under one key."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.fundraising.desk import DONATED_AT, Desk, books_agree, desk, fen


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


def gift(at: Desk, minor: int = 100_00, **over: Any) -> dict[str, Any]:
    return {"channel_id": str(at.bank.id), "amount": fen(minor), "donated_at": DONATED_AT} | over


async def test_each_gift_has_its_outcome_and_one_that_is_refused_sinks_no_other(
    at: Desk, session: WriteSession
) -> None:
    gifts = [
        gift(at, 1, their_id="A"),
        gift(at, 2, their_id="A"),
        gift(at, 3, channel_id=str(at.appeal.channel.id)),
        gift(at, 1, their_id="A"),
        gift(at, 4, designation="nowhere"),
        gift(at, 5, giver={"name": "王小明"}),
    ]

    answer = await at.post(f"/campaigns/{at.campaign.id}/donations/batch", {"gifts": gifts})

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["done_count"], told["refused_count"]) == (3, 3)
    assert [one["status"] for one in told["outcomes"]][0:6:5] == [201, 201]
    assert [(one["problem"] or one["result"]).get("code", "done") for one in told["outcomes"]] == [
        "done",
        "gift-differs",
        "channel-not-at-the-counter",
        "done",
        "designation-not-found",
        "done",
    ]
    assert told["outcomes"][3]["result"]["outcome"] == "duplicate"
    assert "王小明" not in answer.text
    assert (await at.totals())["raised"] == 6
    await books_agree(session)


async def test_the_whole_request_is_repeated_under_its_key(at: Desk) -> None:
    body = {"gifts": [gift(at, 7), gift(at, 8)]}
    first = await at.post(f"/campaigns/{at.campaign.id}/donations/batch", body, key="batch-1")
    again = await at.post(f"/campaigns/{at.campaign.id}/donations/batch", body, key="batch-1")

    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert (await at.totals())["raised"] == 15


async def test_there_are_at_most_two_hundred_and_a_key(at: Desk) -> None:
    path = f"/campaigns/{at.campaign.id}/donations/batch"
    many = await at.post(path, {"gifts": [gift(at, 1)] * 201})
    none = await at.post(path, {"gifts": []})
    headers = {name: value for name, value in at.headers.items() if name != "Idempotency-Key"}
    keyless = await at.client.post(f"/v1/fundraising{path}", json={"gifts": [gift(at, 1)]}, headers=headers)

    assert [one.status_code for one in (many, none, keyless)] == [422, 422, 422]
    assert (await at.totals())["raised"] == 0


async def test_two_hundred_gifts_are_one_request(at: Desk, session: WriteSession) -> None:
    answer = await at.post(f"/campaigns/{at.campaign.id}/donations/batch", {"gifts": [gift(at, 1)] * 200})

    assert answer.json()["done_count"] == 200
    assert (await at.totals())["raised"] == 200
    await books_agree(session)
