"""Idempotency: a request sent again under its key gets the first one's answer, and does nothing."""

import functools
import hashlib
import inspect
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

import orjson
from fastapi import Depends, Header, Request, Response
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.kit import vault
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.errors import Conflict, Invalid
from app.kit.http.doors import LateRoute
from app.kit.models import IdempotencyKey

KEPT = timedelta(hours=24)
REPLAYED = "Idempotency-Replayed"
_ABOUT = (
    "Your own name for this request: sent again within 24 hours with the same body, it is answered as before."
)
_HEADER = Header(
    alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$", description=_ABOUT
)
_asked: ContextVar[Request | None] = ContextVar("asked", default=None)


class KeyReused(Invalid):
    """This Idempotency-Key came before with another request."""

    title_zh = "该 Idempotency-Key 已用于另一请求"


class KeyInFlight(Conflict):
    """The first request under this Idempotency-Key has not been answered yet."""

    title_zh = "使用该 Idempotency-Key 的请求正在处理中"


async def _may_name_itself(_key: Annotated[str | None, _HEADER] = None) -> None: ...


async def _names_itself(_key: Annotated[str, _HEADER]) -> None: ...


KeyRequired: Any = Depends(_names_itself)
"""Makes the key mandatory on one route of a router: `dependencies=[KeyRequired]`."""


class IdempotentRoute(LateRoute):
    """A route whose POST may be sent twice: the key and the answer commit with the work, or not at all.

    The answer belongs to whom `request.state.principal_id` names (sign-in sets it), otherwise to the bearer
    of the same credentials. Sign-in and validation come first on a repetition too; then the endpoint is not
    called and `request.state.replayed` says so. Refusals are not stored. A repetition that comes while the
    first is under way is refused; where a route `waits`, it waits for the first one's answer.
    """

    key_dependency: Any = Depends(_may_name_itself)
    waits: ClassVar[bool] = False

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        if "POST" in (options.get("methods") or ()):
            options["dependencies"] = [*(options.get("dependencies") or ()), self.key_dependency]
            endpoint = _once(endpoint)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, and keep what it answers."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if request.method != "POST" or "idempotency-key" not in request.headers:
                return await answer(request)
            await request.body()  # kept by the request: a form could not be read a second time
            request.state.idempotency_waits = self.waits
            token = _asked.set(request)
            try:
                response = await answer(request)
            finally:
                _asked.reset(token)
            # The session is still open: FastAPI closes it, and so commits, between here and the answer.
            await _remember(request, response)
            return response

        return handle


class MoneyRoute(IdempotentRoute):
    """A route whose POST moves money and therefore must carry a key."""

    key_dependency: Any = KeyRequired


def concerns(request: Request, person_id: UUID) -> None:
    """Name the person of whom the answer speaks, so that the stored answer is erased with them."""
    request.state.idempotency_person_id = person_id


async def forget(session: WriteSession, before: datetime) -> int:
    """Delete the answers stored before a moment; return how many there were."""
    gone = delete(IdempotencyKey).where(IdempotencyKey.created_at < before).returning(IdempotencyKey.id)
    return len((await session.scalars(gone)).all())


def _once(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    # Wrapped around the endpoint, not around the route: here the caller is known and the body is valid, so
    # that a stored answer is never handed to somebody who could not have asked for it.
    if not inspect.iscoroutinefunction(endpoint):
        raise TypeError(f"{endpoint} must be async: it shares its transaction with the stored answer")

    @functools.wraps(endpoint)
    async def once(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        request = _asked.get()
        session = _session(request) if request else None
        if request is None or session is None or hasattr(request.state, "idempotency_id"):
            return await endpoint(*given, **named)
        return await _recall(request, session) or await endpoint(*given, **named)

    return once


def _session(request: Request) -> WriteSession | None:
    return cast("WriteSession | None", getattr(request.state, "write_session", None))


async def _recall(request: Request, session: WriteSession) -> Response | None:
    request.state.idempotency_id = key_id = _identify(request, session)
    lock = int.from_bytes(key_id.bytes[:8], signed=True)
    if request.state.idempotency_waits:
        await session.execute(select(func.pg_advisory_xact_lock(lock)))
    elif not await session.scalar(select(func.pg_try_advisory_xact_lock(lock))):
        raise KeyInFlight(retry_after_seconds=1)
    # A statement of its own after the lock: it sees whatever the holder before us committed.
    known = await session.scalar(
        select(IdempotencyKey).where(IdempotencyKey.id == key_id, IdempotencyKey.created_at > now() - KEPT)
    )
    if known is None:
        return None
    if known.fingerprint != await _fingerprint(request, session):
        raise KeyReused
    head, _, body = vault.of(session).unwrap(key_id, known.sealed).partition(b"\n")
    status, headers = orjson.loads(head)
    response = Response(body, status)
    response.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    response.headers[REPLAYED] = "true"
    request.state.replayed = True
    return response


async def _remember(request: Request, response: Response) -> None:
    session, key_id = _session(request), getattr(request.state, "idempotency_id", None)
    body = getattr(response, "body", None)
    fresh = not getattr(request.state, "replayed", False) and response.status_code < 400
    if session is None or key_id is None or not isinstance(body, bytes) or not fresh:
        return
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers]
    sealed = vault.of(session).wrap(key_id, orjson.dumps([response.status_code, headers]) + b"\n" + body)
    row = {
        "fingerprint": await _fingerprint(request, session),
        "sealed": sealed,
        "person_id": getattr(request.state, "idempotency_person_id", None),
        "created_at": now(),
    }
    put = insert(IdempotencyKey).values(id=key_id, **row)
    # A row in the way is one that expired and was not deleted yet: the lock has kept everybody else out.
    await session.execute(put.on_conflict_do_update(index_elements=[IdempotencyKey.id], set_=row))


def _identify(request: Request, session: WriteSession) -> UUID:
    principal = getattr(request.state, "principal_id", None)
    shown = hashlib.sha256(request.headers.get("authorization", "").encode()).hexdigest()
    key = request.headers["idempotency-key"]
    return UUID(bytes=vault.of(session).mac(f"idempotency\0{principal or shown}\0{key}".encode())[:16])


async def _fingerprint(request: Request, session: WriteSession) -> bytes:
    head = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return vault.of(session).mac(head + await request.body())
