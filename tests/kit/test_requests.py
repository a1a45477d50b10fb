"""Every request has an id, a limit, a line in the log and an answer."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from app.kit.http import problems, requests
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


@router.get("/kept")
async def kept(response: Response) -> None:
    response.headers["Cache-Control"] = "private, no-cache"


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
    app.add_middleware(
        Requests, body_max_bytes=1000, by_prefix={"/hooks": 10, "/hooks/big": 2000, "/files/*/file": 2000}
    )
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


async def serve(
    length: bytes | None, *bodies: bytes, after: Callable[[], Awaitable[None]] | None = None
) -> str:
    """Serve a request by hand; return what happened in its order: r(ead), the status, b(ody), e(nd).

    After these parts of its body, `after` is waited for instead of more, if it is said.
    """
    read = 0
    told: list[str] = []

    async def receive() -> Message:
        nonlocal read
        if after and read == len(bodies):
            await after()
        read += 1
        told.append("r")
        return {
            "type": "http.request",
            "body": bodies[read - 1],
            "more_body": bool(after) or read < len(bodies),
        }

    async def send(message: Message) -> None:
        status = message.get("status")
        told.append(
            str(status) if status else "b" * bool(message["body"]) + "e" * (not message.get("more_body"))
        )

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [] if length is None else [(b"content-length", length)],
    }
    await Requests(Raw(), body_max_bytes=10)(scope, receive, send)
    return " ".join(told)


async def test_a_long_body_is_answered_before_its_rest_is_heard() -> None:
    assert await serve(b"40", *[b"x" * 10] * 4) == "413 b r r r r e"
    assert await serve(None, *[b"x" * 6] * 4) == "r r 413 b r r e"
    assert await serve(None, b"x" * 11) == "r 413 b e"
    assert await serve(b"nonsense", b"x") == "413 b r e"
    assert await serve(b"9" * 5000, b"x") == "413 b r e"
    assert await serve(b"6", b"x" * 6) == "r 200 be"


async def test_who_goes_on_sending_is_heard_for_so_long_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(requests, "LINGER_BYTES_MAX", 30)
    assert await serve(b"10000", *[b"x" * 10] * 100) == "413 b r r r e"
    monkeypatch.setattr(requests, "LINGER_SECONDS", 0.01)
    assert await serve(b"10000", b"x" * 10, after=asyncio.Event().wait) == "413 b r e"


async def test_the_answer_reaches_who_sends_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a real connection: closed on somebody who sends, it would break under them (RFC 9112 9.6)."""
    monkeypatch.setattr(requests, "LINGER_SECONDS", 60)
    length = 12 * 1024 * 1024

    def send(port: int) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as ours:
            ours.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % length)
            ours.sendall(b"x" * length)
            return b"".join(iter(lambda: ours.recv(65536), b""))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            Requests(Raw(), body_max_bytes=10), lifespan="off", log_config=None, http="httptools"
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        answer = await asyncio.to_thread(send, listening.getsockname()[1])
        server.should_exit = True
        await serving

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"body_max_bytes":10' in answer


@pytest.mark.parametrize("path", ["/v1/whoami", "/v1/nothing", "/v1/texts/a"])
async def test_whatever_can_be_got_can_be_asked_for_without_its_body(client: AsyncClient, path: str) -> None:
    named = {"X-Request-ID": "req-12345"}
    with capture_logs() as lines:
        got, asked = await client.get(path, headers=named), await client.head(path, headers=named)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert dict(asked.headers) == dict(got.headers)
    assert asked.headers["content-length"] == str(len(got.content))
    assert [line["method"] for line in lines] == ["GET", "HEAD"]


async def test_a_method_that_is_not_known_hears_of_head_where_there_is_get(client: AsyncClient) -> None:
    assert (await client.delete("/v1/whoami")).headers["allow"] == "GET, HEAD"
    assert (await client.delete("/v1/texts/a")).headers["allow"] == "POST"


async def test_what_is_told_to_somebody_by_name_is_kept_by_nobody(client: AsyncClient) -> None:
    named = {"Authorization": "Bearer me"}
    assert (await client.get("/v1/whoami", headers=named)).headers["cache-control"] == "no-store"
    assert (await client.post("/v1/texts/a", json={"text": "x"}, headers=named)).headers[
        "cache-control"
    ] == "no-store"
    assert (await client.get("/v1/kept", headers=named)).headers["cache-control"] == "private, no-cache"
    assert "cache-control" not in (await client.get("/v1/whoami")).headers


async def test_a_star_is_one_part_of_an_address(client: AsyncClient) -> None:
    assert (await client.post("/files/7/file", content=b"x" * 1500)).status_code == 404
    assert (await client.post("/files/7/others", content=b"x" * 1500)).status_code == 413
    assert (await client.post("/files/7/8/file", content=b"x" * 1500)).status_code == 413


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
