"""Every request has an id, a limit, a line in the log and an answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI, Request
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from structlog.testing import capture_logs

from app.kit.http import problems
from app.kit.http.requests import Requests

router = APIRouter(prefix="/v1")


class Text(BaseModel):
    text: str


@router.post("/texts/{code}")
async def put(code: str, body: Text) -> int:
    return len(body.text)


@router.get("/fault")
async def fault() -> None:
    raise RuntimeError("王小明 broke it")


@router.get("/late-fault")
async def late_fault() -> StreamingResponse:
    async def parts() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError("broken off")

    return StreamingResponse(parts())


@router.get("/whoami")
async def whoami(request: Request) -> str:
    return request.state.request_id


class Raw:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        await PlainTextResponse(str(len(body)))(scope, receive, send)


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    problems.install(app)
    app.include_router(router)
    app.router.routes.append(Route("/hooks/{platform}", Raw(), methods=["POST"]))
    app.add_middleware(Requests, body_max_bytes=1000, by_prefix={"/hooks": 10, "/hooks/big": 2000})
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_an_id_is_accepted_and_returned(client: AsyncClient) -> None:
    answer = await client.get("/v1/whoami", headers={"X-Request-ID": "req.A-1_23"})
    assert answer.headers["x-request-id"] == answer.json() == "req.A-1_23"


@pytest.mark.parametrize("given", ["", "short", "x" * 129, "with space", 'quo"te12', "новый-id"])
async def test_an_unusable_id_is_replaced(client: AsyncClient, given: str) -> None:
    answer = await client.get("/v1/whoami", headers={"X-Request-ID": given.encode()})
    assert str(UUID(answer.headers["x-request-id"])) == answer.json()


async def test_refusals_carry_the_id_too(client: AsyncClient) -> None:
    answer = await client.get("/nowhere", headers={"X-Request-ID": "req-12345"})
    assert answer.status_code == 404
    assert answer.headers["x-request-id"] == "req-12345"


async def test_a_body_up_to_the_limit_passes(client: AsyncClient) -> None:
    fits = json.dumps({"text": "x" * (1000 - len('{"text": ""}'))}).encode()
    assert len(fits) == 1000
    for content in (fits, chunks(fits[:500], fits[500:])):
        answer = await client.post(
            "/v1/texts/a", content=content, headers={"Content-Type": "application/json"}
        )
        assert answer.json() == 988


@pytest.mark.parametrize("path", ["/v1/texts/a", "/hooks/big", "/nowhere"])
async def test_a_longer_body_is_refused_whether_it_says_its_length_or_not(
    client: AsyncClient, path: str
) -> None:
    limit = 2000 if "big" in path else 1000
    declared = await client.post(path, content=b"x" * (limit + 1))
    assert declared.status_code == 413
    assert declared.headers["connection"] == "close"
    assert declared.headers["content-type"] == "application/problem+json"
    assert declared.json()["body_max_bytes"] == limit
    assert "x-request-id" in declared.headers
    if path != "/nowhere":
        chunked = await client.post(path, content=chunks(b"x" * limit, b"x"))
        assert chunked.status_code == 413
        assert chunked.json()["code"] == "body-too-long"


async def test_the_limit_of_the_longest_prefix_counts(client: AsyncClient) -> None:
    assert (await client.post("/hooks/a", content=b"x" * 11)).status_code == 413
    assert (await client.post("/hooks/a", content=b"x" * 10)).text == "10"
    assert (await client.post("/hooks/big", content=b"x" * 1500)).text == "1500"


async def serve(length: bytes | None, *bodies: bytes) -> tuple[int, int]:
    """Serve a request by hand; return the status and how many parts of its body were read."""
    read = 0
    sent = []

    async def receive():
        nonlocal read
        read += 1
        return {"type": "http.request", "body": bodies[read - 1], "more_body": read < len(bodies)}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [] if length is None else [(b"content-length", length)],
    }
    await Requests(Raw(), body_max_bytes=10)(scope, receive, send)
    return sent[0]["status"], read


async def test_the_rest_of_a_long_body_is_not_read() -> None:
    assert await serve(b"100", *[b"x" * 10] * 10) == (413, 0)
    assert await serve(None, *[b"x" * 6] * 10) == (413, 2)
    assert await serve(b"nonsense", b"x") == (413, 0)
    assert await serve(b"9" * 5000, b"x") == (413, 0)
    assert await serve(b"6", b"x" * 6) == (200, 1)


async def test_a_fault_is_answered_with_the_id_and_logged_without_its_words(client: AsyncClient) -> None:
    with capture_logs() as lines:
        answer = await client.get("/v1/fault", headers={"X-Request-ID": "req-12345"})

    assert answer.status_code == 500
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "req-12345"
    assert "王小明" not in answer.text
    [fault, access] = lines
    assert (fault["event"], fault["error"]) == ("fault", "RuntimeError")
    assert access["status"] == 500


async def test_an_answer_that_breaks_off_is_not_patched_up(client: AsyncClient) -> None:
    with pytest.raises(RuntimeError, match="broken off"):
        await client.get("/v1/late-fault")


async def test_one_line_per_request_names_the_route_not_the_address(client: AsyncClient) -> None:
    with capture_logs() as lines:
        await client.post("/v1/texts/7XK2", json={"text": "x"})
        await client.post("/hooks/tencent?name=王小明", content=b"x")
        await client.get("/secret-path")
    told = [(line["event"], line["method"], line["route"], line["status"]) for line in lines]
    assert told == [
        ("request", "POST", "/v1/texts/{code}", 200),
        ("request", "POST", "/hooks/{platform}", 200),
        ("request", "GET", "-", 404),
    ]
    assert all(line["duration_ms"] >= 0 for line in lines)


async def test_requests_at_the_same_time_keep_their_own_ids(client: AsyncClient) -> None:
    ids = [f"request-{n}" for n in range(20)]
    answers = await asyncio.gather(
        *(client.get("/v1/whoami", headers={"X-Request-ID": name}) for name in ids)
    )
    assert [answer.json() for answer in answers] == ids
