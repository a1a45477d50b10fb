"""Formats: what a client wants an answer as (`Accept`): JSON, a spreadsheet, a document, words."""

import enum
from collections.abc import AsyncIterable, Collection
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.kit.http import negotiation
from app.kit.sheets.workbooks import MEDIA_TYPE


class Format(enum.StrEnum):
    """A form in which we can answer."""

    json = "application/json"
    xlsx = MEDIA_TYPE
    pdf = "application/pdf"
    text = "text/plain"


def wanted(request: Request) -> Format:
    """Return which form of a table or a document `Accept` prefers; JSON if it names none."""
    return _first(request, set(Format) - {Format.text})


def wanted_in_words(request: Request) -> Format:
    """Return which form `Accept` prefers of what is also told in plain words; JSON if it names none."""
    return _first(request, set(Format))


def _first(request: Request, offered: Collection[Format]) -> Format:
    negotiation.depends_on(request, "Accept")
    said = negotiation.preferences(request.headers.get("accept", ""))
    return next((Format(name) for name in said if name in offered), Format.json)


Wanted = Annotated[Format, Depends(wanted)]
WantedInWords = Annotated[Format, Depends(wanted_in_words)]


def also(*formats: Format) -> dict[int | str, dict[str, Any]]:
    """Return what tells the OpenAPI document that a route answers in these forms too."""
    binary = {"type": "string", "format": "binary"}
    words = {"type": "string"}
    content = {one.value: {"schema": words if one is Format.text else binary} for one in formats}
    return {200: {"content": content}}


def file(content: bytes, name: str, kind: Format) -> Response:
    """Return an answer that is a file of this name."""
    return Response(content, media_type=kind.value, headers=_named(name))


def streamed(content: AsyncIterable[bytes], name: str, kind: Format) -> Response:
    """Return an answer that is a file of this name, sent while it is being made."""
    return StreamingResponse(content, media_type=kind.value, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    # RFC 6266: the name in UTF-8, for names in Chinese.
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
