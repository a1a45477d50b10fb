"""Events over HTTP, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Select

from app.disclosure.events import events, speakers
from app.disclosure.models import PublicEvent
from app.disclosure.schemas.events.events import EventOut, EventQuery, Programme, PublicEventOut
from app.kit.database import Reading, ReadSession
from app.kit.http import pages, problems
from app.kit.http.caching import NamingRoute
from app.kit.http.pages import CursorUnreadable, Page
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(prefix="/events", route_class=NamingRoute, dependencies=[public])


@router.get(
    "",
    operation_id="list_public_events",
    summary="List public events",
    responses=problems.responses(CursorUnreadable),
)
async def list_public_events(session: Reading, asked: Annotated[EventQuery, Query()]) -> Page[EventOut]:
    """List what people are and were asked to, with the seats that are left; the latest to begin first."""
    query = _wanted(asked)
    keys = [PublicEvent.starts_at, PublicEvent.id]
    found = await pages.page(session, query, keys, asked, newest_first=True)
    return found.told([EventOut.of(event) for event in found.items])


@router.get(
    "/{event_id}",
    operation_id="read_public_event",
    summary="Read a public event",
    responses=problems.responses(OutOfSight),
)
async def read_public_event(session: Reading, event_id: UUID) -> PublicEventOut:
    """Read an event with its programme and materials; who speaks is named only if they agree."""
    event = await events.published(session, event_id)
    member = await organizations.get(session, event.organization_id)
    materials = await events.materials(session, event)
    return PublicEventOut.whole(event, await programme(session, event), materials, demo=member.demo)


def _wanted(asked: EventQuery) -> Select[PublicEvent]:
    query = events.shown()
    for name in ("organization_id", "kind"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(PublicEvent, name) == wanted)
    if asked.starts_at_from is not None:
        query = query.where(PublicEvent.starts_at >= asked.starts_at_from)
    if asked.starts_at_to is not None:
        query = query.where(PublicEvent.starts_at <= asked.starts_at_to)
    return query


async def programme(session: ReadSession, event: PublicEvent) -> Programme:
    """Return the sessions of an event, who speaks, and what they are called."""
    people = await speakers.of(session, event)
    return await events.sessions(session, event), people, await speakers.names(session, people)
