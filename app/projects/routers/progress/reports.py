"""Progress reports and indicators over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.attachments import files
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import Indicator, ProgressReport, Project, ReportState
from app.projects.progress import errors, indicators, reports
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState
from app.projects.schemas.progress.reports import (
    DecisionOnReport,
    IndicatorIn,
    IndicatorOut,
    ProgressQuery,
    ProgressReportDetail,
    ProgressReportIn,
    ProgressReportOut,
)

nouns = APIRouter(prefix="/v1/projects/progress", tags=["progress"], route_class=IdempotentRoute)
router = APIRouter(prefix="/v1/projects/{project_id}", tags=["progress"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
Reviewer = Annotated[Asking, may(Permission.projects_review)]
Publisher = Annotated[Asking, may(Permission.publications_change)]


@router.post(
    "/indicators",
    operation_id="add_indicator",
    summary="Add an indicator",
    status_code=201,
    responses=problems.responses(errors.IndicatorCodeTaken, ProjectNotInState),
)
async def add_indicator(
    session: Writing, caller: Changer, project_id: UUID, body: IndicatorIn
) -> IndicatorOut:
    """Say by what a project is measured, and what it means to reach."""
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    indicator = await indicators.add(session, project, body.as_indicator(project, caller.label))
    return IndicatorOut.of(indicator, 0)


@router.get("/indicators", operation_id="list_indicators", summary="List indicators")
async def list_indicators(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[IndicatorOut]:
    """List a project's indicators beside what its accepted reports add up to."""
    project = await projects.seen(session, project_id, caller.visible())
    query = select(Indicator).where(Indicator.project_id == project.id)
    found = await pages.page(session, query, [Indicator.code, Indicator.id], asked)
    reached = await reports.reached(session, project.id)
    items = [IndicatorOut.of(one, reached.get(one.id, 0)) for one in found.items]
    return found.told(items)


@router.post(
    "/progress",
    operation_id="submit_progress",
    summary="Report progress",
    status_code=201,
    responses=problems.responses(
        *(errors.ReporterUnfit, errors.ReportPeriodUnfit, errors.ReportedAlready, errors.PersonsUnfit),
        *(errors.IndicatorOfAnotherProject, ProjectNotInState, AttachmentNotFree),
    ),
)
async def submit_progress(
    session: Writing, caller: Changer, project_id: UUID, body: ProgressReportIn
) -> ProgressReportDetail:
    """Tell what was done in a time, with figures and photographs; a partner reports for its own part."""
    caller.must(at=body.organization_id)
    sight = caller.caller.holds(Permission.projects_read)
    project = await projects.seen(session, project_id, sight, lock=True)
    report = body.as_report(project, caller.label)
    await reports.submit(session, project, report, body.as_figures(), body.attachment_ids)
    return await _whole(session, report)


@nouns.get(
    "", operation_id="list_progress", summary="List progress reports", response_model=Page[ProgressReportOut]
)
async def list_progress(
    session: Reading, caller: Reader, asked: Annotated[ProgressQuery, Query()]
) -> Slice[ProgressReport]:
    """List the reports on the projects that the organizations in your sight carry out."""
    mine = select(Project.id).where(projects.carried_out_by(caller.visible()))
    query = select(ProgressReport).where(ProgressReport.project_id.in_(mine))
    names = {"project_id", "organization_id", "state"}
    query = query.filter_by(**asked.model_dump(include=names, exclude_none=True))
    if asked.published is not None:
        query = query.where(ProgressReport.published_on.is_not(None) == asked.published)
    return await pages.page(session, query, [ProgressReport.id], asked)


@nouns.get("/{report_id}", operation_id="read_progress", summary="Read a progress report")
async def read_progress(session: Reading, caller: Reader, report_id: UUID) -> ProgressReportDetail:
    """Read a report with its figures and its photographs."""
    report = await reports.get(session, report_id)
    await projects.seen(session, report.project_id, caller.visible())
    return await _whole(session, report)


@nouns.post(
    "/{report_id}/decision",
    operation_id="decide_progress",
    summary="Accept or return a report",
    responses=problems.responses(errors.ReportDecided, errors.OwnReport),
)
async def decide_progress(
    session: Writing, caller: Reviewer, report_id: UUID, body: DecisionOnReport
) -> ProgressReportDetail:
    """Accept a report, or return it with the reason; nobody decides their own."""
    report = await reports.get(session, report_id, lock=True)
    project = await projects.get(session, report.project_id)
    caller.must(at=project.organization_id)
    state = ReportState(body.state)
    await reports.decide(session, report, state, by=caller.label, reason=body.reason)
    return await _whole(session, report)


@nouns.post(
    "/{report_id}/publication",
    operation_id="open_progress",
    summary="Publish a report",
    responses=problems.responses(errors.ReportNotAccepted),
)
async def open_progress(session: Writing, caller: Publisher, report_id: UUID) -> ProgressReportDetail:
    """Let everybody read an accepted report."""
    report = await reports.get(session, report_id, lock=True)
    project = await projects.get(session, report.project_id)
    caller.must(at=project.organization_id)
    return await _whole(session, await reports.publish(session, report))


async def _whole(session: ReadSession, report: ProgressReport) -> ProgressReportDetail:
    figures = await reports.figures(session, [report.id])
    attached = await files.of(session, reports.owner(report))
    return ProgressReportDetail.whole(report, figures[report.id], [one.id for one in attached])
