"""Events over HTTP, for staff: drafts, programme, materials."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.disclosure.events import errors, events, speakers
from app.disclosure.models import PublicEvent
from app.disclosure.naming.errors import NamingDayWrong
from app.disclosure.routers.events.public import programme
from app.disclosure.schemas.events.events import (
    EventChange,
    EventDetail,
    EventIn,
    EventOut,
    MemberEventQuery,
)
from app.disclosure.schemas.events.programme import EventSessionIn, EventSpeakerIn, MaterialsIn
from app.disclosure.schemas.naming.consents import NamingWithdrawalIn, said
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import idempotency, pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.versions import IfMatch
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Changer = Annotated[Asking, may(Permission.publications_change)]


@router.get(
    "/organizations/{organization_id}/events", operation_id="list_events", summary="List a member's events"
)
async def list_events(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[MemberEventQuery, Query()]
) -> Page[EventOut]:
    """List the events of an organization, drafts too, the latest to begin first."""
    caller.must(at=organization_id)
    query = events.of_members([organization_id])
    for name in ("kind", "state"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(PublicEvent, name) == wanted)
    keys = [PublicEvent.starts_at, PublicEvent.id]
    found = await pages.page(session, query, keys, asked, newest_first=True)
    return found.told([EventOut.of(event) for event in found.items])


@router.post(
    "/events",
    operation_id="add_event",
    summary="Draft an event",
    status_code=201,
    responses=problems.responses(errors.EventCodeTaken, errors.EventTimesReversed),
)
async def add_event(session: Writing, caller: Changer, body: EventIn, response: Response) -> EventDetail:
    """Draft an event; the public reads it once it is published."""
    caller.must(at=body.organization_id)
    event = await events.draft(session, body.as_event())
    return await whole(session, caller, event, response)


@router.get(
    "/events/{event_id}/details",
    operation_id="read_event",
    summary="Read an event",
    responses=problems.responses(OutOfSight),
)
async def read_event(session: Reading, caller: Reader, event_id: UUID, response: Response) -> EventDetail:
    """Read an event as staff do, a draft too."""
    event = await events.get(session, event_id)
    caller.must(at=event.organization_id)
    return await whole(session, caller, event, response)


@router.patch(
    "/events/{event_id}",
    operation_id="change_event",
    summary="Change an event",
    responses=problems.responses(
        errors.EventNotDraft, errors.EventTimesReversed, errors.SeatsTaken, VersionNotStated, VersionStale
    ),
)
async def change_event(
    session: Writing,
    caller: Changer,
    event_id: UUID,
    body: EventChange,
    response: Response,
    if_match: IfMatch = None,
) -> EventDetail:
    """Change what is said of an event; never to fewer seats than are taken."""
    event = await _locked(session, caller, event_id)
    versions.expect(if_match, event.version)
    await events.change(session, event, **body.changes())
    return await whole(session, caller, event, response)


@router.post(
    "/events/{event_id}/publication",
    operation_id="open_event",
    summary="Publish an event",
    responses=problems.responses(errors.EventNotDraft, OutOfSight),
)
async def open_event(session: Writing, caller: Changer, event_id: UUID, response: Response) -> EventDetail:
    """Let everybody know of an event."""
    event = await _locked(session, caller, event_id)
    await events.publish(session, event)
    return await whole(session, caller, event, response)


@router.post(
    "/events/{event_id}/cancellation",
    operation_id="close_event",
    summary="Call an event off",
    responses=problems.responses(errors.EventNotDraft, OutOfSight),
)
async def close_event(session: Writing, caller: Changer, event_id: UUID, response: Response) -> EventDetail:
    """Call an event off."""
    event = await _locked(session, caller, event_id)
    await events.cancel(session, event)
    return await whole(session, caller, event, response)


@router.post(
    "/events/{event_id}/sessions",
    operation_id="add_event_session",
    summary="Add a session",
    status_code=201,
    responses=problems.responses(errors.EventNotDraft, errors.EventTimesReversed, OutOfSight),
)
async def add_event_session(
    session: Writing, caller: Changer, event_id: UUID, body: EventSessionIn, response: Response
) -> EventDetail:
    """Add a part to the programme."""
    event = await _locked(session, caller, event_id)
    await events.add_session(session, event, body.as_session(event))
    return await whole(session, caller, event, response)


@router.post(
    "/events/{event_id}/sessions/{session_id}/speakers",
    operation_id="add_event_speaker",
    summary="Add a speaker",
    status_code=201,
    responses=problems.responses(OutOfSight),
)
async def add_event_speaker(
    session: Writing,
    caller: Changer,
    event_id: UUID,
    session_id: UUID,
    body: EventSpeakerIn,
    request: Request,
) -> EventDetail:
    """Add who speaks in a session; the public reads their name only if they agreed."""
    event = await _locked(session, caller, event_id)
    part = await events.session_of(session, event, session_id)
    speaker = await speakers.add(
        session, part, body.name, body.title, consented=body.publish_consent, actor=caller.label
    )
    idempotency.concerns(request, speaker.person_id)
    return await whole(session, caller, event)


@router.post(
    "/events/{event_id}/speakers/{speaker_id}/consent-withdrawal",
    operation_id="withdraw_speaker_consent",
    summary="Stop naming a speaker",
    responses=problems.responses(errors.SpeakerSilent, NamingDayWrong, OutOfSight),
)
async def withdraw_speaker_consent(
    session: Writing,
    caller: Changer,
    event_id: UUID,
    speaker_id: UUID,
    request: Request,
    body: NamingWithdrawalIn | None = None,
) -> EventDetail:
    """Stop naming a speaker who does not agree any more; at once, in every public answer."""
    event = await _locked(session, caller, event_id)
    speaker = await speakers.get(session, event, speaker_id)
    await speakers.withdraw_consent(session, event, speaker, said(body), by=caller.label)
    idempotency.concerns(request, speaker.person_id)
    return await whole(session, caller, event)


@router.post(
    "/events/{event_id}/materials",
    operation_id="add_event_materials",
    summary="Publish materials",
    status_code=201,
    responses=problems.responses(AttachmentNotFree, errors.MaterialNotPublic, OutOfSight),
)
async def add_event_materials(
    session: Writing, caller: Changer, event_id: UUID, body: MaterialsIn
) -> EventDetail:
    """Publish files with an event; they were uploaded for everybody."""
    event = await _locked(session, caller, event_id)
    await events.add_materials(session, event, body.attachment_ids, actor=caller.label)
    return await whole(session, caller, event)


async def whole(
    session: ReadSession, caller: Asking, event: PublicEvent, response: Response | None = None
) -> EventDetail:
    """Return everything that staff read of an event, with its version where it is changed by that."""
    if response is not None:
        response.headers["ETag"] = versions.etag(event.version)
    materials = await events.materials(session, event)
    return EventDetail.whole(event, await programme(session, event), materials, caller.caller)


async def _locked(session: WriteSession, caller: Asking, event_id: UUID) -> PublicEvent:
    event = await events.get(session, event_id, lock=True)
    caller.must(at=event.organization_id)
    return event
