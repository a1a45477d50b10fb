"""Targets: how many sites a programme means to finish in a year, and how many were accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Integer, cast, extract, func, select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.projects.models import ProgrammeTarget, Project, Site, SiteKind, SiteState
from app.projects.sites.errors import TargetTwice


@dataclass(frozen=True, slots=True)
class Standing:
    """A target beside what came of it: sites accepted in that year, whoever carried their projects out."""

    target: ProgrammeTarget
    accepted_count: int


async def add(session: WriteSession, target: ProgrammeTarget) -> ProgrammeTarget:
    """Set a programme a target for a year. Raises TargetTwice."""
    async with constraints.told(
        session, {"programme_targets_programme_id_year_site_kind_key": TargetTwice()}
    ):
        session.add(target)
    return target


async def standing(session: ReadSession, targets: Sequence[ProgrammeTarget]) -> list[Standing]:
    """Return targets beside what came of each, in one statement for all of them."""
    year = cast(extract("year", Site.accepted_on), Integer)
    query = (
        select(Project.programme_id, year, Site.kind, func.count())
        .join(Project, Project.id == Site.project_id)
        .where(
            Project.programme_id.in_({one.programme_id for one in targets}),
            Site.state == SiteState.accepted,
        )
        .group_by(Project.programme_id, year, Site.kind)
    )
    counts: dict[tuple[UUID | None, int, SiteKind], int] = {
        (row[0], row[1], row[2]): row[3] for row in await session.execute(query)
    }
    return [Standing(one, counts.get((one.programme_id, one.year, one.site_kind), 0)) for one in targets]
