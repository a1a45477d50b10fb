"""Caching: answers that say how long they keep, and 304 for whoever has one already."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request, Response

from app.kit.http.doors import LateRoute

MAX_AGE_SECONDS = 5
"""Short: a gift is on its campaign's page within the second, and a crowd still asks us only now and then."""
ASK_AGAIN = {"Cache-Control": "public, no-cache"}
"""For what names people: it may be kept, and nobody shows it again before they have asked us."""
_TOLD_AGAIN = ("cache-control", "content-location", "date", "expires", "vary")


class CacheableRoute(LateRoute):
    """A route for everybody: its answers to GET carry a strong ETag, and If-None-Match is honoured.

    The tag is taken from the answer itself, so it can't be right for a body that has changed. A route that
    says `Cache-Control` itself is not overruled; refusals pass through untouched.
    """

    keeping: ClassVar[str] = f"public, max-age={MAX_AGE_SECONDS}"

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, with the tag on what it answers."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await answer(request)
            if request.method not in {"GET", "HEAD"} or response.status_code != 200:
                return response
            response.headers.setdefault("Cache-Control", self.keeping)
            return validated(request, response)

        return handle


class NamingRoute(CacheableRoute):
    """A route whose answers may name people: who takes back their word is gone from every cache at once."""

    keeping: ClassVar[str] = ASK_AGAIN["Cache-Control"]


def validated(request: Request, response: Response) -> Response:
    """Return an answer with its tag, or 304 without a body if the client has just this one."""
    response.headers["ETag"] = etag(response)
    if not _known(request.headers.get("if-none-match", ""), response.headers["ETag"]):
        return response
    kept = {name: value for name, value in response.headers.items() if name in _TOLD_AGAIN}
    return Response(status_code=304, headers=kept | {"ETag": response.headers["ETag"]})


def etag(response: Response) -> str:
    """Return the strong tag of an answer: other bytes, another type or another language, another tag."""
    head = f"{response.headers.get('content-type')}\n{response.headers.get('content-language')}\n"
    return f'"{hashlib.sha256(head.encode() + bytes(response.body)).hexdigest()[:32]}"'


def _known(given: str, tag: str) -> bool:
    # Weak comparison, as RFC 9110 13.1.2 asks: a proxy that compressed the answer has weakened the tag.
    return given.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in given.split(",")}
