"""Lists: which projects a search finds, and what it means that one was carried out in a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.kit.clock import today
from app.kit.http import pages
from app.organizations import regions
from app.projects.models import Project, ProjectCategory, ProjectState
from app.projects.register import projects

IMPLEMENTED = (
    "A project counts as implemented in a year if it was carried out on at least one day of it: from its"
    " first day of execution to its last, or to today while it runs. A joint project counts once."
)
"""The definition behind every count of projects per year (domain.md F3)."""

IMPLEMENTED_ZH = (
    "“实施项目”指当年至少有一天处于实施期的项目：自实施首日起至实施末日止，尚在实施的计至当日；"
    "多家机构联合实施的项目只计一个。"
)
"""The same in Chinese."""

WORDS = (Project.code, Project.title, Project.content, Project.brand, Project.town, Project.village)
"""Where a search looks for words."""

ORDERS = {
    "code": [Project.code, Project.id],
    "planned_from": [Project.planned_from, Project.id],
    "created_at": [Project.created_at, Project.id],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a search asks for; None does not matter."""

    programme_id: UUID | None = None
    category: ProjectCategory | None = None
    state: ProjectState | None = None
    owner_id: UUID | None = None
    region_code: str | None = None
    year: int | None = None
    q: str | None = None


def found(places: Iterable[UUID], wanted: Wanted) -> Select[Project]:
    """Return the query for the projects that some members carry out and that a search asks for."""
    query = select(Project).where(projects.carried_out_by(places))
    for name in ("programme_id", "category", "state", "owner_id"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Project, name) == value)
    if wanted.region_code is not None:
        query = query.where(Project.region_code.in_(regions.within(wanted.region_code)))
    if wanted.year is not None:
        query = query.where(implemented_in(wanted.year))
    if wanted.q is not None:
        query = query.where(pages.holding(wanted.q, *WORDS))
    return query


def implemented_in(year: int) -> Any:  # noqa: ANN401 - a condition of SQLAlchemy's
    """Return the condition that a project was carried out on at least one day of a year (IMPLEMENTED)."""
    last = func.coalesce(Project.executed_to, today())
    return (Project.executed_from <= date(year, 12, 31)) & (last >= date(year, 1, 1))
