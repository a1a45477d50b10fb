"""Happy Home villages over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Select, select

from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations import organizations, regions
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may
from app.projects.models import Village, VillageFund
from app.projects.schemas.villages.homes import (
    VillageDayIn,
    VillageDetail,
    VillageEndIn,
    VillageIn,
    VillageItemIn,
    VillageOut,
    VillageQuery,
    VillageStatistics,
)
from app.projects.villages import errors, homes

router = APIRouter(prefix="/v1/projects/villages", tags=["villages"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
_DAYS = problems.responses(errors.VillageEnded, errors.VillageDayOutside)


@router.post(
    "",
    operation_id="create_village",
    summary="Begin with a village",
    status_code=201,
    responses=problems.responses(errors.VillageKnown, errors.VillageDayOutside, RegionUnknown),
)
async def create_village(session: Writing, caller: Changer, body: VillageIn) -> VillageDetail:
    """Let a village try a Happy Home out; the county's association supervises it."""
    caller.must(at=body.organization_id)
    return await whole(session, await homes.start(session, body.as_village(), by=caller.label))


@router.get("", operation_id="list_villages", summary="List villages", response_model=Page[VillageOut])
async def list_villages(
    session: Reading, caller: Reader, asked: Annotated[VillageQuery, Query()]
) -> Slice[Village]:
    """List the villages that the organizations in your sight supervise."""
    visible = caller.visible()
    if asked.organization_id is not None:
        visible &= {asked.organization_id}
    return await pages.page(session, _found(visible, asked), [Village.code, Village.id], asked)


def _found(places: frozenset[UUID], asked: VillageQuery) -> Select[Village]:
    query = select(Village).where(Village.organization_id.in_(places))
    for name in ("phase", "pilot_phase"):
        if getattr(asked, name) is not None:
            query = query.where(getattr(Village, name) == getattr(asked, name))
    if asked.region_code is not None:
        query = query.where(Village.region_code.in_(regions.within(asked.region_code)))
    if asked.q is not None:
        query = query.where(pages.holding(asked.q, Village.town, Village.name))
    return query


@router.get("/statistics", operation_id="read_village_statistics", summary="Count villages")
async def read_village_statistics(
    session: Reading, caller: Reader, organization_id: UUID
) -> VillageStatistics:
    """Count the villages of an organization and all below it, and what their funds hold."""
    caller.must(at=organization_id)
    places = await organizations.subtree_ids(session, organization_id)
    return VillageStatistics.of(organization_id, await homes.count(session, places))


@router.get("/{village_id}", operation_id="read_village", summary="Read a village")
async def read_village(session: Reading, caller: Reader, village_id: UUID) -> VillageDetail:
    """Read a village with its checklist and what its fund holds."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    return await whole(session, village)


@router.post(
    "/{village_id}/items",
    operation_id="record_village_item",
    summary="Tick one of the five items",
    status_code=201,
    responses=_DAYS | problems.responses(errors.ItemDone),
)
async def record_village_item(
    session: Writing, caller: Changer, village_id: UUID, body: VillageItemIn
) -> VillageDetail:
    """Note that a village has one of the five items; with its fund begins its public book."""
    village = await homes.get(session, village_id, lock=True)
    caller.must(at=village.organization_id)
    await homes.tick(session, village, body.as_item(village, caller.label))
    return await whole(session, village)


@router.post(
    "/{village_id}/establishment",
    operation_id="confirm_village",
    summary="Establish a village",
    responses=_DAYS | problems.responses(errors.ItemMissing),
)
async def confirm_village(
    session: Writing, caller: Changer, village_id: UUID, body: VillageDayIn
) -> VillageDetail:
    """Let a pilot that has all five items carry on for good."""
    village = await homes.get(session, village_id, lock=True)
    caller.must(at=village.organization_id)
    return await whole(session, await homes.establish(session, village, on=body.on))


@router.post("/{village_id}/end", operation_id="close_village", summary="End with a village", responses=_DAYS)
async def close_village(
    session: Writing, caller: Changer, village_id: UUID, body: VillageEndIn
) -> VillageDetail:
    """End a village's Happy Home; its book stays readable."""
    village = await homes.get(session, village_id, lock=True)
    caller.must(at=village.organization_id)
    return await whole(session, await homes.end(session, village, on=body.on, reason=body.reason))


async def whole(session: ReadSession, village: Village) -> VillageDetail:
    """Return a village as it is read."""
    items = await homes.items(session, [village.id])
    return VillageDetail.whole(village, items, await session.get(VillageFund, village.id))
