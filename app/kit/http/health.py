"""Health: what operators and their machines ask: alive, ready, and how much."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import Context
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.kit.database import ReadSession, Transactions, transactions

router = APIRouter(include_in_schema=False)

ANSWER_SECONDS_MAX = 3.0
"""How long a database may take to say how it is; after that it hangs."""


Told = Callable[[ReadSession], Awaitable[Any]]
"""What a feature tells operators of its state; it sets its own gauges by the way."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the running program needs of its database, and what its features tell operators of it."""

    revision: str
    told: Mapping[str, Told] = field(default_factory=dict[str, Told])


class Inquiry:
    """A question to the database that all who ask while it is open share.

    It is not broken off when it takes too long, for a driver that breaks off waits for the server: it goes
    on, with one connection, and until it ends whoever asks hears at once that the database hangs.
    """

    def __init__(self, expected: Expected) -> None:
        self.expected = expected
        self._begun = 0.0
        self._asking: asyncio.Task[dict[str, Any]] | None = None

    async def answer(self, database: Transactions) -> dict[str, Any]:
        """Return what the database says of itself, or that it is away, or that it hangs."""
        asking = self._asking
        if asking is None or asking.done():
            self._begun = monotonic()
            # A context of its own: it must not log under the request id of whoever came first.
            asking = self._asking = asyncio.create_task(self._ask(database), context=Context())
            # Looked at, or it would be logged as a fault where nobody has waited to the end.
            asking.add_done_callback(lambda done: done.cancelled() or done.exception())
        left = self._begun + ANSWER_SECONDS_MAX - monotonic()
        ended, _ = await asyncio.wait({asking}, timeout=max(left, 0))
        return asking.result() if ended else {"database": "hangs"}

    async def _ask(self, database: Transactions) -> dict[str, Any]:
        try:
            async with database.reading() as session:
                revision = await session.scalar(text("select version_num from alembic_version"))
                said = {
                    "database": "ok",
                    "migration": revision,
                    "database_transaction_seconds": await session.scalar(_OLDEST),
                }
                if revision == self.expected.revision:
                    # Before it is migrated, what they look for may not be there.
                    for name, told in self.expected.told.items():
                        said[name] = await told(session)
                return said
        except (SQLAlchemyError, OSError):
            return {"database": "away"}


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process is alive; nothing else is asked."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request, response: Response) -> dict[str, Any]:
    """Say whether requests can be served: the database answers and is migrated; tell what waits where."""
    state = request.app.state
    said = await state.inquiry.answer(transactions(request))
    expected = state.inquiry.expected.revision
    if said["database"] == "ok" and said["migration"] != expected:
        said = said | {"migration_expected": expected}
    ready = said["database"] == "ok" and "migration_expected" not in said
    response.status_code = 200 if ready else 503
    response.headers["Cache-Control"] = "no-store"
    return {"status": "ok" if ready else "unavailable", "waiting_messages": state.door.waiting} | said


# Whoever holds a transaction open for long holds back everything that reads by transaction id.
_OLDEST = text(
    "select coalesce(max(extract(epoch from now() - xact_start)), 0)::float from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Tell the counters of this process in Prometheus's text format; what the database tells is read anew."""
    await request.app.state.inquiry.answer(transactions(request))
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
