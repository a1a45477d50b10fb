"""The page of everything that people are asked to, and each event's."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.disclosure import campaigns
from app.disclosure.events import events, seats
from app.disclosure.models import EventKind, PublicEvent
from app.disclosure.routers.events.public import programme
from app.disclosure.schemas.events.events import EventOut, PublicEventOut
from app.kit.database import Reading
from app.kit.http import pages
from app.kit.http.caching import ASK_AGAIN
from app.kit.http.pages import PageQuery
from app.organizations import organizations
from app.site import linked_data, sheets

router = APIRouter(route_class=sheets.PageRoute)


@router.api_route("/events", methods=sheets.LOOKING)
async def everything(
    request: Request,
    session: Reading,
    kind: Annotated[str, Query(max_length=40)] = "",
    organization: Annotated[str, Query(max_length=64)] = "",
    cursor: sheets.Cursor = None,
) -> Response:
    """Show what people are and were asked to, the latest to begin first."""
    asked = {"kind": kind if kind in set(EventKind) else "", "organization": sheets.typed(organization)}
    query = events.listed(asked["kind"] or None, asked["organization"] or None)
    paging = PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)
    keys = [PublicEvent.starts_at, PublicEvent.id]
    found = await pages.page(session, query, keys, paging, newest_first=True)
    told = [EventOut.of(one) for one in found.items]
    facts = {
        "events": told,
        "open": {one.id for one in found.items if _open(one)},
        "owners": await campaigns.organizations(session, {one.organization_id for one in found.items}),
        "next_cursor": found.next_cursor,
        "cursor": cursor,
        "wanted": asked,
        "kinds": list(EventKind),
    }
    return sheets.page(request, "events.html", facts, demo=await campaigns.demo(session))


@router.api_route("/events/{event_id}", methods=sheets.LOOKING)
async def event(request: Request, session: Reading, event_id: UUID) -> Response:
    """Show an event with its programme and materials; who speaks is named only while they agree."""
    it = await events.published(session, event_id)
    owner = await organizations.get(session, it.organization_id)
    materials = await events.materials(session, it)
    told = PublicEventOut.whole(it, await programme(session, it), materials, demo=owner.demo)
    linked = linked_data.event(sheets.origin(request), told, owner)
    facts = {"it": told, "owner": owner, "speakers": _speakers(told), "open": _open(it), "linked": linked}
    response = sheets.page(request, "event.html", facts, demo=owner.demo)
    response.headers.update(ASK_AGAIN)
    return response


def _open(event: PublicEvent) -> bool:
    return seats.takes_sign_ups(event) and event.taken_count < event.seats


def _speakers(told: PublicEventOut) -> dict[UUID, list[str]]:
    """Return who speaks in each session, as far as they agree to be named."""
    found: dict[UUID, list[str]] = {}
    for one in told.speakers:
        if one.name is not None:
            found.setdefault(one.session_id, []).append(" ".join(filter(None, (one.name, one.title))))
    return found
