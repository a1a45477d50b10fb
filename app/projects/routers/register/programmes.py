"""Programmes over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.kit.database import Reading, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.http.versions import IfMatch
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import Programme
from app.projects.register import errors, programmes
from app.projects.schemas.register.programmes import (
    ProgrammeChange,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammeQuery,
)

router = APIRouter(prefix="/v1/projects/programmes", tags=["programmes"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
_ORDERS = {"code": [Programme.code, Programme.id], "starts_on": [Programme.starts_on, Programme.id]}


@router.post(
    "",
    operation_id="create_programme",
    summary="Set up a programme",
    status_code=201,
    response_model=ProgrammeOut,
    responses=problems.responses(errors.ProgrammeCodeTaken, errors.ProgrammeDatesReversed),
)
async def create_programme(
    session: Writing, caller: Changer, body: ProgrammeIn, response: Response
) -> Programme:
    """Set up a programme: its organization and those below it may carry out projects of it."""
    caller.must(at=body.organization_id)
    return _tagged(await programmes.create(session, body.as_programme()), response)


@router.get(
    "",
    operation_id="list_programmes",
    summary="List programmes",
    response_model=Page[ProgrammeOut],
)
async def list_programmes(
    session: Reading, caller: Reader, asked: Annotated[ProgrammeQuery, Query()]
) -> Slice[Programme]:
    """List the programmes of the organizations that you can see, and of those above them."""
    query = programmes.open_to(caller.visible())
    query = query.filter_by(**asked.model_dump(include={"organization_id", "category"}, exclude_none=True))
    if asked.q is not None:
        query = query.where(pages.holding(asked.q, Programme.code, Programme.title, Programme.brand))
    return await pages.listed(session, query, _ORDERS, asked)


@router.get(
    "/{programme_id}",
    operation_id="read_programme",
    summary="Read a programme",
    response_model=ProgrammeOut,
)
async def read_programme(
    session: Reading, caller: Reader, programme_id: UUID, response: Response
) -> Programme:
    """Read a programme of an organization that you can see, or of one above it."""
    return _tagged(await programmes.seen(session, programme_id, caller.visible()), response)


@router.patch(
    "/{programme_id}",
    operation_id="change_programme",
    summary="Change a programme",
    response_model=ProgrammeOut,
    responses=problems.responses(errors.ProgrammeDatesReversed, VersionNotStated, VersionStale),
)
async def change_programme(
    session: Writing,
    caller: Changer,
    programme_id: UUID,
    body: ProgrammeChange,
    response: Response,
    if_match: IfMatch = None,
) -> Programme:
    """Change what is said about a programme; its code stays."""
    programme = await programmes.get(session, programme_id, lock=True)
    caller.must(at=programme.organization_id)
    versions.expect(if_match, programme.version)
    await programmes.change(session, programme, **body.changes())
    return _tagged(programme, response)


def _tagged(programme: Programme, response: Response) -> Programme:
    response.headers["ETag"] = versions.etag(programme.version)
    return programme
