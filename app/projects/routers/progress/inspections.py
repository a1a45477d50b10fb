"""Inspections and findings over HTTP."""

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
from app.projects.models import Finding, Inspection, Project
from app.projects.progress import errors, inspections
from app.projects.register import projects
from app.projects.register.errors import DayAhead
from app.projects.schemas.progress.inspections import (
    FindingAnswerIn,
    FindingOut,
    FindingQuery,
    ProjectInspectionIn,
    ProjectInspectionOut,
    SecondLookIn,
)

nouns = APIRouter(prefix="/v1/projects/findings", tags=["inspections"], route_class=IdempotentRoute)
router = APIRouter(
    prefix="/v1/projects/{project_id}/inspections", tags=["inspections"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
Reviewer = Annotated[Asking, may(Permission.projects_review)]


@router.post(
    "",
    operation_id="record_inspection",
    summary="Record an inspection",
    status_code=201,
    response_model=ProjectInspectionOut,
    responses=problems.responses(errors.InspectorUnfit, errors.SiteOfAnotherProject, DayAhead),
)
async def record_inspection(
    session: Writing, caller: Reviewer, project_id: UUID, body: ProjectInspectionIn
) -> Inspection:
    """Record what the project's organization, or one above it, found when it looked."""
    caller.must(at=body.organization_id)
    sight = caller.caller.holds(Permission.projects_read)
    project = await projects.seen(session, project_id, sight, lock=True)
    inspection = body.as_inspection(project, caller.label)
    return await inspections.record(session, project, inspection, body.as_defects())


@router.get(
    "", operation_id="list_inspections", summary="List inspections", response_model=Page[ProjectInspectionOut]
)
async def list_inspections(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[Inspection]:
    """List who looked at a project, when, and what they saw."""
    project = await projects.seen(session, project_id, caller.visible())
    query = select(Inspection).where(Inspection.project_id == project.id)
    return await pages.page(session, query, [Inspection.id], asked)


@nouns.get("", operation_id="list_findings", summary="List findings", response_model=Page[FindingOut])
async def list_findings(
    session: Reading, caller: Reader, asked: Annotated[FindingQuery, Query()]
) -> Slice[Finding]:
    """List what inspections found wrong about the projects in your sight."""
    mine = select(Project.id).where(projects.carried_out_by(caller.visible()))
    query = select(Finding).where(Finding.project_id.in_(mine))
    names = {"project_id", "inspection_id", "state"}
    query = query.filter_by(**asked.model_dump(include=names, exclude_none=True))
    if asked.due_on_to is not None:
        query = query.where(Finding.due_on <= asked.due_on_to)
    return await pages.page(session, query, [Finding.due_on, Finding.id], asked)


@nouns.post(
    "/{finding_id}/answer",
    operation_id="submit_finding_answer",
    summary="Answer a finding",
    response_model=FindingOut,
    responses=problems.responses(errors.FindingNotOpen),
)
async def submit_finding_answer(
    session: Writing, caller: Changer, finding_id: UUID, body: FindingAnswerIn
) -> Finding:
    """Say what was done about a finding; then whoever inspected looks again."""
    finding = await inspections.get(session, finding_id, lock=True)
    project = await projects.get(session, finding.project_id)
    caller.must(at=project.organization_id)
    return await inspections.answer(session, finding, body.answer, by=caller.label)


@nouns.post(
    "/{finding_id}/second-look",
    operation_id="review_finding",
    summary="Look at a finding again",
    response_model=FindingOut,
    responses=problems.responses(errors.FindingNotAnswered, errors.OwnAnswer),
)
async def review_finding(session: Writing, caller: Reviewer, finding_id: UUID, body: SecondLookIn) -> Finding:
    """Say, for whoever inspected, whether what was done is enough; if not, the finding is open again."""
    finding = await inspections.get(session, finding_id, lock=True)
    inspection = await inspections.inspection(session, finding.inspection_id)
    caller.must(at=inspection.organization_id)
    return await inspections.settle(session, finding, enough=body.enough, by=caller.label)
