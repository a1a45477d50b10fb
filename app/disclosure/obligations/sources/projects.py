"""Projects as facts: when they were approved, how long they ran, what was left of them, who was paid on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import Fact, Member, Ready
from app.disclosure.rules.law import Trigger
from app.kit.calendars import terms
from app.kit.database import ReadSession
from app.projects.budgets import leftovers
from app.projects.models import (
    LeftoverDecision,
    LeftoverState,
    ProgressReport,
    Project,
    ProjectClosure,
    ProjectState,
    ProjectStep,
)

_REPORTED_MONTHS = 6
"""A project that is planned for longer tells its progress; one that merely takes longer does as well."""

_PAGE = "公众查询页 /v1/disclosure/projects/{code}"
_OVER = frozenset({ProjectState.closing, ProjectState.stopped})


@dataclass(slots=True)
class _Told:
    """What stands beside projects, by their ids."""

    approved: Mapping[UUID, date]
    closed: Mapping[UUID, date]
    reports: Mapping[UUID, Sequence[ProgressReport]]
    left: Mapping[UUID, LeftoverDecision]
    undecided: dict[UUID, int] = field(default_factory=dict[UUID, int])


async def facts(session: ReadSession, member: Member, on: date) -> list[Fact]:
    """Return what the projects that a member leads set off, in five statements for all that is settled.

    Of those whose work is over and whose remainder nobody has decided the funds are looked at, one by one.
    """
    query = select(Project).where(
        Project.organization_id == member.id,
        Project.state.not_in([ProjectState.draft, ProjectState.proposed]),
    )
    projects = (await session.scalars(query.order_by(Project.id))).all()
    if not projects:
        return []
    told = await _told(session, [project.id for project in projects])
    for project in projects:
        if project.state in _OVER and project.executed_to is not None and project.id not in told.left:
            told.undecided[project.id] = sum((await leftovers.by_fund(session, project.id)).values())
    return [fact for project in projects for fact in _of(project, told, member, on)]


def _of(project: Project, told: _Told, member: Member, on: date) -> Iterator[Fact]:
    approved_on, begun, ended = told.approved.get(project.id), project.executed_from, project.executed_to
    if approved_on is not None:
        page = Ready(since=approved_on, what=_PAGE.format(code=project.code))
        yield _about(project, Trigger.project_created, approved_on, ready=[page])
    if begun is None:
        return
    # What was published before the books were opened here, nobody here knows.
    known = begun >= member.books_from
    reports = told.reports.get(project.id, [])
    yield _about(
        project,
        Trigger.project_run,
        begun,
        until=ended,
        planned_until=max(project.planned_to, ended or on),
        # If it only took longer than it was planned for, nobody was late before that was seen.
        complete=known and project.planned_to > terms.months_after(begun, _REPORTED_MONTHS),
        ready=[_report(one) for one in reports],
    )
    if ended is not None:
        last = [_report(one) for one in reports if one.period_to >= ended]
        if (closed_on := told.closed.get(project.id)) is not None:
            last.append(Ready(since=closed_on, what="结项评价"))
        ready = sorted(last, key=lambda one: one.since)
        yield _about(project, Trigger.project_end, ended, complete=known, ready=ready)
        yield from _left(project, told, ended, known=known)


def _left(project: Project, told: _Told, ended: date, *, known: bool) -> Iterator[Fact]:
    decision = told.left.get(project.id)
    amount = decision.amount if decision is not None else told.undecided.get(project.id, 0)
    if not amount:
        return
    ready: list[Ready] = []
    if decision is not None and decision.decided_on is not None:
        ready.append(Ready(since=decision.decided_on, what=_PAGE.format(code=project.code)))
    yield _about(project, Trigger.project_remainder, ended, amount=amount, complete=known, ready=ready)


def _about(project: Project, trigger: Trigger, happened_on: date, **more: Any) -> Fact:  # noqa: ANN401
    return Fact(
        trigger=trigger,
        happened_on=happened_on,
        kind=SubjectKind.project,
        id=project.id,
        title=f"{project.code} {project.title}",
        **more,
    )


def _report(report: ProgressReport) -> Ready:
    assert report.published_on is not None  # noqa: S101 - only published ones are asked for
    return Ready(since=report.published_on, what=f"进展报告第{report.number}期")


async def _told(session: ReadSession, ids: Sequence[UUID]) -> _Told:
    approved = (
        select(ProjectStep.project_id, func.min(ProjectStep.valid_from))
        .where(ProjectStep.project_id.in_(ids), ProjectStep.to_state == ProjectState.approved)
        .group_by(ProjectStep.project_id)
    )
    closed = select(ProjectClosure.project_id, ProjectClosure.closed_on)
    reports: defaultdict[UUID, list[ProgressReport]] = defaultdict(list)
    published = select(ProgressReport).where(
        ProgressReport.project_id.in_(ids), ProgressReport.published_on.is_not(None)
    )
    for one in await session.scalars(published.order_by(ProgressReport.published_on, ProgressReport.id)):
        reports[one.project_id].append(one)
    decided = select(LeftoverDecision).where(
        LeftoverDecision.project_id.in_(ids), LeftoverDecision.state != LeftoverState.rejected
    )
    return _Told(
        approved={row[0]: day for row in await session.execute(approved) if (day := row[1]) is not None},
        closed={
            row[0]: row[1] for row in await session.execute(closed.where(ProjectClosure.project_id.in_(ids)))
        },
        reports=reports,
        # The last one: what was decided before it was about another amount.
        left={one.project_id: one for one in await session.scalars(decided.order_by(LeftoverDecision.id))},
    )
