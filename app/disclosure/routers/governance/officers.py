"""Officers over HTTP: who they are is for those who look after it, and each look is logged."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.disclosure.governance import officers
from app.disclosure.models import Officer
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.posts import OfficerChangesIn, OfficerIn, OfficerLine, OfficerOut
from app.kit.database import Reading, Streaming, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import idempotency, pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.http.versions import IfMatch
from app.kit.vault import PersonErased
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.models import AccessKind
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/disclosure/governance/officers", tags=["governance"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post("", operation_id="add_officer", summary="Enter an officer", status_code=201)
async def add_officer(session: Writing, caller: Changer, request: Request, body: OfficerIn) -> OfficerOut:
    """Enter a person who holds or held a post; name, contact and qualities go to the vault."""
    caller.must(at=body.organization_id)
    said = body.as_particulars()
    officer = await officers.enter(session, body.organization_id, said, by=caller.label)
    idempotency.concerns(request, officer.id)
    return OfficerOut.whole(officer, said)


@router.get("", operation_id="list_officers", summary="List officers")
async def list_officers(
    session: Reading, caller: Reader, asked: Annotated[OfOrganization, Query()]
) -> Page[OfficerLine]:
    """List the officers of your organizations by their names."""
    places = set(caller.visible())
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    query = select(Officer).where(Officer.organization_id.in_(places))
    found = await pages.page(session, query, [Officer.id], asked)
    names = await officers.names(session, [one.id for one in found.items])
    items = [OfficerLine.of(one, names.get(one.id)) for one in found.items]
    return found.told(items)


@router.get("/{officer_id}", operation_id="read_officer", summary="Read an officer")
async def read_officer(
    database: Streaming, session: Reading, caller: Reader, officer_id: UUID, response: Response
) -> OfficerOut:
    """Read an officer with what lies under seal; that you looked is logged."""
    officer = await officers.get(session, officer_id)
    caller.must(at=officer.organization_id)
    at, kind = officer.organization_id, AccessKind.officer
    await accesses.record(database, caller.label, at=at, kind=kind, subject=officer.id)
    response.headers["ETag"] = versions.etag(officer.version)
    return OfficerOut.whole(officer, await officers.particulars(session, officer))


@router.patch(
    "/{officer_id}",
    operation_id="change_officer",
    summary="Change an officer",
    responses=problems.responses(VersionNotStated, VersionStale, PersonErased),
)
async def change_officer(
    session: Writing,
    caller: Changer,
    officer_id: UUID,
    body: OfficerChangesIn,
    response: Response,
    if_match: IfMatch = None,
) -> OfficerOut:
    """Change what is known of an officer; consent that is taken back counts at once."""
    officer = await officers.get(session, officer_id, lock=True)
    caller.must(at=officer.organization_id)
    versions.expect(if_match, officer.version)
    known = await officers.particulars(session, officer)
    if known is None:
        raise PersonErased
    said = body.over(known)
    await officers.change(session, officer, said)
    response.headers["ETag"] = versions.etag(officer.version)
    return OfficerOut.whole(officer, said)
