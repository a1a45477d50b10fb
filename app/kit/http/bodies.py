"""Bodies: JSON that reaches a route has been read strictly, so that nobody can understand it differently."""

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.http import problems, strict_json
from app.kit.http.strict_json import NotStrictJson

METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class StrictBodies:
    """Refuse a JSON body that says a thing twice, or what no other program would read as we do.

    FastAPI's own parser keeps the last of two equal members and takes NaN for a number. Addresses under
    `apart` read their bodies themselves. What surrounds this layer has bounded the body already.
    """

    def __init__(self, app: ASGIApp, *, apart: str) -> None:
        self._app = app
        self._apart = apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body ahead of the route, refuse it or hand it on."""
        if not self._concerns(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body = await request.body()
            if body:
                strict_json.parse(body)
        except NotStrictJson as refusal:
            await problems.answer(request, refusal)(scope, receive, send)
            return
        except ClientDisconnect:
            return
        await self._app(scope, _Again(body, receive), send)

    def _concerns(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] in METHODS
            and not scope["path"].startswith(self._apart)
            and "json" in Headers(scope=scope).get("content-type", "")
        )


class _Again:
    """A body that was read, told once more; then whatever else the client does."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        body, self._body = self._body, None
        if body is None:
            return await self._receive()
        return {"type": "http.request", "body": body, "more_body": False}
