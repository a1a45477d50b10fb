"""Dossiers: all that the public reads of one project, at the same cost however many people it helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure import campaigns
from app.disclosure.projects import progress
from app.disclosure.projects.accounts import Account
from app.disclosure.projects.progress import Measured, Told
from app.kit.database import ReadSession
from app.organizations.models import Organization
from app.projects.beneficiaries import statistics
from app.projects.budgets import actuals, versions
from app.projects.models import (
    CostKind,
    LeftoverDecision,
    LeftoverState,
    ProgrammeTarget,
    Project,
    ProjectClosure,
    ProjectPartner,
    Site,
    SiteKind,
    SiteState,
)
from app.projects.register import projects
from app.projects.sites import targets
from app.projects.sites.targets import Standing


@dataclass(frozen=True, slots=True)
class Executor:
    """Who carries a project out beside its organization: a member, or somebody outside by name."""

    partner: ProjectPartner
    organization: Organization | None


@dataclass(frozen=True, slots=True)
class YearCost:
    """What was planned and what was spent in a year on one kind of cost, out of whichever funds, in fen."""

    year: int
    kind: CostKind | None
    planned: int
    spent: int


@dataclass(frozen=True, slots=True)
class SiteCount:
    """How many sites of a kind a project means to build, and how many were accepted."""

    kind: SiteKind
    site_count: int
    accepted_count: int


@dataclass(frozen=True, slots=True)
class Leftover:
    """What became of money that a project did not need, and the project to which it went."""

    decision: LeftoverDecision
    target_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A project's account and everything beside it. No person is named in it: they are counted."""

    account: Account
    executors: Sequence[Executor]
    costs: Sequence[YearCost]
    helped: statistics.Figures
    indicators: Sequence[Measured]
    reports: Sequence[Told]
    sites: Sequence[SiteCount]
    targets: Sequence[Standing]
    leftovers: Sequence[Leftover]
    closed_on: date | None


async def of(session: ReadSession, account: Account) -> Dossier:
    """Return everything that the public reads of a project."""
    project = account.project
    return Dossier(
        account=account,
        executors=await _executors(session, project),
        costs=await _costs(session, project.id),
        helped=await statistics.figures(session, project.id, statistics.Span()),
        indicators=await progress.measured(session, project.id),
        reports=await progress.told(session, project.id),
        sites=await _sites(session, project.id),
        targets=await _targets(session, project),
        leftovers=await _leftovers(session, project.id),
        closed_on=await session.scalar(
            select(ProjectClosure.closed_on).where(ProjectClosure.project_id == project.id)
        ),
    )


async def sites(session: ReadSession, project: Project, most: int) -> Sequence[Site]:
    """Return a project's sites in the order of their codes, those given up left out; one more than `most`."""
    query = select(Site).where(Site.project_id == project.id, Site.state != SiteState.dropped)
    return (await session.scalars(query.order_by(Site.code).limit(most + 1))).all()


async def _executors(session: ReadSession, project: Project) -> list[Executor]:
    partners = await projects.partners(session, project)
    ids = {one.organization_id for one in partners if one.organization_id is not None}
    members = await campaigns.organizations(session, ids)
    return [Executor(one, members[one.organization_id] if one.organization_id else None) for one in partners]


async def _costs(session: ReadSession, project_id: UUID) -> list[YearCost]:
    budget = await versions.approved(session, project_id)
    lines = () if budget is None else await versions.lines(session, budget)
    sums: dict[tuple[int, CostKind | None], list[int]] = {}
    for one in actuals.compare(lines, await actuals.spent(session, project_id)):
        pair = sums.setdefault((one.year, one.kind), [0, 0])
        pair[0] += one.planned
        pair[1] += one.spent
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], str(item[0][1])))
    return [YearCost(year, kind, *pair) for (year, kind), pair in ordered]


async def _sites(session: ReadSession, project_id: UUID) -> list[SiteCount]:
    done = func.count().filter(Site.state == SiteState.accepted)
    query = (
        select(Site.kind, func.count(), done)
        .where(Site.project_id == project_id, Site.state != SiteState.dropped)
        .group_by(Site.kind)
        .order_by(Site.kind)
    )
    return [SiteCount(row[0], row[1], row[2]) for row in await session.execute(query)]


async def _targets(session: ReadSession, project: Project) -> list[Standing]:
    if project.programme_id is None:
        return []
    query = select(ProgrammeTarget).where(ProgrammeTarget.programme_id == project.programme_id)
    rows = (await session.scalars(query.order_by(ProgrammeTarget.year, ProgrammeTarget.site_kind))).all()
    return await targets.standing(session, rows)


async def _leftovers(session: ReadSession, project_id: UUID) -> list[Leftover]:
    query = (
        select(LeftoverDecision, Project.code)
        .outerjoin(Project, Project.id == LeftoverDecision.target_project_id)
        .where(
            LeftoverDecision.project_id == project_id,
            LeftoverDecision.state == LeftoverState.approved,
        )
        .order_by(LeftoverDecision.id)
    )
    return [Leftover(row[0], row[1]) for row in await session.execute(query)]
