"""Requests: what surrounds each one: its id, a limit to its body, a line in the log, always an answer."""

import asyncio
import contextlib
import re
from collections.abc import Mapping
from time import perf_counter
from typing import Any, cast

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.errors import TooLarge
from app.kit.http import problems
from app.kit.ids import new_name

BODY_MAX_BYTES = 1024 * 1024
LINGER_BYTES_MAX = 16 * 1024 * 1024
LINGER_SECONDS = 2.0
"""How long, in either measure, we go on listening to who sends more than we take. Were the connection closed
while they send, their machine would be told that it broke, and throw our answer away unread."""
HTTP_OK = 200
_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")

log = structlog.get_logger(__name__)


class BodyTooLong(TooLarge):
    """The body of the request is longer than this address accepts."""

    title_zh = "请求体超过该地址允许的大小"


class Requests:
    """The outermost layer of the application, in plain ASGI: it costs a bare endpoint next to nothing.

    What succeeds under the prefix `quiet` is not logged: it leaves a record of its own. `body_max_bytes`
    holds for every address but those under a prefix of `by_prefix`, in which `*` stands for one part of an
    address; the longest one counts.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        body_max_bytes: int = BODY_MAX_BYTES,
        by_prefix: Mapping[str, int] | None = None,
        quiet: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._app = app
        self._body_max = body_max_bytes
        self._quiet = quiet
        self._headers = dict(headers or {})
        longest = sorted((by_prefix or {}).items(), key=lambda item: -len(item[0]))
        self._by_prefix = [
            (re.compile(re.escape(prefix).replace(r"\*", "[^/]+")), limit) for prefix, limit in longest
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request within its limits and log how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "\x00" in scope["path"]:
            # PostgreSQL takes no NUL, and nothing of ours is named by one: it reads as what can't be read,
            # like the bytes of an address that are no UTF-8, and finds nothing.
            scope["path"] = scope["path"].replace("\x00", "\ufffd")
        headers: dict[bytes, bytes] = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"").decode("latin-1")
        request_id = given if _ID.fullmatch(given) else new_name()
        scope.setdefault("state", {})["request_id"] = request_id
        if self._headers:
            scope["state"]["answer_headers"] = dict(self._headers)
        length = headers.get(b"content-length", b"0")
        method = scope["method"]
        if method == "HEAD":
            # Whatever can be got can be asked for without its body (RFC 9110 9.3.2), everywhere alike.
            scope = {**scope, "method": "GET"}
        exchange = _Exchange(scope, receive, send, self._limit(scope["path"]))
        exchange.bare, exchange.personal = method == "HEAD", b"authorization" in headers
        began = perf_counter()
        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await exchange.serve(self._app, length)
        finally:
            if not (self._quiet and exchange.status == HTTP_OK and scope["path"].startswith(self._quiet)):
                self._note(method, scope, exchange, began)
            structlog.contextvars.reset_contextvars(**bound)

    @staticmethod
    def _note(method: str, scope: Scope, exchange: "_Exchange", began: float) -> None:
        log.info(
            "request",
            method=method,
            route=route_of(scope),
            status=exchange.status,
            duration_ms=round((perf_counter() - began) * 1000, 1),
        )

    def _limit(self, path: str) -> int:
        return next((limit for prefix, limit in self._by_prefix if prefix.match(path)), self._body_max)


class _Exchange:
    """One request and its answer: with no body if it is `bare`, for its caller alone if it is `personal`."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, body_max: int) -> None:
        self._scope, self._receive, self._send, self._body_max = scope, receive, send, body_max
        self._read_bytes = 0
        self._read_all = False
        self._too_long = False
        self.bare = self.personal = False
        self.status: int | None = None

    async def serve(self, app: ASGIApp, length: bytes) -> None:
        self._too_long = not length.isdigit() or int(length[:20]) > self._body_max
        try:
            if not self._too_long:
                await app(self._scope, self.receive, self.send)
        except Exception as error:
            if self.status is not None:
                raise  # the answer has begun: only breaking the connection still tells the client
            if not self._too_long:
                # Not raised further: the server would write the error's words, in them perhaps a person's.
                log.exception("fault", error=type(error).__name__)
                await self._answer(problems.Fault(request_id=self._scope["state"]["request_id"]), 500)
        if self._too_long and self.status is None:
            await self._answer(BodyTooLong(body_max_bytes=self._body_max), 413)

    async def receive(self) -> Message:
        message = await self._receive()
        self._read_bytes += len(message.get("body", b""))
        self._read_all = not message.get("more_body", False)
        if self._read_bytes > self._body_max:
            self._too_long = True
            raise BodyTooLong
        return message

    async def send(self, message: Message) -> None:
        # Whatever the application makes of the broken-off body, the client is told the reason.
        if self._too_long and self.status is None:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            state = self._scope["state"]
            message["headers"] = [
                *message.get("headers", ()),
                (b"x-request-id", state["request_id"].encode()),
            ]
            if self.personal:
                # What is told to somebody by name stays with no cache, unless the route knows better.
                MutableHeaders(scope=message).setdefault("cache-control", "no-store")
            if "answer_headers" in state:
                MutableHeaders(scope=message).update(state["answer_headers"])
        elif self.bare:
            message = {**message, "body": b""}
        await self._send(message)

    async def _answer(self, refusal: problems.Refusal, status: int) -> None:
        response = problems.answer(Request(self._scope), refusal, status=status)
        self._too_long = False
        if status != 413:
            await response(self._scope, self._receive, self.send)
            return
        response.headers["Connection"] = "close"
        await response(self._scope, self._receive, self._send_and_stay)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await self._hear_out()
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_and_stay(self, message: Message) -> None:
        # The whole answer is out, and the connection open still.
        stay = {"more_body": True} if message["type"] == "http.response.body" else {}
        await self.send({**message, **stay})

    async def _hear_out(self) -> None:
        heard = 0
        while not self._read_all and heard < LINGER_BYTES_MAX:
            message = await self._receive()
            heard += len(message.get("body", b""))
            self._read_all = not message.get("more_body", False)  # or they have gone


def route_of(scope: Mapping[str, Any]) -> str:
    """Return the template of the route that served a request, never what stood in it; "-" if none did."""
    if "endpoint" not in scope:
        return "-"
    parts = cast("str", scope["path"]).split("/")
    for name, value in reversed(cast("dict[str, object]", scope.get("path_params") or {}).items()):
        segments = str(value).split("/")
        starts = range(len(parts) - len(segments), -1, -1)
        found = next((at for at in starts if parts[at : at + len(segments)] == segments), None)
        if found is None:
            return "-"
        parts[found : found + len(segments)] = [f"{{{name}}}"]
    return "/".join(parts)
