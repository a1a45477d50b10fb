"""Caching: what is for everybody bears a tag, and is not sent twice to whoever has it."""

from collections.abc import AsyncIterator

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from httpx import ASGITransport, AsyncClient

from app.kit.http.caching import CacheableRoute, NamingRoute
from app.kit.http.doors import LateRoute, install


async def everybody(request: Request) -> None:
    request.state.for_everybody = True


def router(prefix: str, kind: type[LateRoute]) -> APIRouter:
    """The same routes, of a class of their own."""
    made = APIRouter(prefix=prefix, route_class=kind)

    @made.get("/{word}", dependencies=[Depends(everybody)])
    async def read(word: str) -> str:
        return word

    return made


plain = APIRouter(prefix="/plain", route_class=LateRoute)


@plain.get("/ours")
async def ours() -> str:
    """Answer somebody."""
    return "ours"


@plain.get("/said/{keeping}", dependencies=[Depends(everybody)])
async def said(keeping: str, response: Response) -> str:
    """Say how it is kept."""
    response.headers["Cache-Control"] = keeping
    return keeping


@plain.get("/streamed", dependencies=[Depends(everybody)])
async def streamed() -> StreamingResponse:
    """Answer while it is being made."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"made"

    return StreamingResponse(parts())


@plain.post("/sent", dependencies=[Depends(everybody)])
async def sent() -> str:
    """Answer what is no reading."""
    return "sent"


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    kinds = {"/late": LateRoute, "/short": CacheableRoute, "/naming": NamingRoute}
    install(app, [plain, *(router(prefix, kind) for prefix, kind in kinds.items())])
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


@pytest.mark.parametrize(
    ("path", "keeping"),
    [
        ("/late/a", "public, no-cache"),
        ("/naming/a", "public, no-cache"),
        ("/short/a", "public, max-age=5"),
        ("/plain/said/max-age=7", "max-age=7"),
    ],
)
async def test_what_is_for_everybody_is_sent_once(client: AsyncClient, path: str, keeping: str) -> None:
    answer = await client.get(path)
    tag = answer.headers["etag"]
    assert answer.headers["cache-control"] == keeping
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == keeping
    assert (await client.get(path, headers={"If-None-Match": '"other"'})).json() == answer.json()


async def test_another_answer_has_another_tag(client: AsyncClient) -> None:
    assert (await client.get("/late/a")).headers["etag"] != (await client.get("/late/b")).headers["etag"]


async def test_what_is_not_for_everybody_or_not_to_be_kept_has_no_tag(client: AsyncClient) -> None:
    for path in ("/plain/ours", "/plain/said/no-store", "/plain/streamed"):
        answer = await client.get(path, headers={"If-None-Match": "*"})
        assert (answer.status_code, "etag" in answer.headers) == (200, False), path
    assert "etag" not in (await client.post("/plain/sent")).headers
