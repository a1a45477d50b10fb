"""Statistics: how many projects a subtree carries out, by category and by state, in one statement."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, literal_column, select

from app.kit.database import ReadSession
from app.projects.models import ProjectCategory, ProjectState
from app.projects.register import lists
from app.projects.register.lists import Wanted


@dataclass(slots=True)
class Counts:
    """How many projects there are in all, and of each category and state."""

    project_count: int = 0
    by_category: dict[ProjectCategory, int] = field(default_factory=dict[ProjectCategory, int])
    by_state: dict[ProjectState, int] = field(default_factory=dict[ProjectState, int])


async def count(session: ReadSession, places: Collection[UUID], wanted: Wanted) -> Counts:
    """Count the projects of some members that a search asks for, a joint project once."""
    found = lists.found(places, wanted).order_by(None).subquery()
    which = func.grouping(found.c.category, found.c.state)
    query = select(found.c.category, found.c.state, which, func.count(literal_column("*"))).group_by(
        func.cube(found.c.category, found.c.state)
    )
    counts = Counts()
    for category, state, group, number in await session.execute(query):
        if group == 0b01:
            counts.by_category[ProjectCategory(category)] = number
        elif group == 0b10:
            counts.by_state[ProjectState(state)] = number
        elif group == 0b11:
            counts.project_count = number
    return counts
