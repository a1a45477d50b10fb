"""Spreadsheets: every list also as a workbook, for whoever accepts one (docs/decisions/0020-*)."""

import json
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.clock import today
from app.kit.http import columns, documents, negotiation, pages, problems
from app.kit.http.columns import Leaf
from app.kit.labels import Labels
from app.kit.sheets import workbooks
from app.kit.sheets.cells import Strong
from app.kit.sheets.workbooks import MEDIA_TYPE, Cells, Sheet

ROWS_MAX = 200_000
"""So many lines are handed out; the last one says so if there are more."""

_MORE = {
    "zh": f"此表只列出前 {ROWS_MAX:,} 行，其余未列出：请缩小筛选范围后再导出。",
    "en": f"Only the first {ROWS_MAX:,} rows are listed, there are more: narrow the filters.",
}
_NOT_HANDED_DOWN = {b"accept", b"if-none-match", b"range", b"content-length"}


class ListBrokenOffError(RuntimeError):
    """A page of a list was refused after the first ones had been sent."""


@dataclass(frozen=True)
class _List:
    """A list among the routes: its address, its name, what its items are."""

    path: str
    matches: Callable[[str], Any]
    name: str
    item: type[BaseModel]

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Its columns, worked out when somebody asks for a sheet."""
        return columns.leaves(self.item)


class Spreadsheets:
    """A layer around the routes: a list asked for as XLSX is read page by page and sent as it comes.

    A route whose responses name a workbook makes its own, and is left alone.

    Each page is asked of the route itself, with the caller's own credentials and filters, so that nothing
    can be seen in a sheet that could not be seen as JSON.
    """

    def __init__(self, app: ASGIApp, *, labels: Labels) -> None:
        self._app = app
        self._labels = labels
        self._lists: list[_List] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a list as a workbook if that is what the client accepts; let everything else through."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif not wanted(Headers(scope=scope).get("accept", "")):
            await self._app(scope, receive, _varying(scope, send))
        elif (asked := self._asked(scope)) is None:
            await self._app(scope, receive, send)
        else:
            await (await self._answer(scope, asked))(scope, receive, send)

    def _asked(self, scope: Scope) -> _List | None:
        if self._lists is None:
            self._lists = list(_lists(scope["app"]))
        return next((one for one in self._lists if one.matches(scope["path"])), None)

    async def _answer(self, scope: Scope, asked: _List) -> Response:
        first = await _ask(self._app, scope, cursor=None)
        if first.status != 200:
            refused = Response(first.body, first.status, headers=first.headers)
            refused.headers.add_vary_header("Accept")
            return refused
        language = problems.language_of(Request(scope))
        sheet = Sheet(
            self._labels.field("Sheet", asked.name, language),
            columns.header(asked.leaves, self._labels, language),
            self._rows(scope, asked.leaves, language, first),
        )
        name = f"{asked.name.replace('_', '-')}-{today()}.xlsx"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": language,
            "Cache-Control": "no-store",
            "Vary": "Accept, Accept-Language",
        }
        return StreamingResponse(workbooks.astream([sheet]), media_type=MEDIA_TYPE, headers=headers)

    async def _rows(
        self, scope: Scope, leaves: list[Leaf], language: str, answer: "_Answer"
    ) -> AsyncGenerator[Cells]:
        written = 0
        while True:
            page: dict[str, Any] = json.loads(answer.body)
            for item in page["items"]:
                yield [leaf.value(item, self._labels, language) for leaf in leaves]
            written += len(page["items"])
            if page["next_cursor"] is None:
                return
            if written >= ROWS_MAX:
                yield Strong([_MORE[language], *[None] * (len(leaves) - 1)])
                return
            answer = await _ask(self._app, scope, cursor=page["next_cursor"])
            if answer.status != 200:
                # The file breaks off and cannot be opened: half a list must not pass for a whole one.
                raise ListBrokenOffError(answer.status)


def wanted(accept: str) -> bool:
    """Tell whether an Accept header prefers workbooks to JSON."""
    kinds = negotiation.preferences(accept)
    return MEDIA_TYPE in kinds and "application/json" not in kinds[: kinds.index(MEDIA_TYPE)]


def describe(app: FastAPI) -> None:
    """Write into the OpenAPI document which operations answer with a workbook too."""

    def amend(document: dict[str, Any]) -> None:
        for one in _lists(app):
            operation = document["paths"].get(one.path, {}).get("get")
            if operation is not None:
                operation["responses"]["200"]["content"][MEDIA_TYPE] = {
                    "schema": {
                        "type": "string",
                        "contentMediaType": MEDIA_TYPE,
                        "description": f"Every page in one sheet, at most {ROWS_MAX:,} rows; "
                        "`limit` does not matter. Headers in Chinese or English by `Accept-Language`.",
                    }
                }

    documents.amend(app, amend)


def leaves_of(app: FastAPI) -> Mapping[str, list[Leaf]]:
    """Return the columns of every list of an application, by its path."""
    return {one.path: one.leaves for one in _lists(app)}


def _lists(app: FastAPI) -> Any:  # noqa: ANN401 - a generator of _List
    for route in iter_route_contexts(app.routes):
        model: Any = getattr(route, "response_model", None)
        if "GET" not in (route.methods or ()) or not _is_list(route):
            continue
        item = pages.item_of(cast("type[BaseModel]", model))
        operation = str(getattr(route, "operation_id", "")).removeprefix("list_")
        path = str(route.path_format)
        yield _List(path, compile_path(str(route.path))[0].match, operation, item)


def _is_list(route: Any) -> bool:  # noqa: ANN401 - a route, or what stands for one
    return pages.is_page(getattr(route, "response_model", None)) and not _makes_its_own(route)


def _makes_its_own(route: Any) -> bool:  # noqa: ANN401 - a route, or what stands for one
    # A list that says it answers with a workbook makes a better one: with titles, openings and sums.
    said: dict[Any, Any] = getattr(route, "responses", None) or {}
    return MEDIA_TYPE in said.get(200, {}).get("content", {})


@dataclass(slots=True)
class _Answer:
    """What a route said: small, as it is one page."""

    status: int = 0
    headers: Any = None
    body: bytes = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], Headers(raw=message["headers"])
        else:
            self.body += message.get("body", b"")


async def _ask(app: ASGIApp, scope: Scope, *, cursor: str | None) -> _Answer:
    said = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    # A sheet has no room for a summary: the further pages need not count again what the first was asked.
    ours = {"limit"} if cursor is None else {"limit", "cursor", "include"}
    kept = [(name, value) for name, value in said if name not in ours]
    kept += [("limit", str(pages.PAGE_SIZE_MAX))] + ([("cursor", cursor)] if cursor else [])
    headers = [(name, value) for name, value in scope["headers"] if name not in _NOT_HANDED_DOWN]
    inner = {
        **{key: value for key, value in scope.items() if key not in {"fastapi_inner_astack", "route"}},
        "query_string": urlencode(kept).encode(),
        "headers": [*headers, (b"accept", b"application/json")],
        # Whoever writes down what is asked for writes a list down once, not each of its pages.
        "state": dict(scope.get("state", {})) | {"continued": cursor is not None},
    }
    answer = _Answer()

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(inner, nothing, answer.take)
    # Which route it was, for the line in the log.
    scope.update({key: inner[key] for key in ("endpoint", "path_params") if key in inner})
    return answer


def _varying(scope: Scope, send: Send) -> Send:
    # Caches keep the two forms of a list apart. Which route answered is known when it does: to look for it
    # before would have every request search all lists, and the first build what they are made of.
    async def varied(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_list(scope.get("route")):
            MutableHeaders(scope=message).add_vary_header("Accept")
        await send(message)

    return varied
