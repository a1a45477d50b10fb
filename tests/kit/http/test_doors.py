"""Doors: a route is found before it is built, and is built by whoever first asks for more."""

import json
import subprocess
import sys
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Response
from fastapi.routing import APIRoute
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel

from app.kit.http.doors import LateRoute, install

HEAVY = ("holidays", "alembic", "httpx", "obstore", "stream_zip", "phonenumbers", "segno", "filetype")
HEAVY += ("typst", "openpyxl", "xlsxwriter", "PIL", "aiosmtplib")


class Cup(BaseModel):
    """What is asked for."""

    size: int


router = APIRouter(prefix="/cups", route_class=LateRoute)


@router.post("", operation_id="create_cup", status_code=201)
async def create_cup(cup: Cup) -> Cup:
    """Give back what was asked for."""
    return cup


@router.get("/plain")
async def read_plain() -> Response:
    """Answer without a model."""
    return Response("plain")


def _built(route: object) -> bool:
    return "dependant" in vars(route)


def _compiled(route: LateRoute) -> bool:
    return "path_regex" in vars(route)


@pytest.mark.parametrize("root", ["", "/behind"])
async def test_a_route_is_found_behind_the_prefixes_of_routers_and_proxies(root: str) -> None:
    outer, inner = APIRouter(prefix="/kitchen"), APIRouter(prefix="/cups", route_class=LateRoute)
    inner.add_api_route("/plain", read_plain)
    outer.include_router(inner)
    app = FastAPI()
    app.include_router(outer, prefix="/house")
    async with AsyncClient(transport=ASGITransport(app, root_path=root), base_url="http://test") as client:
        for path in {"", root}:
            found = await client.get(f"{path}/house/kitchen/cups/plain")
            assert (found.status_code, found.text) == (200, "plain")
        assert (await client.get("/house/cups/plain")).status_code == 404


async def test_a_route_is_built_when_it_is_asked_and_only_that_one() -> None:
    app = FastAPI()
    install(app, [router])
    create, plain = (route for route in app.routes if isinstance(route, LateRoute))
    assert (create.methods, create.response_model, create.operation_id) == ({"POST"}, Cup, "create_cup")
    assert plain.response_model is None
    assert app.url_path_for("read_plain") == "/cups/plain"
    assert not _built(create)
    assert not _built(plain)
    assert not _compiled(create)

    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        assert (await client.get("/saucers/plain")).status_code == 404
        assert not _compiled(create)
        missed = await client.post("/cups/none", json={})
        wrong = await client.post("/cups", json={"size": "large"})
        right = await client.post("/cups", json={"size": 3})
    assert (missed.status_code, wrong.status_code, right.status_code) == (404, 422, 201)
    assert right.json() == {"size": 3}
    assert _built(create)
    assert not _built(plain)


def test_the_document_tells_of_a_late_route_as_of_any_other() -> None:
    told: list[dict[str, Any]] = []
    for kind in (LateRoute, APIRoute):
        app, one = FastAPI(), APIRouter(prefix="/cups", route_class=kind)
        one.add_api_route("", create_cup, methods=["POST"], status_code=201, tags=["cups"])
        one.add_api_route("/plain", read_plain)
        install(app, [one])
        told.append(app.openapi())
    assert told[0] == told[1]


def test_neither_routes_nor_heavy_libraries_are_there_before_they_are_needed() -> None:
    program = (
        "import json, sys, app.main, app.worker;"
        "from app.kit.http.doors import LateRoute;"
        "routes = [one for door in app.main.DOORS for one in door.routes if isinstance(one, LateRoute)];"
        "early = [one.path for one in routes if 'dependant' in vars(one)];"
        "print(json.dumps([len(routes), early, sorted(set(sys.argv[1:]) & set(sys.modules))]))"
    )
    ran = subprocess.run([sys.executable, "-c", program, *HEAVY], capture_output=True, check=True)
    count, early, loaded = json.loads(ran.stdout)
    assert count > 300
    assert early == []
    assert loaded == []
