"""Health: what operators and their machines ask: alive, ready, and how much."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.kit.database import ReadSession, transactions

router = APIRouter(include_in_schema=False)


Told = Callable[[ReadSession], Awaitable[Any]]
"""What a feature tells operators of its state; it sets its own gauges by the way."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the running program needs of its database, and what its features tell operators of it."""

    revision: str
    told: Mapping[str, Told] = field(default_factory=dict[str, Told])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process is alive; nothing else is asked."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request, response: Response) -> dict[str, Any]:
    """Say whether requests can be served: the database answers and is migrated; tell what waits where."""
    state = request.app.state
    said = await _database(request)
    if said["database"] == "ok" and said["migration"] != state.expected.revision:
        said["migration_expected"] = state.expected.revision
    ready = said["database"] == "ok" and "migration_expected" not in said
    response.status_code = 200 if ready else 503
    response.headers["Cache-Control"] = "no-store"
    return {"status": "ok" if ready else "unavailable", "waiting_messages": state.door.waiting} | said


async def _database(request: Request) -> dict[str, Any]:
    try:
        async with transactions(request).reading() as session:
            revision = await session.scalar(text("select version_num from alembic_version"))
            said = {
                "database": "ok",
                "migration": revision,
                "database_transaction_seconds": await session.scalar(_OLDEST),
            }
            if revision == request.app.state.expected.revision:
                # Before it is migrated, what they look for may not be there.
                for name, told in request.app.state.expected.told.items():
                    said[name] = await told(session)
            return said
    except (SQLAlchemyError, OSError):
        return {"database": "away"}


# Whoever holds a transaction open for long holds back everything that reads by transaction id.
_OLDEST = text(
    "select coalesce(max(extract(epoch from now() - xact_start)), 0)::float from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Tell the counters of this process in Prometheus's text format; what the database tells is read anew."""
    await _database(request)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
