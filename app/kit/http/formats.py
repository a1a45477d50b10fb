"""Formats: what a client wants an answer as (`Accept`): JSON, a spreadsheet, a document."""

import enum
from collections.abc import AsyncIterable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.kit.sheets.workbooks import MEDIA_TYPE


class Format(enum.StrEnum):
    """A form in which we can answer."""

    json = "application/json"
    xlsx = MEDIA_TYPE
    pdf = "application/pdf"


def wanted(request: Request) -> Format:
    """Return the first form named in `Accept` that we know; JSON if none is."""
    for part in request.headers.get("accept", "").split(","):
        name = part.partition(";")[0].strip().lower()
        if name in set(Format):
            return Format(name)
    return Format.json


Wanted = Annotated[Format, Depends(wanted)]


def also(*formats: Format) -> dict[int | str, dict[str, Any]]:
    """Return what tells the OpenAPI document that a route answers in these forms too."""
    content = {one.value: {"schema": {"type": "string", "format": "binary"}} for one in formats}
    return {200: {"content": content}}


def file(content: bytes, name: str, kind: Format) -> Response:
    """Return an answer that is a file of this name."""
    return Response(content, media_type=kind.value, headers=_named(name))


def streamed(content: AsyncIterable[bytes], name: str, kind: Format) -> Response:
    """Return an answer that is a file of this name, sent while it is being made."""
    return StreamingResponse(content, media_type=kind.value, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    # RFC 6266: the name in UTF-8, for names in Chinese.
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Vary": "Accept"}
