"""Closures: a project is closed with an evaluation, when nothing about it is left open."""

from sqlalchemy import func, select

from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.projects.budgets import leftovers
from app.projects.lifecycle.errors import (
    FindingsUnsettled,
    LeftoverUndecided,
    ReportsUndecided,
    SitesUnfinished,
)
from app.projects.models import (
    ProgressReport,
    Project,
    ProjectClosure,
    ProjectState,
    ReportState,
    Site,
    SiteState,
)
from app.projects.progress import inspections
from app.projects.register import steps
from app.projects.register.errors import ProjectNotInState
from app.projects.register.steps import Move

_DONE = (SiteState.accepted, SiteState.dropped)


async def close(session: WriteSession, project: Project, closure: ProjectClosure) -> Project:
    """Close a project (locked by the caller) whose work is over, with how it is judged.

    Refused while a site, a finding, a report or the money that is left over waits for its end (OB-B10).
    """
    if project.state is not ProjectState.closing:
        raise ProjectNotInState(project=project.id, state=project.state)
    await _must_be_done(session, project)
    closure.closed_on = today()
    session.add(closure)
    step = Move(to=ProjectState.closed, by=closure.closed_by, reason=closure.evaluation)
    return await steps.move(session, project, step)


async def of(session: ReadSession, project: Project) -> ProjectClosure | None:
    """Return how a closed project was judged."""
    return await session.get(ProjectClosure, project.id)


async def _must_be_done(session: ReadSession, project: Project) -> None:
    sites = select(func.count()).where(Site.project_id == project.id, Site.state.not_in(_DONE))
    if count := await session.scalar(sites):
        raise SitesUnfinished(site_count=count)
    reports = select(func.count()).where(
        ProgressReport.project_id == project.id, ProgressReport.state == ReportState.submitted
    )
    if count := await session.scalar(reports):
        raise ReportsUndecided(report_count=count)
    if count := await inspections.unsettled(session, project.id):
        raise FindingsUnsettled(finding_count=count)
    if amount := await leftovers.undecided(session, project.id):
        raise LeftoverUndecided(amount_minor=amount)
