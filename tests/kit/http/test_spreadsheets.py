"""Spreadsheets: pages become one stream; what breaks off cannot pass for whole."""

import io
import tracemalloc
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Query
from httpx import ASGITransport, AsyncClient
from openpyxl import load_workbook
from pydantic import BaseModel

from app.kit.errors import Conflict
from app.kit.http import problems, spreadsheets
from app.kit.http.pages import Page, PageQuery
from app.kit.http.spreadsheets import ListBrokenOffError, Spreadsheets, wanted
from app.kit.labels import Labels
from app.kit.sheets.workbooks import MEDIA_TYPE


class ThingOut(BaseModel):
    """A thing."""

    name: str
    tags: list[str]


class ThingQuery(PageQuery):
    """Which things."""

    breaks_at: int | None = None


def application(count: int) -> FastAPI:
    app = FastAPI()
    problems.install(app)

    @app.get("/things")
    async def list_things(asked: Annotated[ThingQuery, Query()]) -> Page[ThingOut]:
        start = int(asked.cursor or 0)
        end = min(start + asked.limit, count)
        if asked.breaks_at is not None and end > asked.breaks_at:
            raise Conflict
        items = [ThingOut(name=f"物{number}", tags=["a", "b"]) for number in range(start, end)]
        return Page(items=items, next_cursor=str(end) if end < count else None)

    app.add_middleware(Spreadsheets, labels=Labels({}, {}))
    return app


async def fetch(count: int, **params: Any) -> bytes:
    transport = ASGITransport(application(count))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/things", params=params, headers={"Accept": MEDIA_TYPE})
    assert answer.status_code == 200
    return answer.content


def rows(content: bytes) -> list[list[Any]]:
    return [
        [cell.value for cell in line] for line in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    ]


async def test_all_pages_become_one_sheet() -> None:
    found = rows(await fetch(450, limit=1))

    assert len(found) == 451
    assert found[-1] == ["物449", "a、b"]


async def test_what_is_not_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "ROWS_MAX", 400)

    assert rows(await fetch(400))[-1][0] == "物399"
    assert "there are more" in rows(await fetch(401))[-1][0]


async def test_half_a_list_is_no_file() -> None:
    with pytest.raises(ListBrokenOffError):
        await fetch(1000, breaks_at=500)


async def test_memory_does_not_grow_with_the_list() -> None:
    app = application(20_000)
    sent = 0

    async def send(message: Any) -> None:
        nonlocal sent
        sent += len(message.get("body", b""))

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "path": "/things",
        "raw_path": b"/things",
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"accept", MEDIA_TYPE.encode())],
        "client": None,
        "server": ("test", 80),
    }
    await app(dict(scope), receive, send)
    tracemalloc.start()
    await app(dict(scope), receive, send)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sent > 200_000
    assert peak < 6 << 20


@pytest.mark.parametrize(
    ("accept", "sheet"),
    [
        (MEDIA_TYPE, True),
        (f"{MEDIA_TYPE}, application/json;q=0.5", True),
        (f"application/json, {MEDIA_TYPE}", False),
        (f"{MEDIA_TYPE};q=0", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_json_is_what_comes_unless_a_workbook_is_named_first(accept: str, sheet: bool) -> None:
    assert wanted(accept) is sheet
