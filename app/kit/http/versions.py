"""Versions: which one a change was made on, and which one of an answer a client has already."""

import hashlib
from typing import Annotated

from fastapi import Header, Request, Response

from app.kit.errors import VersionNotStated, VersionStale

ASK_AGAIN = "public, no-cache"
"""For what may name people: it may be kept, and nobody shows it again before they have asked us."""
_TOLD_AGAIN = ("cache-control", "content-location", "date", "expires", "vary")

IfMatch = Annotated[
    str | None, Header(description="The `ETag` under which you read what you are changing, as it was.")
]


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def expect(if_match: str | None, version: int) -> None:
    """Refuse a change that was not made on `version`: 428 if it names none, 412 if it names an older one."""
    if if_match is None:
        raise VersionNotStated
    if etag(version) not in [tag.strip() for tag in if_match.split(",")]:
        raise VersionStale


def kept(request: Request, response: Response, keeping: str) -> Response:
    """Return an answer to GET with a strong ETag, or 304 without a body if the client has just this one.

    The tag is taken from the answer itself, so it can't be right for one that has changed. `keeping` is its
    `Cache-Control` unless it says one itself. What says that it is not to be kept, has a tag already, is
    sent while it is made or is no success passes through as it is.
    """
    whole = isinstance(getattr(response, "body", None), bytes)
    tagged = "etag" in response.headers or "no-store" in response.headers.get("cache-control", "")
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or tagged or not whole:
        return response
    response.headers.setdefault("Cache-Control", keeping)
    response.headers["ETag"] = tag = _tag(response)
    if not _known(request.headers.get("if-none-match", ""), tag):
        return response
    again = {name: value for name, value in response.headers.items() if name in _TOLD_AGAIN}
    return Response(status_code=304, headers=again | {"ETag": tag})


def _tag(response: Response) -> str:
    # Other bytes, another type or another language: another tag.
    head = f"{response.headers.get('content-type')}\n{response.headers.get('content-language')}\n"
    return f'"{hashlib.sha256(head.encode() + bytes(response.body)).hexdigest()[:32]}"'


def _known(given: str, tag: str) -> bool:
    # Weak comparison, as RFC 9110 13.1.2 asks: a proxy that compressed the answer has weakened the tag.
    return given.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in given.split(",")}
