"""The express lane takes the addresses right under its prefix, ahead of every layer, and nothing else."""

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit.http import express


async def quick(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(f"quick {scope['path_params']['code']}")(scope, receive, send)


class Stamp:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def stamped(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-layer", b"passed")]
            await send(message)

        await self.app(scope, receive, stamped)


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    express.admit(app, quick, "/v1/quick/", "code")
    app.add_middleware(Stamp)

    @app.get("/{rest:path}")
    async def slow(request: Request) -> str:
        return "slow"

    return app


@pytest.mark.parametrize(
    ("path", "answer", "layers"),
    [
        ("/v1/quick/a", "quick a", None),
        ("/v1/quick/%E5%BE%81?x=1", "quick 征", None),
        ("/v1/quick/a/", "quick a", None),
        ("/v1/quick/a//", '"slow"', "passed"),
        ("/v1/quick//", '"slow"', "passed"),
        ("/v1/quick/", '"slow"', "passed"),
        ("/v1/quick/a/b", '"slow"', "passed"),
        ("/v1/quick", '"slow"', "passed"),
        ("/v1/other/quick/a", '"slow"', "passed"),
    ],
)
async def test_only_what_stands_right_under_the_prefix(app, path: str, answer: str, layers) -> None:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        got = await client.get(path)
    assert (got.status_code, got.text, got.headers.get("x-layer")) == (200, answer, layers)
