"""The county's supervision of villages over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Paging
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import VillageInspection
from app.projects.schemas.villages.books import VillageInspectionIn, VillageInspectionOut, VillageRemedyIn
from app.projects.villages import errors, homes, inspections

router = APIRouter(
    prefix="/v1/projects/villages/{village_id}/inspections", tags=["villages"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]


@router.post(
    "",
    operation_id="record_village_inspection",
    summary="Record an inspection",
    status_code=201,
    responses=problems.responses(errors.VillageDayOutside),
)
async def record_village_inspection(
    session: Writing, caller: Changer, village_id: UUID, body: VillageInspectionIn
) -> VillageInspectionOut:
    """Record what the county found in a village, and by when it is to be set right."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    row = await inspections.record(session, village, body.as_inspection(village, caller.label))
    return VillageInspectionOut.of(row)


@router.get("", operation_id="list_village_inspections", summary="List a village's inspections")
async def list_village_inspections(
    session: Reading, caller: Reader, village_id: UUID, asked: Paging
) -> Page[VillageInspectionOut]:
    """List what the county found in a village, and what became of it."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    query = select(VillageInspection).where(VillageInspection.village_id == village.id)
    found = await pages.page(session, query, [VillageInspection.id], asked)
    items = [VillageInspectionOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/{inspection_id}/remedy",
    operation_id="record_village_remedy",
    summary="Record what was set right",
    responses=problems.responses(errors.RemedyNotDue, errors.VillageDayOutside),
)
async def record_village_remedy(
    session: Writing, caller: Changer, village_id: UUID, inspection_id: UUID, body: VillageRemedyIn
) -> VillageInspectionOut:
    """Record that what was found has been set right."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    row = await inspections.get(session, village, inspection_id)
    done = await inspections.remedy(session, row, on=body.remedied_on, words=body.words, by=caller.label)
    return VillageInspectionOut.of(done)
