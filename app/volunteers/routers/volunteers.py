"""Volunteers over HTTP, as staff see them."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import ColumnElement

from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import idempotency, pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.versions import IfMatch
from app.kit.persons import documents
from app.kit.persons import errors as persons
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may
from app.organizations.visitors.errors import PhoneInvalid
from app.volunteers import amendments, erasures, volunteers
from app.volunteers.models import Volunteer
from app.volunteers.registry import consents
from app.volunteers.registry import errors as personal
from app.volunteers.schemas.volunteers import (
    PublicationConsentIn,
    VolunteerChange,
    VolunteerIn,
    VolunteerLine,
    VolunteerLookUpIn,
    VolunteerOut,
    VolunteerQuery,
)

router = APIRouter(prefix="/v1/volunteers", tags=["volunteers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
MADE_OF = (persons.DocumentInvalid, persons.BirthDateDiffers, PhoneInvalid, RegionUnknown)
_ERASED = problems.responses(personal.VolunteerErased)


@router.post(
    "",
    operation_id="create_volunteer",
    summary="Register a volunteer",
    status_code=201,
    responses=problems.responses(*MADE_OF, persons.GuardianConsentMissing, personal.IdentityDiffers),
)
async def create_volunteer(
    session: Writing, caller: Changer, body: VolunteerIn, request: Request, response: Response
) -> VolunteerOut:
    """Register a person with an organization; whoever is known elsewhere is enrolled, not made twice."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    volunteer = await volunteers.register(
        session, organization.id, body.person.particulars(), actor=caller.label, checked=body.checked
    )
    idempotency.concerns(request, volunteer.id)
    return await whole(session, volunteer, response)


@router.get("", operation_id="list_volunteers", summary="List volunteers")
async def list_volunteers(
    session: Reading, caller: Reader, asked: Annotated[VolunteerQuery, Query()]
) -> Page[VolunteerLine]:
    """List the volunteers enrolled at the organizations that you can see, each once."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = volunteers.within(visible).where(*_filters(asked))
    found = await pages.page(session, query, [Volunteer.id], asked, newest_first=True)
    names = await volunteers.names(session, [one.id for one in found.items])
    items = [VolunteerLine.of(one, {"name": names[one.id]} if one.id in names else {}) for one in found.items]
    return found.told(items)


def _filters(asked: VolunteerQuery) -> list[ColumnElement[bool]]:
    wanted: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "number": lambda number: Volunteer.number == number.upper(),
        "region_code": lambda code: Volunteer.region_code == code,
        "skill": lambda skill: Volunteer.skills.contains([skill]),
        "category": lambda category: Volunteer.categories.contains([category]),
        "checked": lambda checked: Volunteer.checked_at.is_not(None) == checked,
        "registered_on_from": lambda day: Volunteer.registered_on >= day,
        "registered_on_to": lambda day: Volunteer.registered_on <= day,
    }
    given = {name: getattr(asked, name) for name in wanted}
    return [wanted[name](value) for name, value in given.items() if value is not None]


@router.post("/look-ups", operation_id="find_volunteer", summary="Look a volunteer up")
async def find_volunteer(
    session: Reading, caller: Reader, body: VolunteerLookUpIn, response: Response
) -> VolunteerOut:
    """Find the volunteer with a document, by its whole number only; in a body, for addresses are logged."""
    document = documents.read(body.document_kind, body.document_number)
    return await whole(session, await volunteers.find(session, caller.visible(), document), response)


@router.get("/{volunteer_id}", operation_id="read_volunteer", summary="Read a volunteer")
async def read_volunteer(
    session: Reading, caller: Reader, volunteer_id: UUID, response: Response
) -> VolunteerOut:
    """Read a volunteer who is enrolled at an organization that you can see."""
    return await whole(session, await volunteers.seen(session, volunteer_id, caller.visible()), response)


@router.patch(
    "/{volunteer_id}",
    operation_id="correct_volunteer",
    summary="Correct a volunteer",
    responses=problems.responses(
        *MADE_OF,
        *(personal.IdentityDiffers, personal.NationalNumberTaken, personal.VolunteerErased),
        *(VersionNotStated, VersionStale),
    ),
)
async def correct_volunteer(
    session: Writing,
    caller: Changer,
    volunteer_id: UUID,
    body: VolunteerChange,
    response: Response,
    if_match: IfMatch = None,
) -> VolunteerOut:
    """Set right what is said about a volunteer, on their word."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible(), lock=True)
    versions.expect(if_match, volunteer.version)
    await amendments.amend(session, volunteer, body.changes())
    return await whole(session, volunteer, response)


@router.post(
    "/{volunteer_id}/identity-check",
    operation_id="record_identity_check",
    summary="Record an identity check",
    responses=_ERASED,
)
async def record_identity_check(
    session: Writing, caller: Changer, volunteer_id: UUID, request: Request, response: Response
) -> VolunteerOut:
    """Note that you compared the document with the person; a second time it changes nothing."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible(), lock=True)
    await volunteers.check(session, volunteer, actor=caller.label)
    idempotency.concerns(request, volunteer.id)
    return await whole(session, volunteer, response)


@router.post(
    "/{volunteer_id}/consents",
    operation_id="record_consent",
    summary="Record a consent",
    status_code=201,
    responses=_ERASED,
)
async def record_consent(
    session: Writing,
    caller: Changer,
    volunteer_id: UUID,
    body: PublicationConsentIn,
    request: Request,
    response: Response,
) -> VolunteerOut:
    """Record what a volunteer agreed to have published from now on; an empty list takes it all back."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible(), lock=True)
    volunteers.refuse_erased(volunteer)
    await consents.publish(session, volunteer, body.scopes, actor=caller.label)
    idempotency.concerns(request, volunteer.id)
    return await whole(session, volunteer, response)


@router.post(
    "/{volunteer_id}/erasure", operation_id="erase_volunteer", summary="Erase a volunteer", status_code=204
)
async def erase_volunteer(session: Writing, caller: Changer, volunteer_id: UUID) -> None:
    """Forget a person who asks for it; what they gave stays as hours in totals."""
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible(), lock=True)
    await erasures.erase(session, volunteer, actor=caller.label)


async def whole(session: ReadSession, volunteer: Volunteer, response: Response) -> VolunteerOut:
    """Return everything that is shown of a volunteer, with the version for those who change it."""
    response.headers["ETag"] = versions.etag(volunteer.version)
    response.headers["Cache-Control"] = "no-store"
    known = await volunteers.people(session, [volunteer.id])
    return VolunteerOut.whole(volunteer, known.get(volunteer.id, {}))
