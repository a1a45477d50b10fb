"""Accounts: projects with who leads them, under which brand, where, and their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure import campaigns
from app.disclosure.projects import spent
from app.kit.database import ReadSession
from app.organizations.models import Organization, Region
from app.projects.models import (
    BudgetVersionState,
    Programme,
    Project,
    ProjectBudget,
    ProjectBudgetLine,
    Site,
    SiteState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A project in figures: planned by the budget that holds, spent by the books, and its sites."""

    project: Project
    organization: Organization
    programme: Programme | None
    region: Region
    planned: int | None
    spent: int
    site_count: int
    accepted_site_count: int


async def of(session: ReadSession, projects: Sequence[Project]) -> list[Account]:
    """Return the accounts of these projects in their order, with six statements however many they are."""
    ids = [project.id for project in projects]
    owners = await campaigns.organizations(session, {one.organization_id for one in projects})
    brands = {
        one.id: one
        for one in await session.scalars(
            select(Programme).where(Programme.id.in_({one.programme_id for one in projects}))
        )
    }
    regions = {
        one.code: one
        for one in await session.scalars(
            select(Region).where(Region.code.in_({one.region_code for one in projects}))
        )
    }
    planned, sites, paid = (
        await _planned(session, ids),
        await _sites(session, ids),
        await spent.on(session, ids),
    )
    return [
        Account(
            project=one,
            organization=owners[one.organization_id],
            programme=brands[one.programme_id] if one.programme_id else None,
            region=regions[one.region_code],
            planned=planned.get(one.id),
            spent=sum(paid.get(one.id, {}).values()),
            site_count=sites.get(one.id, (0, 0))[0],
            accepted_site_count=sites.get(one.id, (0, 0))[1],
        )
        for one in projects
    ]


async def _planned(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    query = (
        select(ProjectBudget.project_id, func.coalesce(func.sum(ProjectBudgetLine.amount), 0))
        .outerjoin(ProjectBudgetLine, ProjectBudgetLine.budget_id == ProjectBudget.id)
        .where(ProjectBudget.project_id.in_(ids), ProjectBudget.state == BudgetVersionState.approved)
        .group_by(ProjectBudget.project_id)
    )
    return {row[0]: int(row[1]) for row in await session.execute(query)}


async def _sites(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    done = func.count().filter(Site.state == SiteState.accepted)
    query = (
        select(Site.project_id, func.count(), done)
        .where(Site.project_id.in_(ids), Site.state != SiteState.dropped)
        .group_by(Site.project_id)
    )
    return {row[0]: (row[1], row[2]) for row in await session.execute(query)}
