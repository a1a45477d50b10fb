"""Initiatives over HTTP: read by everybody, written by staff."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.disclosure.events import errors, initiatives
from app.disclosure.models import Initiative
from app.disclosure.schemas.events.initiatives import (
    InitiativeDetail,
    InitiativeIn,
    InitiativeItemIn,
    InitiativeOut,
    InitiativeQuery,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public

router = APIRouter(prefix="/initiatives", route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.publications_change)]


@router.get(
    "",
    operation_id="list_initiatives",
    summary="List initiatives",
    dependencies=[public],
    response_model=Page[InitiativeOut],
)
async def list_initiatives(session: Reading, asked: Annotated[InitiativeQuery, Query()]) -> Slice[Initiative]:
    """List the works of culture that organizations have begun, the latest first."""
    query = initiatives.listing(asked.organization_id)
    return await pages.page(session, query, [Initiative.id], asked, newest_first=True)


@router.get(
    "/{initiative_id}",
    operation_id="read_initiative",
    summary="Read an initiative",
    dependencies=[public],
    responses=problems.responses(OutOfSight),
)
async def read_initiative(session: Reading, initiative_id: UUID) -> InitiativeDetail:
    """Read an initiative with everything that it is made of."""
    initiative = await initiatives.get(session, initiative_id)
    return InitiativeDetail.whole(initiative, await initiatives.items(session, initiative))


@router.post(
    "",
    operation_id="add_initiative",
    summary="Begin an initiative",
    status_code=201,
    responses=problems.responses(errors.EventCodeTaken),
)
async def add_initiative(session: Writing, caller: Changer, body: InitiativeIn) -> InitiativeDetail:
    """Begin an initiative; what it is made of is a free list, for no text tells it."""
    caller.must(at=body.organization_id)
    initiative = await initiatives.begin(session, body.as_initiative())
    return InitiativeDetail.whole(initiative, [])


@router.post(
    "/{initiative_id}/items",
    operation_id="add_initiative_item",
    summary="Add an item",
    status_code=201,
    responses=problems.responses(OutOfSight),
)
async def add_initiative_item(
    session: Writing, caller: Changer, initiative_id: UUID, body: InitiativeItemIn
) -> InitiativeDetail:
    """Add an item to an initiative, and the event that it is, if it is one."""
    initiative = await initiatives.get(session, initiative_id)
    caller.must(at=initiative.organization_id)
    await initiatives.add_item(session, initiative, body.as_item(initiative))
    return InitiativeDetail.whole(initiative, await initiatives.items(session, initiative))
