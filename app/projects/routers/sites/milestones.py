"""Milestones over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.kit.models import Attachment
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import Milestone, Site
from app.projects.register.errors import DayAhead
from app.projects.schemas.sites.milestones import (
    DueDayIn,
    MilestoneOut,
    MilestonePhotoOut,
    MilestoneQuery,
    PhotosIn,
    ReachedIn,
)
from app.projects.sites import errors, milestones, sites
from app.projects.sites.sites import WantedSite

router = APIRouter(prefix="/v1/projects/milestones", tags=["milestones"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]


@router.get("", operation_id="list_milestones", summary="List milestones", response_model=Page[MilestoneOut])
async def list_milestones(
    session: Reading, caller: Reader, asked: Annotated[MilestoneQuery, Query()]
) -> Slice[Milestone]:
    """List the milestones of the sites in your sight: those of one site, those due, those reached."""
    wanted = WantedSite(project_id=asked.project_id)
    mine = sites.found(caller.visible(), wanted).with_only_columns(Site.id)
    query = select(Milestone).where(Milestone.site_id.in_(mine))
    query = query.filter_by(**asked.model_dump(include={"site_id", "kind"}, exclude_none=True))
    if asked.done is not None:
        query = query.where(Milestone.done_on.is_not(None) == asked.done)
    if asked.due_on_to is not None:
        query = query.where(Milestone.due_on <= asked.due_on_to)
    return await pages.page(session, query, [Milestone.id], asked)


@router.post(
    "/{milestone_id}/completion",
    operation_id="record_milestone",
    summary="Record that a milestone was reached",
    response_model=MilestoneOut,
    responses=problems.responses(
        *(errors.MilestoneDone, errors.MilestoneTooEarly, errors.MilestoneElsewhere),
        *(errors.SiteAccepted, AttachmentNotFree, DayAhead),
    ),
)
async def record_milestone(
    session: Writing, caller: Changer, milestone_id: UUID, body: ReachedIn
) -> Milestone:
    """Record that a site reached a milestone, with photographs; acceptance and plaque have own records."""
    milestone = await milestones.get(session, milestone_id)
    site = await sites.get(session, milestone.site_id, lock=True)
    caller.must(at=site.organization_id)
    await session.refresh(milestone)
    return await milestones.reach(session, site, milestone, body.as_reached(caller.label))


@router.post(
    "/{milestone_id}/due-day",
    operation_id="change_milestone_due_day",
    summary="Say until when",
    response_model=MilestoneOut,
    responses=problems.responses(errors.MilestoneDone),
)
async def change_milestone_due_day(
    session: Writing, caller: Changer, milestone_id: UUID, body: DueDayIn
) -> Milestone:
    """Say until when a milestone is to be reached."""
    milestone = await milestones.get(session, milestone_id)
    site = await sites.get(session, milestone.site_id, lock=True)
    caller.must(at=site.organization_id)
    return await milestones.plan(session, milestone, body.due_on)


@router.post(
    "/{milestone_id}/photos",
    operation_id="add_milestone_photos",
    summary="Add photographs to a milestone",
    response_model=MilestoneOut,
    responses=problems.responses(AttachmentNotFree),
)
async def add_milestone_photos(
    session: Writing, caller: Changer, milestone_id: UUID, body: PhotosIn
) -> Milestone:
    """Put uploaded photographs and papers to a milestone; each keeps its hash, its time and its place."""
    milestone = await milestones.get(session, milestone_id)
    site = await sites.get(session, milestone.site_id)
    caller.must(at=site.organization_id)
    await milestones.show(session, site, milestone, body.attachment_ids, by=caller.label)
    return milestone


@router.get(
    "/{milestone_id}/photos", operation_id="list_milestone_photos", summary="List a milestone's photographs"
)
async def list_milestone_photos(
    session: Reading, caller: Reader, milestone_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[MilestonePhotoOut]:
    """List what a milestone has to show: hash, time, place, and how far from the site it was taken."""
    milestone = await milestones.get(session, milestone_id)
    site = await sites.seen(session, milestone.site_id, caller.visible())
    query = select(Attachment).where(
        Attachment.owner_kind == milestones.OWNER, Attachment.owner_id == milestone.id
    )
    found = await pages.page(session, query, [Attachment.id], asked)
    shown = [MilestonePhotoOut.of(one, site) for one in found.items]
    return found.told(shown)
