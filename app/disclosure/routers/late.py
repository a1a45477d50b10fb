"""What an organization is late with, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.disclosure.models import Obligation
from app.disclosure.obligations import lists, states
from app.disclosure.schemas.obligations.obligations import PublicLateOut
from app.kit.clock import today
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.pages import CursorUnreadable, Page, PageQuery
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(prefix="/organizations", route_class=CacheableRoute, dependencies=[public])


@router.get(
    "/{organization_id}/late",
    operation_id="list_late_obligations",
    summary="List what is late",
    responses=problems.responses(CursorUnreadable, OutOfSight),
)
async def list_late_obligations(
    session: Reading, organization_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[PublicLateOut]:
    """List what an organization should have published and did not, five working days after the last day.

    Only by rules whose text was read twice, and only where everything that the day was counted from is known.
    """
    organization = await organizations.get(session, organization_id)
    day, read = today(), states.readings(session)
    query = lists.publicly_late([organization.id], day=day, read=read)
    found = await pages.page(session, query, [Obligation.calendar_on, Obligation.id], asked)
    items = [PublicLateOut.of(one, day, read) for one in found.items]
    return found.told(items)
