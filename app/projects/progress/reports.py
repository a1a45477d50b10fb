"""Reports: what was done in a time, told by who carries a project out, accepted by another, and published."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints, outbox
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.models import Attachment
from app.organizations.errors import OutOfSight
from app.projects.models import (
    Indicator,
    ProgressFigure,
    ProgressReport,
    Project,
    ProjectState,
    ReportState,
)
from app.projects.progress.errors import (
    IndicatorOfAnotherProject,
    OwnReport,
    PersonsUnfit,
    ReportDecided,
    ReportedAlready,
    ReporterUnfit,
    ReportNotAccepted,
    ReportPeriodUnfit,
)
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState

OWNER = "progress_report"
"""Under this name the photographs of reports lie; `app/wiring.py` says who reads them."""


async def submit(
    session: WriteSession,
    project: Project,
    report: ProgressReport,
    figures: Mapping[UUID, int],
    attachment_ids: Sequence[UUID],
) -> ProgressReport:
    """Record what one of a project's organizations tells of a time, with figures and photographs.

    Raises ReporterUnfit, ReportPeriodUnfit, ReportedAlready, PersonsUnfit, IndicatorOfAnotherProject.
    """
    if project.state not in {ProjectState.running, ProjectState.closing}:
        raise ProjectNotInState(project=project.id, state=project.state)
    carriers = {project.organization_id}
    for one in await projects.partners(session, project):
        carriers |= {one.organization_id} if one.organization_id is not None else set()
    if report.organization_id not in carriers:
        raise ReporterUnfit(organization=report.organization_id)
    begun = project.executed_from is not None and report.period_to >= project.executed_from
    if report.period_to > today() or not begun:
        raise ReportPeriodUnfit(executed_from=project.executed_from)
    last = select(func.max(ProgressReport.number)).where(ProgressReport.project_id == project.id)
    report.number = (await session.scalar(last) or 0) + 1
    refusals: dict[str, Refusal] = {
        "progress_reports_period_idx": ReportedAlready(),
        "progress_reports_project_id_number_key": ReportedAlready(),
        "progress_reports_period_check": ReportPeriodUnfit(),
        "progress_reports_persons_check": PersonsUnfit(),
    }
    async with constraints.told(session, refusals):
        session.add(report)
    other = {"progress_figures_indicator_id_project_id_fkey": IndicatorOfAnotherProject()}
    async with constraints.told(session, other):
        session.add_all(
            ProgressFigure(report_id=report.id, indicator_id=one, project_id=project.id, value=value)
            for one, value in figures.items()
        )
    if attachment_ids:
        await files.attach(session, attachment_ids, owner(report), by=report.made_by)
    await _tell(session, report, "submitted")
    return report


async def decide(
    session: WriteSession, report: ProgressReport, state: ReportState, *, by: str, reason: str | None
) -> ProgressReport:
    """Accept a report (locked by the caller), or return it with the reason; nobody decides their own."""
    if report.state is not ReportState.submitted:
        raise ReportDecided(state=report.state)
    async with constraints.told(session, {"progress_reports_apart_check": OwnReport()}):
        report.state, report.decided_by, report.decided_reason = state, by, reason
    await _tell(session, report, state)
    return report


async def publish(session: WriteSession, report: ProgressReport) -> ProgressReport:
    """Let everybody read an accepted report from today on."""
    if report.state is not ReportState.accepted or report.published_on is not None:
        raise ReportNotAccepted(state=report.state, published_on=report.published_on)
    report.published_on = today()
    await session.flush()
    await _tell(session, report, "published")
    return report


async def get(session: ReadSession, report_id: UUID, *, lock: bool = False) -> ProgressReport:
    """Return a report, or refuse; with `lock` nobody else decides it until the transaction ends."""
    found = await session.get(ProgressReport, report_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def last(session: ReadSession, project_id: UUID) -> ProgressReport | None:
    """Return a project's latest report, whatever became of it, if there is one."""
    query = select(ProgressReport).where(ProgressReport.project_id == project_id)
    return await session.scalar(query.order_by(ProgressReport.number.desc()).limit(1))


async def figures(session: ReadSession, report_ids: Sequence[UUID]) -> Mapping[UUID, list[ProgressFigure]]:
    """Return what reports tell of their project's indicators."""
    found: dict[UUID, list[ProgressFigure]] = {one: [] for one in report_ids}
    query = select(ProgressFigure).where(ProgressFigure.report_id.in_(report_ids))
    for row in await session.scalars(query.order_by(ProgressFigure.indicator_id)):
        found[row.report_id].append(row)
    return found


async def reached(session: ReadSession, project_id: UUID) -> Mapping[UUID, int]:
    """Return what a project's accepted reports add up to, by indicator; what was returned does not count."""
    query = (
        select(Indicator.id, func.coalesce(func.sum(ProgressFigure.value), 0))
        .join(ProgressFigure, ProgressFigure.indicator_id == Indicator.id)
        .join(ProgressReport, ProgressReport.id == ProgressFigure.report_id)
        .where(Indicator.project_id == project_id, ProgressReport.state == ReportState.accepted)
        .group_by(Indicator.id)
    )
    return {row[0]: int(row[1]) for row in await session.execute(query)}


def owner(report: ProgressReport) -> Owner:
    """Return a report as an owner of files."""
    return Owner(OWNER, report.id, report.organization_id)


async def _tell(session: WriteSession, report: ProgressReport, what: str) -> None:
    await outbox.tell(
        session,
        f"progress.{what}",
        organization_id=report.organization_id,
        subject=f"progress:{report.id}",
        payload={
            "project_id": str(report.project_id),
            "number": report.number,
            "period_from": report.period_from.isoformat(),
            "period_to": report.period_to.isoformat(),
        },
    )


async def of_project(
    session: ReadSession, project_id: UUID, organization_ids: Sequence[UUID]
) -> Sequence[Attachment]:
    """Return the files that came with the reports on a project."""
    reports = select(ProgressReport.id).where(ProgressReport.project_id == project_id)
    return await files.of_several(session, OWNER, reports, organization_ids)
