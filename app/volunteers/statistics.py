"""Statistics: volunteers, teams and hours by subtree, period and category, read from folded totals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select

from app.kit.database import ReadSession
from app.volunteers.models import (
    Category,
    HoursMonth,
    Membership,
    MemberState,
    RegistryMonth,
    Team,
    TeamMonth,
    VolunteerTotal,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole months, the first and the last of them included; None is without limit."""

    month_from: date | None = None
    month_to: date | None = None

    def covers(self, month: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a column of months
        """Return the conditions that a month lies within."""
        found: list[ColumnElement[bool]] = []
        if self.month_from is not None:
            found.append(month >= self.month_from.replace(day=1))
        if self.month_to is not None:
            found.append(month <= self.month_to.replace(day=1))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What some organizations' volunteers are and did: counts, and minutes of confirmed service."""

    new_volunteer_count: int
    volunteer_count: int
    new_team_count: int
    team_count: int
    minutes: int
    record_count: int
    by_category: dict[Category, int]


async def figures(session: ReadSession, places: Collection[UUID], span: Span) -> Figures:
    """Return the figures of some organizations in a span of months; nothing is counted, only added up.

    A person is new once in the whole federation, where they registered first: sums over organizations are
    exact without anybody's name being read. Counts without `new` are those at the end of the span.
    """
    at_the_end = Span(month_to=span.month_to)
    fresh = await _registry(session, places, span)
    whole = await _registry(session, places, at_the_end)
    rows = await session.execute(
        select(HoursMonth.category, func.sum(HoursMonth.minutes), func.sum(HoursMonth.record_count))
        .where(HoursMonth.organization_id.in_(places), *span.covers(HoursMonth.month))
        .group_by(HoursMonth.category)
        .order_by(HoursMonth.category)
    )
    hours = rows.all()
    return Figures(
        new_volunteer_count=fresh[0],
        volunteer_count=whole[0],
        new_team_count=fresh[1],
        team_count=whole[1] - whole[2],
        minutes=sum(int(row[1]) for row in hours),
        record_count=sum(int(row[2]) for row in hours),
        by_category={Category(row[0]): int(row[1]) for row in hours},
    )


async def _registry(session: ReadSession, places: Collection[UUID], span: Span) -> tuple[int, int, int]:
    sums = (
        func.coalesce(func.sum(column), literal(0))
        for column in (
            RegistryMonth.volunteer_count,
            RegistryMonth.team_count,
            RegistryMonth.dissolved_count,
        )
    )
    query = select(*sums).where(RegistryMonth.organization_id.in_(places), *span.covers(RegistryMonth.month))
    row = (await session.execute(query)).one()
    return int(row[0]), int(row[1]), int(row[2])


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of a league table: whose it is, and how much."""

    id: UUID
    minutes: int
    record_count: int


async def organizations(
    session: ReadSession, places: Collection[UUID], span: Span, limit: int
) -> list[Placed]:
    """Return the organizations whose volunteers gave most, the first first."""
    conditions = (HoursMonth.organization_id.in_(places), *span.covers(HoursMonth.month))
    return await _league(session, HoursMonth.organization_id, HoursMonth, conditions, limit)


async def teams(session: ReadSession, places: Collection[UUID], span: Span, limit: int) -> list[Placed]:
    """Return the teams that gave most, the first first."""
    own = select(Team.id).where(Team.organization_id.in_(places))
    conditions = (TeamMonth.team_id.in_(own), *span.covers(TeamMonth.month))
    return await _league(session, TeamMonth.team_id, TeamMonth, conditions, limit)


async def volunteers(session: ReadSession, places: Collection[UUID], limit: int) -> list[Placed]:
    """Return the volunteers who ever gave most with these organizations, the first first."""
    conditions = (VolunteerTotal.organization_id.in_(places),)
    return await _league(session, VolunteerTotal.volunteer_id, VolunteerTotal, conditions, limit)


async def _league(
    session: ReadSession,
    whose: Any,  # noqa: ANN401 - a column of ids
    table: type[HoursMonth | TeamMonth | VolunteerTotal],
    conditions: Sequence[ColumnElement[bool]],
    limit: int,
) -> list[Placed]:
    minutes = func.sum(table.minutes)
    rows = await session.execute(
        select(whose, minutes, func.sum(table.record_count))
        .where(*conditions)
        .group_by(whose)
        .having(minutes > 0)
        .order_by(minutes.desc(), whose)
        .limit(limit)
    )
    return [Placed(row[0], int(row[1]), int(row[2])) for row in rows]


async def of_team(session: ReadSession, team_id: UUID) -> dict[str, int]:
    """Return how many teams, present members and confirmed minutes a team has, with those below it."""
    below = select(Team.id).where(Team.id == team_id).cte("below", recursive=True)
    below = below.union_all(select(Team.id).where(Team.parent_id == below.c.id))
    ids = select(below.c.id)
    members = (
        select(func.count(Membership.volunteer_id.distinct()))
        .where(Membership.team_id.in_(ids), Membership.state == MemberState.active)
        .scalar_subquery()
    )
    served = (
        select(
            func.coalesce(func.sum(TeamMonth.minutes), 0).label("minutes"),
            func.coalesce(func.sum(TeamMonth.record_count), 0).label("record_count"),
        )
        .where(TeamMonth.team_id.in_(ids))
        .subquery()
    )
    count = select(func.count()).select_from(below).scalar_subquery()
    row = (await session.execute(select(count, members, served.c.minutes, served.c.record_count))).one()
    names = ("team_count", "member_count", "minutes", "record_count")
    return {name: int(value) for name, value in zip(names, row, strict=True)}
