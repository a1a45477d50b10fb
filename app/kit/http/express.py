"""Express: an address that thousands a second ask, ahead of the layers that all others pass."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send


class Express:
    """Hands what stands right under one prefix to its own endpoint, and everything else on.

    The endpoint finds the rest of the address in `path_params` under `name`, as from a route. One slash too
    many at the end is nobody's name: people paste addresses so, and programs that post follow no redirect.
    """

    def __init__(self, app: ASGIApp, endpoint: ASGIApp, prefix: str, name: str) -> None:
        self._app, self._endpoint, self._prefix, self._name = app, endpoint, prefix, name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose who answers one request."""
        if scope["type"] == "http" and scope["path"].startswith(self._prefix):
            rest = scope["path"][len(self._prefix) :].removesuffix("/")
            if rest and "/" not in rest:
                scope["path_params"] = {self._name: rest}
                scope["endpoint"] = self._endpoint
                await self._endpoint(scope, receive, send)
                return
        await self._app(scope, receive, send)


def admit(app: FastAPI, endpoint: ASGIApp, prefix: str, name: str) -> None:
    """Let an endpoint answer what stands right under `prefix` ahead of every layer of the application.

    FastAPI's own layers cost a request more than verifying and reading a gift does
    (docs/decisions/0038-an-express-lane.md).
    """
    build = app.build_middleware_stack
    app.build_middleware_stack = lambda: Express(build(), endpoint, prefix, name)
