"""Projects: which of them the public knows of, and which of those a search finds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from app.disclosure.errors import ProjectNotPublic
from app.kit.database import ReadSession
from app.kit.http import pages
from app.organizations import regions
from app.organizations.models import Organization
from app.projects.models import Programme, Project, ProjectCategory, ProjectState, ProjectStep
from app.projects.register import lists, projects

_DECIDED = (ProjectState.approved, ProjectState.running, ProjectState.closing, ProjectState.closed)

ORDERS: Mapping[str, Any] = {
    "code": [Project.code, Project.id],
    "planned_from": [Project.planned_from, Project.id],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a search asks for; None does not matter."""

    organization: str | None = None
    programme: str | None = None
    category: ProjectCategory | None = None
    state: ProjectState | None = None
    region_code: str | None = None
    year: int | None = None
    q: str | None = None


def shown() -> Select[Project]:
    """Return the query for the projects that the public knows of: those that were ever approved.

    What was given up as a draft was never more than a thought of those who drafted it.
    """
    dropped = select(ProjectStep.id).where(
        ProjectStep.project_id == Project.id,
        ProjectStep.to_state == ProjectState.stopped,
        ProjectStep.from_state != ProjectState.draft,
    )
    stopped = (Project.state == ProjectState.stopped) & dropped.exists()
    return select(Project).where(or_(Project.state.in_(_DECIDED), stopped))


def matching(wanted: Wanted) -> Select[Project]:
    """Return the query for the public projects that a search asks for."""
    query = shown()
    for name in ("category", "state"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Project, name) == value)
    if wanted.organization is not None:
        carrier = select(Organization.id).where(Organization.code == wanted.organization)
        query = query.where(projects.carried_out_by_any(carrier))
    if wanted.programme is not None:
        # A brand's code is told apart by its organization; by the code alone all of its name are meant.
        brands = select(Programme.id).where(Programme.code == wanted.programme)
        query = query.where(Project.programme_id.in_(brands))
    if wanted.region_code is not None:
        query = query.where(Project.region_code.in_(regions.within(wanted.region_code)))
    if wanted.year is not None:
        query = query.where(lists.implemented_in(wanted.year))
    if wanted.q is not None:
        query = query.where(pages.holding(wanted.q, *lists.WORDS))
    return query


async def titles(session: ReadSession, codes: Collection[str]) -> dict[str, str]:
    """Return the titles of those of these projects that the public knows of, by their codes."""
    known = await session.scalars(shown().where(Project.code.in_(codes)))
    return {one.code: one.title for one in known}


async def by_code(session: ReadSession, code: str) -> Project:
    """Return a public project by its code, or refuse."""
    project = await session.scalar(shown().where(Project.code == code))
    if project is None:
        raise ProjectNotPublic(project=code)
    return project
