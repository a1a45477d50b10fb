"""No address is a fault of ours, whatever characters somebody puts where a name belongs."""

import re

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession

STRANGE = ["%00", "a%00b", "%FF", "%ED%A0%80", "%F0%9F%8E%89", "%E2%80%AE", "'", "%25", "a" * 500]


def paths(app: FastAPI) -> list[str]:
    """Every address that is read and has a name in it."""
    found = {
        route.path
        for route in app.routes
        if "GET" in (getattr(route, "methods", None) or ()) and "{" in getattr(route, "path", "")
    }
    return sorted(found)


@pytest.mark.parametrize("name", STRANGE)
async def test_a_strange_name_is_refused_everywhere(
    app: FastAPI, client: AsyncClient, session: WriteSession, name: str
) -> None:
    asked = {path: re.sub(r"\{[^}]+\}", name, path) for path in paths(app)}
    assert len(asked) > 100
    answers = {path: (await client.get(address)).status_code for path, address in asked.items()}
    assert {path: status for path, status in answers.items() if status >= 500} == {}
    # Whoever has not signed in is told so, or that there is nothing; nobody is shown anything.
    assert set(answers.values()) <= {301, 303, 307, 400, 401, 404, 405, 422, 429}


@pytest.mark.parametrize("path", ["/v1/auth/token/", "/v1/disclosure/campaigns/"])
async def test_nobody_is_led_on_to_another_address_of_the_api(
    client: AsyncClient, session: WriteSession, path: str
) -> None:
    # A redirect would name the host and scheme that a proxy asked us by, and take a password there.
    for answer in (await client.get(path), await client.post(path, data={"password": "canary"})):
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert "location" not in answer.headers


async def test_what_has_a_nul_in_its_name_is_not_there(client: AsyncClient, session: WriteSession) -> None:
    answer = await client.get("/v1/disclosure/campaigns/a%00b")
    assert (answer.status_code, answer.json()["code"]) == (404, "campaign-not-found")
    page = await client.get("/campaigns/%00")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
