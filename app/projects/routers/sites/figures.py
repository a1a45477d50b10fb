"""Targets, costs and the map of sites over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import ProgrammeTarget, Site
from app.projects.register import programmes
from app.projects.schemas.sites.figures import CostQuery, ProgrammeTargetOut, SiteCosts, TargetIn
from app.projects.schemas.sites.maps import FEATURES_MAX, SiteMap
from app.projects.schemas.sites.sites import SiteFilter
from app.projects.sites import costs, errors, sites, targets

router = APIRouter(prefix="/v1/projects", tags=["sites"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]


@router.get("/sites/map", operation_id="read_site_map", summary="Read sites as GeoJSON")
async def read_site_map(session: Reading, caller: Reader, asked: Annotated[SiteFilter, Query()]) -> SiteMap:
    """Read the sites in your sight as a GeoJSON feature collection (RFC 7946)."""
    query = sites.found(caller.visible(), asked.wanted()).where(Site.latitude_microdegrees.is_not(None))
    found = (await session.scalars(query.order_by(Site.id).limit(FEATURES_MAX + 1))).all()
    return SiteMap.of(found)


@router.get("/sites/costs", operation_id="read_site_costs", summary="Compare what sites cost")
async def read_site_costs(
    session: Reading, caller: Reader, asked: Annotated[CostQuery, Query()]
) -> SiteCosts:
    """Compare what a metre of accepted sites cost, structure by structure, and tell which stand far out."""
    groups, outliers = await costs.compare(session, caller.visible(), asked.kind, asked.programme_id)
    return SiteCosts.of(asked.kind, groups, outliers)


@router.post(
    "/programmes/{programme_id}/targets",
    operation_id="add_programme_target",
    summary="Set a programme a target",
    status_code=201,
    responses=problems.responses(errors.TargetTwice),
)
async def add_programme_target(
    session: Writing, caller: Changer, programme_id: UUID, body: TargetIn
) -> ProgrammeTargetOut:
    """Say how many sites of a kind a programme means to finish in a year."""
    programme = await programmes.get(session, programme_id)
    caller.must(at=programme.organization_id)
    target = await targets.add(session, body.as_target(programme, caller.label))
    [standing] = await targets.standing(session, [target])
    return ProgrammeTargetOut.of(standing)


@router.get(
    "/programmes/{programme_id}/targets", operation_id="list_programme_targets", summary="List targets"
)
async def list_programme_targets(
    session: Reading, caller: Reader, programme_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[ProgrammeTargetOut]:
    """List a programme's targets beside the sites that were accepted in each year."""
    programme = await programmes.seen(session, programme_id, caller.visible())
    query = select(ProgrammeTarget).where(ProgrammeTarget.programme_id == programme.id)
    found = await pages.page(session, query, [ProgrammeTarget.year, ProgrammeTarget.id], asked)
    told = [ProgrammeTargetOut.of(one) for one in await targets.standing(session, found.items)]
    return found.told(told)
