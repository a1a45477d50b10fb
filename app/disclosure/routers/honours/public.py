"""Honours, ambassadors and commendations over HTTP, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.disclosure.honours import ambassadors, commendations, honours, nominees
from app.disclosure.models import Ambassador, AwardScheme, Honour
from app.disclosure.schemas.honours.commendations import (
    AwardOut,
    AwardQuery,
    PublicAwardOut,
)
from app.disclosure.schemas.honours.honours import (
    AmbassadorQuery,
    HonourOut,
    HonourQuery,
    PublicAmbassadorOut,
)
from app.kit.clock import today
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.caching import NamingRoute
from app.kit.http.pages import CursorUnreadable, Page, Slice
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(route_class=NamingRoute, dependencies=[public])


@router.get(
    "/honours",
    operation_id="list_honours",
    summary="List honours",
    response_model=Page[HonourOut],
    responses=problems.responses(CursorUnreadable),
)
async def list_honours(session: Reading, asked: Annotated[HonourQuery, Query()]) -> Slice[Honour]:
    """List what organizations were honoured with, the latest first; those taken back too."""
    query = honours.listing(asked.organization_id, held_on=asked.held_on)
    return await pages.page(session, query, [Honour.awarded_on, Honour.id], asked, newest_first=True)


@router.get(
    "/ambassadors",
    operation_id="list_public_ambassadors",
    summary="List ambassadors",
    responses=problems.responses(CursorUnreadable),
)
async def list_public_ambassadors(
    session: Reading, asked: Annotated[AmbassadorQuery, Query()]
) -> Page[PublicAmbassadorOut]:
    """List who speaks for organizations today; whose term is over is not there any more."""
    query = ambassadors.active(asked.organization_id, today())
    found = await pages.page(session, query, [Ambassador.id], asked)
    names = await ambassadors.names(session, found.items)
    items = [PublicAmbassadorOut.of(one, names.get(one.person_id, {})) for one in found.items]
    return found.told(items)


@router.get(
    "/commendations",
    operation_id="list_public_award_schemes",
    summary="List commendations",
    response_model=Page[AwardOut],
    responses=problems.responses(CursorUnreadable),
)
async def list_public_commendations(
    session: Reading, asked: Annotated[AwardQuery, Query()]
) -> Slice[AwardScheme]:
    """List the commendations whose lists are or were shown, the latest first."""
    query = commendations.public(asked.organization_id)
    for name in ("year", "category"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(AwardScheme, name) == wanted)
    return await pages.page(session, query, [AwardScheme.id], asked, newest_first=True)


@router.get(
    "/commendations/{commendation_id}",
    operation_id="read_public_award_scheme",
    summary="Read a commendation",
    responses=problems.responses(OutOfSight),
)
async def read_public_commendation(session: Reading, commendation_id: UUID) -> PublicAwardOut:
    """Read who is shortlisted or commended, by which approval; a person is named only if they agree."""
    scheme = await commendations.shown(session, commendation_id)
    everybody = await nominees.of(session, scheme)
    return PublicAwardOut.whole(scheme, everybody, await nominees.names(session, everybody))
