"""Tasks: everything that waits for a person, from all features, in one list.

Each feature gives a query (app/wiring.py hands them down), and the lists become one in the database: so it
is paged like any other, however many features there are.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Text, Uuid, literal, select, tuple_, union_all
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import InstrumentedAttribute

from app.kit.database import ReadSession
from app.kit.http import pages
from app.kit.http.pages import PageQuery, Slice, Summary
from app.organizations.access import Caller
from app.organizations.approvals import views
from app.organizations.models import Approval

SOURCES = "task_sources"
"""Under this name the mapping of kinds to sources lies in `session.info`."""

Expression = ColumnElement[Any] | InstrumentedAttribute[Any]
Query = Any
Source = Callable[[ReadSession, Caller], Awaitable[Query]]
"""Returns a `row` query of what waits for the caller, or None if nothing ever can."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what kind, where, which, how it is called, since when."""

    kind: str
    organization_id: UUID
    subject_id: UUID
    title: str
    amount_minor: int | None
    since_at: datetime


def named(words: str, what: Any) -> Any:  # noqa: ANN401 - an expression of SQLAlchemy's
    """Return a task's title: what is to be done, and with what."""
    return literal(f"{words}：").concat(sql_cast(what, Text))


def row(
    *,
    organization_id: Expression,
    subject_id: Expression,
    title: Expression,
    since_at: Expression,
    amount_minor: Expression | None = None,
) -> Query:
    """Return the query of a source, to be narrowed by its `where`; the kind is put before it by `of`."""
    return select(
        sql_cast(organization_id, Uuid()).label("organization_id"),
        sql_cast(subject_id, Uuid()).label("subject_id"),
        sql_cast(title, Text()).label("title"),
        sql_cast(amount_minor, BigInteger()).label("amount_minor"),
        since_at.label("since_at"),
    )


async def of(session: ReadSession, caller: Caller, paging: PageQuery) -> Slice[Task]:
    """Return one page of what waits for a caller, what has waited longest first."""
    handed = cast("Mapping[str, Source]", session.info.get(SOURCES, {}))
    sources: Mapping[str, Source] = {"approval": _approvals, **handed}
    found = {kind: await source(session, caller) for kind, source in sorted(sources.items())}
    queries = [
        query.add_columns(literal(kind).label("kind")) for kind, query in found.items() if query is not None
    ]
    if not queries:
        return Slice([], None, Summary(count=0) if paging.include else None)
    waiting = union_all(*queries).subquery("waiting")
    query = select(waiting).order_by(waiting.c.since_at, waiting.c.subject_id).limit(paging.limit + 1)
    if paging.cursor is not None:
        since, subject = _read(paging.cursor)
        query = query.where(tuple_(waiting.c.since_at, waiting.c.subject_id) > tuple_(since, subject))
    rows = (await session.execute(query)).all()
    items = [
        Task(one.kind, one.organization_id, one.subject_id, one.title, one.amount_minor, one.since_at)
        for one in rows[: paging.limit]
    ]
    more = pages.encode([items[-1].since_at, items[-1].subject_id]) if len(rows) > paging.limit else None
    return Slice(items, more, await pages.summary(session, select(waiting)) if paging.include else None)


def _read(cursor: str) -> tuple[datetime, UUID]:
    since, subject = pages.decode(cursor, 2)
    try:
        return datetime.fromisoformat(since), UUID(subject)
    except ValueError:
        raise pages.CursorUnreadable from None


async def _approvals(session: ReadSession, caller: Caller) -> Query:
    return row(
        organization_id=Approval.organization_id,
        subject_id=Approval.id,
        title=Approval.title,
        amount_minor=Approval.amount_minor,
        since_at=Approval.created_at,
    ).where(await views.waiting_for(session, caller))
