"""Many doors in one application: each answers as it would alone, and all are in the document."""

from typing import Annotated, Any

import httpx
from fastapi import APIRouter, FastAPI, Query
from pydantic import create_model

from app.kit.http import doors

MANY = 300
"""More than twice as many as FastAPI would remember by itself."""


def lists(number: int) -> APIRouter:
    router = APIRouter(prefix=f"/v1/{number}")
    fields: dict[str, Any] = {f"part_{number}": (int, 0)}
    asked: Any = create_model(f"Asked{number}", **fields)

    async def look(query: Any) -> Any:
        return query

    look.__annotations__["query"] = Annotated[asked, Query()]
    router.get("/things", operation_id=f"list_{number}")(look)
    return router


def test_routes_of_many_routers_are_those_of_one_in_their_order() -> None:
    whole = doors.joined(map(lists, range(3)))
    assert [getattr(route, "path", "") for route in whole.routes] == [f"/v1/{n}/things" for n in range(3)]


async def test_however_many_lists_there_are_each_is_described_and_answers() -> None:
    app = FastAPI()
    doors.install(app, map(lists, range(MANY)))
    described = app.openapi()["paths"]
    asked = [described[f"/v1/{n}/things"]["get"]["parameters"][0]["name"] for n in range(MANY)]
    assert asked == [f"part_{n}" for n in range(MANY)]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        answer = await client.get("/v1/7/things", params={"part_7": 3})
    assert answer.json() == {"part_7": 3}
