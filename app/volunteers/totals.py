"""Totals: what statistics read, folded in with each fact so that no report ever counts rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.database import WriteSession
from app.volunteers.models import HoursMonth, RegistryMonth, TeamMonth, VolunteerTotal


async def register(
    session: WriteSession,
    organization_id: UUID,
    on: date,
    *,
    volunteers: int = 0,
    teams: int = 0,
    dissolved: int = 0,
) -> None:
    """Count people who are new in the federation, and teams founded or dissolved, in the month of a day."""
    put = insert(RegistryMonth).values(
        organization_id=organization_id,
        month=on.replace(day=1),
        volunteer_count=volunteers,
        team_count=teams,
        dissolved_count=dissolved,
    )
    added = {
        name: getattr(RegistryMonth, name) + getattr(put.excluded, name)
        for name in ("volunteer_count", "team_count", "dissolved_count")
    }
    await session.execute(put.on_conflict_do_update(index_elements=["organization_id", "month"], set_=added))


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Confirmed minutes to be counted; negative, with a negative count, where they are taken back."""

    organization_id: UUID
    volunteer_id: UUID
    team_id: UUID | None
    category: str
    on: date
    minutes: int
    count: int = 1


async def serve(session: WriteSession, served: Iterable[Served]) -> None:
    """Add minutes to the totals of organizations, teams and volunteers, rows in the order of their keys."""
    months: defaultdict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    teams: defaultdict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    people: defaultdict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    for one in served:
        month = one.on.replace(day=1)
        added = [months[one.organization_id, month, one.category]]
        added.append(people[one.volunteer_id, one.organization_id])
        if one.team_id is not None:
            added.append(teams[one.team_id, month])
        for sums in added:
            sums[0] += one.minutes
            sums[1] += one.count
    await bulk.together(
        session,
        [
            _adding(HoursMonth, ("organization_id", "month", "category"), months),
            _adding(TeamMonth, ("team_id", "month"), teams),
            _adding(VolunteerTotal, ("volunteer_id", "organization_id"), people),
        ],
    )


def _adding(
    table: type[HoursMonth | TeamMonth | VolunteerTotal],
    keys: tuple[str, ...],
    sums: dict[tuple[object, ...], list[int]],
) -> Statement:
    rows = sorted(sums.items(), key=lambda row: tuple(map(str, row[0])))
    columns: dict[str, list[object]] = {
        name: [key[place] for key, _ in rows] for place, name in enumerate(keys)
    }
    columns["minutes"] = [added[0] for _, added in rows]
    columns["record_count"] = [added[1] for _, added in rows]
    name = table.__tablename__
    added = ", ".join(f"{one} = {name}.{one} + excluded.{one}" for one in ("minutes", "record_count"))
    return bulk.inserting(table, columns, then=f"on conflict ({', '.join(keys)}) do update set {added}")
