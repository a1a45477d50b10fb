"""A JSON body that could be read in two ways reaches no route."""

import pytest
from httpx import AsyncClient

URL = "/v1/disclosure/traces"
GOOD = b'{"platform": "sandbox", "donation_id": "T-1", "amount": {"amount": 5000, "currency": "CNY"}}'


@pytest.mark.parametrize(
    "body",
    [
        b'{"platform": "a", "platform": "sandbox", "donation_id": "T-1"}',
        GOOD.replace(b"5000", b"NaN"),
        GOOD.replace(b"5000", b"1e309"),
        GOOD.replace(b"T-1", b"T\\u0000"),
        GOOD.replace(b"T-1", b"\\ud800"),
        b"\xff",
        b"[" * 100_000,
        GOOD + b"{}",
    ],
)
async def test_what_is_not_strict_json_is_refused(client: AsyncClient, body: bytes) -> None:
    answer = await client.post(URL, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not-strict-json")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"]


async def test_what_is_strict_reaches_its_route(client: AsyncClient) -> None:
    answer = await client.post(URL, content=GOOD, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (404, "gift-not-found")
    empty = await client.post(URL, headers={"content-type": "application/json"})
    assert (empty.status_code, empty.json()["code"]) == (422, "malformed")


async def test_a_fraction_is_no_amount(client: AsyncClient) -> None:
    body = GOOD.replace(b"5000", b"5000.0")
    answer = await client.post(URL, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
