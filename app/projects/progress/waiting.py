"""Waiting: what of projects waits for people, a query for each kind of task."""

from collections.abc import Mapping

from app.kit.database import ReadSession
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.desk.tasks import Query, Source
from app.projects.models import (
    Finding,
    FindingState,
    Inspection,
    ProgressReport,
    Project,
    ReportState,
    Site,
    SiteState,
)


async def _reports(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=Project.organization_id,
            subject_id=ProgressReport.id,
            title=tasks.named("进展报告待认可", Project.title),
            since_at=ProgressReport.created_at,
        )
        .join(Project, Project.id == ProgressReport.project_id)
        .where(
            Project.organization_id.in_(caller.holds(Permission.projects_review)),
            ProgressReport.state == ReportState.submitted,
            ProgressReport.made_by != caller.label,
        )
    )


async def _findings(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=Project.organization_id,
            subject_id=Finding.id,
            title=tasks.named("检查问题待整改", Finding.defect),
            since_at=Finding.created_at,
        )
        .join(Project, Project.id == Finding.project_id)
        .where(
            Project.organization_id.in_(caller.holds(Permission.projects_change)),
            Finding.state == FindingState.open,
        )
    )


async def _answers(_session: ReadSession, caller: Caller) -> Query:
    return (
        tasks.row(
            organization_id=Inspection.organization_id,
            subject_id=Finding.id,
            title=tasks.named("整改结果待复核", Finding.defect),
            since_at=Finding.created_at,
        )
        .join(Inspection, Inspection.id == Finding.inspection_id)
        .where(
            Inspection.organization_id.in_(caller.holds(Permission.projects_review)),
            Finding.state == FindingState.answered,
            Finding.answered_by != caller.label,
        )
    )


async def _acceptances(_session: ReadSession, caller: Caller) -> Query:
    return tasks.row(
        organization_id=Site.organization_id,
        subject_id=Site.id,
        title=tasks.named("点位待验收", Site.title),
        since_at=Site.created_at,
    ).where(
        Site.organization_id.in_(caller.holds(Permission.projects_review)),
        Site.state == SiteState.built,
    )


SOURCES: Mapping[str, Source] = {
    "progress_report": _reports,
    "finding": _findings,
    "finding_answer": _answers,
    "site_acceptance": _acceptances,
}
"""Each is one indexed query, narrowed to where the caller may do what waits."""
