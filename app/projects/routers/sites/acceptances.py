"""Acceptances, plaques and upkeep of sites over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import Plaque, SiteAcceptance, SiteUpkeep
from app.projects.register.errors import DayAhead
from app.projects.schemas.sites.acceptances import (
    AcceptanceIn,
    AcceptanceOut,
    PlaqueIn,
    PlaqueOut,
    UpkeepIn,
    UpkeepOut,
)
from app.projects.schemas.sites.sites import SiteOut
from app.projects.sites import acceptances, errors, sites

router = APIRouter(prefix="/v1/projects/sites/{site_id}", tags=["sites"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
Reviewer = Annotated[Asking, may(Permission.projects_review)]
Asked = Annotated[PageQuery, Query()]


@router.post(
    "/acceptances",
    operation_id="record_site_acceptance",
    summary="Record an acceptance",
    status_code=201,
    responses=problems.responses(
        *(errors.AcceptanceIncomplete, errors.OwnWorkAccepted, errors.AcceptedAlready),
        *(errors.SiteAccepted, DayAhead),
    ),
)
async def record_site_acceptance(
    session: Writing, caller: Reviewer, site_id: UUID, body: AcceptanceIn
) -> SiteOut:
    """Record what an acceptance found: what passed is accepted, what failed is checked again.

    Who reported the work done does not accept it.
    """
    site = await sites.get(session, site_id, lock=True)
    caller.must(at=site.organization_id)
    acceptance = body.as_acceptance(site, caller.label)
    cost = body.cost.amount if body.cost else None
    return SiteOut.of(await acceptances.record(session, site, acceptance, cost))


@router.get(
    "/acceptances",
    operation_id="list_site_acceptances",
    summary="List a site's acceptances",
    response_model=Page[AcceptanceOut],
)
async def list_site_acceptances(
    session: Reading, caller: Reader, site_id: UUID, asked: Asked
) -> Slice[SiteAcceptance]:
    """List who looked at a site, when, and whether it passed."""
    site = await sites.seen(session, site_id, caller.visible())
    query = select(SiteAcceptance).where(SiteAcceptance.site_id == site.id)
    return await pages.page(session, query, [SiteAcceptance.id], asked)


@router.post(
    "/plaque",
    operation_id="record_plaque",
    summary="Record a plaque",
    status_code=201,
    response_model=PlaqueOut,
    responses=problems.responses(
        errors.SiteNotAccepted, errors.PlaqueAlready, errors.PlaqueWithoutConsent, DayAhead
    ),
)
async def record_plaque(session: Writing, caller: Changer, site_id: UUID, body: PlaqueIn) -> Plaque:
    """Record the plaque of an accepted site; naming it after a donor needs the beneficiaries' consent."""
    site = await sites.get(session, site_id, lock=True)
    caller.must(at=site.organization_id)
    return await acceptances.set_up_plaque(session, site, body.as_plaque(site, caller.label))


@router.post(
    "/upkeep",
    operation_id="record_upkeep",
    summary="Record upkeep",
    status_code=201,
    response_model=UpkeepOut,
    responses=problems.responses(errors.SiteNotAccepted, errors.UpkeepDayUnfit, DayAhead),
)
async def record_upkeep(session: Writing, caller: Changer, site_id: UUID, body: UpkeepIn) -> SiteUpkeep:
    """Record how an accepted asset was found, what was done, and when to look again."""
    site = await sites.get(session, site_id)
    caller.must(at=site.organization_id)
    return await acceptances.look_after(session, site, body.as_upkeep(site, caller.label))


@router.get(
    "/upkeep", operation_id="list_upkeep", summary="List a site's upkeep", response_model=Page[UpkeepOut]
)
async def list_upkeep(session: Reading, caller: Reader, site_id: UUID, asked: Asked) -> Slice[SiteUpkeep]:
    """List how an asset was found over the years, and what was done."""
    site = await sites.seen(session, site_id, caller.visible())
    query = select(SiteUpkeep).where(SiteUpkeep.site_id == site.id)
    return await pages.page(session, query, [SiteUpkeep.looked_on, SiteUpkeep.id], asked)
