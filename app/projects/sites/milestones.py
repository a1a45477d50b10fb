"""Milestones: what the making of an asset has reached, each with a day, a person and photographs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.organizations.errors import OutOfSight
from app.projects.models import Milestone, MilestoneKind, Site, SiteState
from app.projects.register.errors import DayAhead
from app.projects.sites import sites
from app.projects.sites.errors import MilestoneDone, MilestoneElsewhere, MilestoneTooEarly, SiteAccepted

OWNER = "milestone"
"""Under this name the photographs of milestones lie; `app/wiring.py` says who reads them."""

K = MilestoneKind
BEFORE: dict[MilestoneKind, MilestoneKind] = {
    K.construction: K.survey,
    K.quality: K.construction,
    K.acceptance: K.quality,
    K.plaque: K.acceptance,
    K.file_complete: K.acceptance,
}
"""What must have been reached before each; a plaque is not everywhere, so the file does not wait for it."""

_REACHES = {K.survey: SiteState.surveyed, K.construction: SiteState.built}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """That a milestone was reached: on which day, by whose word, with what to show for it."""

    by: str
    on: date | None = None
    note: str | None = None
    attachment_ids: Sequence[UUID] = field(default_factory=list[UUID])


async def reach(session: WriteSession, site: Site, milestone: Milestone, told: Reached) -> Milestone:
    """Record that a site (locked by the caller) has reached a milestone, with its photographs.

    Raises MilestoneTooEarly, MilestoneDone, and MilestoneElsewhere for what has a record of its own.
    """
    if milestone.kind in {K.acceptance, K.plaque}:
        raise MilestoneElsewhere(kind=milestone.kind)
    if milestone.kind is K.file_complete and site.state is SiteState.dropped:
        raise SiteAccepted(site=site.id, state=site.state)
    if milestone.kind is not K.file_complete:
        sites.must_be_open(site)
    await finish(session, site, milestone, told)
    if (state := _REACHES.get(milestone.kind)) is not None:
        site.state = state
        site.version += 1
    await session.flush()
    return milestone


async def finish(session: WriteSession, site: Site, milestone: Milestone, told: Reached) -> None:
    """Mark a milestone as done, after the one before it; whoever calls has asked what its kind demands."""
    on = told.on or today()
    if on > today():
        raise DayAhead(day=on)
    if milestone.done_on is not None:
        raise MilestoneDone(milestone=milestone.id, done_on=milestone.done_on)
    before = BEFORE.get(milestone.kind)
    if before is not None:
        earlier = await of_kind(session, site.id, before)
        if earlier.done_on is None or earlier.done_on > on:
            raise MilestoneTooEarly(before=before, done_on=earlier.done_on)
    milestone.done_on, milestone.done_by, milestone.note = on, told.by, told.note
    milestone.version += 1
    if told.attachment_ids:
        await show(session, site, milestone, told.attachment_ids, by=told.by)


async def plan(session: WriteSession, milestone: Milestone, due_on: date) -> Milestone:
    """Say until when a milestone is to be reached."""
    if milestone.done_on is not None:
        raise MilestoneDone(milestone=milestone.id, done_on=milestone.done_on)
    milestone.due_on = due_on
    milestone.version += 1
    await session.flush()
    return milestone


async def show(
    session: WriteSession, site: Site, milestone: Milestone, attachment_ids: Sequence[UUID], *, by: str
) -> None:
    """Put uploaded photographs and papers to a milestone; each keeps its hash, its time and its place."""
    await files.attach(session, attachment_ids, owner(site, milestone), by=by)


def owner(site: Site, milestone: Milestone) -> Owner:
    """Return a milestone as an owner of files."""
    return Owner(OWNER, milestone.id, site.organization_id)


async def shown(session: ReadSession, site_id: UUID) -> bool:
    """Return whether any milestone of a site has something to show for it."""
    mine = select(Milestone.id).where(Milestone.site_id == site_id)
    files_of = select(Attachment.id).where(
        Attachment.owner_kind == OWNER, Attachment.owner_id.in_(mine), Attachment.deleted_at.is_(None)
    )
    return bool(await session.scalar(select(exists(files_of))))


async def get(session: ReadSession, milestone_id: UUID) -> Milestone:
    """Return a milestone, or refuse."""
    found = await session.get(Milestone, milestone_id)
    if found is None:
        raise OutOfSight
    return found


async def of_kind(session: ReadSession, site_id: UUID, kind: MilestoneKind) -> Milestone:
    """Return the milestone of this kind that a site must reach."""
    query = select(Milestone).where(Milestone.site_id == site_id, Milestone.kind == kind)
    return (await session.scalars(query)).one()


async def of_project(
    session: ReadSession, project_id: UUID, organization_ids: Sequence[UUID]
) -> Sequence[Attachment]:
    """Return the photographs and papers that show how far a project's sites have come."""
    reached = (
        select(Milestone.id).join(Site, Site.id == Milestone.site_id).where(Site.project_id == project_id)
    )
    return await files.of_several(session, OWNER, reached, organization_ids)
