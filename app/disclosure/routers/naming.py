"""Consents to be named over HTTP: told later by who was recorded without one, and what was said so far."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from app.disclosure.events import events, speakers
from app.disclosure.honours import ambassadors, commendations, nominees
from app.disclosure.models import NamingConsent
from app.disclosure.naming import consents
from app.disclosure.naming.errors import NamedAlready, NamingDayWrong
from app.disclosure.routers.events import desk
from app.disclosure.routers.honours import ambassadors as ambassador_desk
from app.disclosure.routers.honours import commendations as commendation_desk
from app.disclosure.schemas.events.events import EventDetail
from app.disclosure.schemas.honours.commendations import AwardDetail
from app.disclosure.schemas.honours.honours import AmbassadorOut
from app.disclosure.schemas.naming.consents import NamingConsentIn, NamingConsentOut, NamingConsentQuery
from app.kit.database import Reading, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.publications_change)]
_REFUSALS = problems.responses(NamedAlready, NamingDayWrong, OutOfSight)


@router.post(
    "/events/{event_id}/speakers/{speaker_id}/consent",
    operation_id="record_speaker_consent",
    summary="Name a speaker",
    responses=_REFUSALS,
)
async def record_speaker_consent(
    session: Writing,
    caller: Changer,
    event_id: UUID,
    speaker_id: UUID,
    body: NamingConsentIn,
    request: Request,
) -> EventDetail:
    """Name a speaker who has agreed since; at once, in every public answer."""
    event = await events.get(session, event_id, lock=True)
    caller.must(at=event.organization_id)
    speaker = await speakers.get(session, event, speaker_id)
    await speakers.agree(session, event, speaker, body.as_word(), by=caller.label)
    idempotency.concerns(request, speaker.person_id)
    return await desk.whole(session, caller, event)


@router.post(
    "/ambassadors/{ambassador_id}/consent",
    operation_id="record_ambassador_consent",
    summary="Name an ambassador",
    responses=_REFUSALS,
)
async def record_ambassador_consent(
    session: Writing, caller: Changer, request: Request, ambassador_id: UUID, body: NamingConsentIn
) -> AmbassadorOut:
    """Name an ambassador who has agreed since; at once, in every public answer."""
    one = await ambassadors.get(session, ambassador_id, lock=True)
    caller.must(at=one.organization_id)
    await ambassadors.agree(session, one, body.as_word(), by=caller.label)
    return await ambassador_desk.whole(session, request, one)


@router.post(
    "/commendations/{commendation_id}/nominees/{nominee_id}/consent",
    operation_id="record_nominee_consent",
    summary="Name a nominee",
    responses=_REFUSALS,
)
async def record_nominee_consent(
    session: Writing,
    caller: Changer,
    request: Request,
    commendation_id: UUID,
    nominee_id: UUID,
    body: NamingConsentIn,
) -> AwardDetail:
    """Name a person who has agreed since; at once, in every public answer."""
    scheme = await commendations.get(session, commendation_id, lock=True)
    caller.must(at=scheme.organization_id)
    nominee = await nominees.get(session, scheme, nominee_id)
    await nominees.agree(session, scheme, nominee, body.as_word(), by=caller.label)
    if nominee.person_id is not None:
        idempotency.concerns(request, nominee.person_id)
    return await commendation_desk.whole(session, scheme)


@router.get(
    "/organizations/{organization_id}/naming-consents",
    operation_id="list_naming_consents",
    summary="List what was said",
    response_model=Page[NamingConsentOut],
)
async def list_naming_consents(
    session: Reading, caller: Changer, organization_id: UUID, asked: Annotated[NamingConsentQuery, Query()]
) -> Slice[NamingConsent]:
    """List what people said of being named, the latest first: who wrote it down, when, and what shows it."""
    caller.must(at=organization_id)
    query = consents.of_members([organization_id])
    query = query.filter_by(**asked.model_dump(include={"kind", "subject_id"}, exclude_none=True))
    return await pages.page(session, query, [NamingConsent.id], asked, newest_first=True)
