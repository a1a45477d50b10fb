"""Inspections: what was found when somebody looked, until when it is to be right, and who saw that it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.projects.models import Finding, FindingState, Inspection, Project
from app.projects.progress.errors import (
    FindingNotAnswered,
    FindingNotOpen,
    InspectorUnfit,
    OwnAnswer,
    SiteOfAnotherProject,
)
from app.projects.register.errors import DayAhead


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that was found wrong, and until when it is to be right."""

    words: str
    due_on: date


async def record(
    session: WriteSession, project: Project, inspection: Inspection, defects: Sequence[Defect]
) -> Inspection:
    """Record what an inspection by the project's organization or one above it found."""
    above = await session.scalars(organizations.reaching_up([project.organization_id]))
    if inspection.organization_id not in set(above):
        raise InspectorUnfit(organization=inspection.organization_id)
    if inspection.inspected_on > today():
        raise DayAhead(day=inspection.inspected_on)
    other = {"inspections_site_id_project_id_fkey": SiteOfAnotherProject()}
    async with constraints.told(session, other | {"inspections_site_id_fkey": SiteOfAnotherProject()}):
        session.add(inspection)
    session.add_all(
        Finding(
            inspection_id=inspection.id,
            project_id=project.id,
            number=number,
            defect=defect.words,
            due_on=defect.due_on,
        )
        for number, defect in enumerate(defects, 1)
    )
    await session.flush()
    await outbox.tell(
        session,
        "project.inspected",
        organization_id=project.organization_id,
        subject=f"project:{project.id}",
        payload={"inspection_id": str(inspection.id), "finding_count": len(defects)},
    )
    return inspection


async def answer(session: WriteSession, finding: Finding, words: str, *, by: str) -> Finding:
    """Say what was done about a finding (locked by the caller); then somebody looks again."""
    if finding.state is not FindingState.open:
        raise FindingNotOpen(state=finding.state)
    finding.state, finding.answer = FindingState.answered, words
    finding.answered_by, finding.answered_on = by, today()
    await session.flush()
    return finding


async def settle(session: WriteSession, finding: Finding, *, enough: bool, by: str) -> Finding:
    """Say whether what was done is enough; if not, the finding is open again. Raises OwnAnswer."""
    if finding.state is not FindingState.answered:
        raise FindingNotAnswered(state=finding.state)
    if not enough:
        finding.state = FindingState.open
        finding.answer = finding.answered_by = finding.answered_on = None
        await session.flush()
        return finding
    async with constraints.told(session, {"findings_apart_check": OwnAnswer()}):
        finding.state, finding.settled_by, finding.settled_on = FindingState.settled, by, today()
    return finding


async def get(session: ReadSession, finding_id: UUID, *, lock: bool = False) -> Finding:
    """Return a finding, or refuse; with `lock` nobody else changes it until the transaction ends."""
    found = await session.get(Finding, finding_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def inspection(session: ReadSession, inspection_id: UUID) -> Inspection:
    """Return an inspection."""
    return await session.get_one(Inspection, inspection_id)


async def unsettled(session: ReadSession, project_id: UUID) -> int:
    """Return how many findings about a project are not settled."""
    query = select(func.count()).where(
        Finding.project_id == project_id, Finding.state != FindingState.settled
    )
    return int(await session.scalar(query) or 0)
