"""Reading: what is for everybody is sent once, what is for one caller is kept by nobody, HEAD is like GET."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.kit.http.doors import LateRoute
from app.organizations.access import Role
from app.organizations.declarations import PUBLIC, declared
from tests.factories import organizations as members

ZH = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
LISTS = (
    *("/v1/regions", "/v1/fundraising/emergencies", "/v1/projects/aid-cases/notices"),
    *("/v1/volunteers/directory", "/v1/volunteers/calendar", "/v1/disclosure/initiatives"),
    *("/v1/code-lists", "/v1/disclosure/campaigns", "/v1/onboarding/template", "/healthz"),
)
FILES = ("multipart/form-data", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@pytest.mark.parametrize("path", LISTS[:-1])
async def test_a_public_list_is_sent_once(client: AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"].startswith("public, ")
    again = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_public_read_is_tagged_in_the_one_place_that_does(app: FastAPI) -> None:
    public = {one.path for one in declared(app) if one.says == PUBLIC and one.method == "GET"}
    routes = {str(one.path_format): one.original_route for one in iter_route_contexts(app.routes)}
    assert len(public) > 60
    assert {path for path in public if not isinstance(routes[path], LateRoute)} == set()


@pytest.mark.parametrize("path", LISTS)
async def test_head_is_get_without_a_body(client: AsyncClient, path: str) -> None:
    got, asked = await client.get(path), await client.head(path)
    assert (asked.status_code, asked.content) == (200, b"")
    assert int(asked.headers["content-length"]) == len(got.content)
    assert asked.headers.get("etag") == got.headers.get("etag")


async def test_what_somebody_is_told_by_name_is_kept_by_nobody(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await members.organization(session)
    headers = await members.sign_in(app, session, Role.accountant, here)
    told = {
        path: (await client.get(path, headers=headers)).headers.get("cache-control")
        for path in ("/v1/me", "/v1/organizations", "/v1/accounting/channels", "/v1/platforms", "/v1/nothing")
    }
    assert set(told.values()) == {"no-store"}, told
    # Who has said who they are may keep what is for everybody all the same.
    assert (await client.get("/v1/regions", headers=headers)).headers[
        "cache-control"
    ] == "public, max-age=3600"


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/me/notifications"])
async def test_what_is_told_in_a_language_says_so(
    app: FastAPI, client: AsyncClient, session: WriteSession, path: str
) -> None:
    headers = await members.sign_in(app, session, Role.admin, await members.organization(session))
    answer = await client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    assert {one.strip() for one in answer.headers["vary"].split(",")} == {"Accept", "Accept-Language"}


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/v1/none", 404), ("PUT", "/v1/regions", 405)]
)
async def test_a_stray_is_told_in_chinese_alone(
    client: AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path, headers=ZH)
    assert answer.status_code == status
    assert "detail" not in answer.json()
    assert not answer.json()["title"].isascii()
    assert answer.headers["vary"] == "Accept-Language"


def _files(document: dict[str, Any]) -> dict[str, str]:
    """The addresses to which files are sent, with the type of what is sent there."""
    return {
        path: kind
        for path, item in document["paths"].items()
        for kind in item.get("post", {}).get("requestBody", {}).get("content", {})
        if kind in FILES
    }


async def test_wherever_a_file_is_sent_it_may_be_larger_than_other_bodies(
    app: FastAPI, client: AsyncClient
) -> None:
    sent = _files(app.openapi())
    assert len(sent) > 10
    refused = [
        path
        for path, kind in sent.items()
        if (await client.post(path, content=b"x" * 2**21, headers={"Content-Type": kind})).status_code == 413
    ]
    assert refused == []
