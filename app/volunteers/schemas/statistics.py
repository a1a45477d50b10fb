"""Statistics of volunteers as JSON."""

from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Day, shown
from app.volunteers.models import Category
from app.volunteers.recognition.papers import hours
from app.volunteers.schemas import examples
from app.volunteers.statistics import Figures, Placed, Span

_PLACED: dict[str, Any] = {"id": examples.TEAM, "minutes": 6000, "hours": "100.0", "record_count": 40}


class SpanQuery(BaseModel):
    """Whole months; the subtree below the organization, or it alone."""

    model_config = ConfigDict(extra="forbid")

    month_from: Day | None = Field(default=None, description="Any day of the first month.")
    month_to: Day | None = Field(default=None, description="Any day of the last month.")
    below: bool = Field(default=True, description="With everything below the organization.")

    def span(self) -> Span:
        """Return the same in the words of the rules."""
        return Span(month_from=self.month_from, month_to=self.month_to)


class LeagueQuery(SpanQuery):
    """The same, and how many places."""

    count: int = Field(default=10, ge=1, le=100)


class HoursOut(BaseModel):
    """Time given in one category."""

    category: Category
    minutes: int
    hours: str


class StatisticsOut(BaseModel):
    """What volunteers are and did in a span of months."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "new_volunteer_count": 68900,
                "volunteer_count": 518900,
                "new_team_count": 12,
                "team_count": 6123,
                "minutes": 600,
                "hours": "10.0",
                "record_count": 4,
                "by_category": [{"category": "elderly", "minutes": 600, "hours": "10.0"}],
            }
        )
    )

    organization_id: UUID
    new_volunteer_count: int = Field(
        description="Each person once in the federation, where first registered."
    )
    volunteer_count: int = Field(description="At the end of the span.")
    new_team_count: int
    team_count: int = Field(description="At the end of the span.")
    minutes: int = Field(description="Of confirmed service.")
    hours: str
    record_count: int
    by_category: list[HoursOut]

    @classmethod
    def of(cls, organization_id: UUID, figures: Figures) -> Self:
        """Return figures as JSON shows them."""
        return cls(
            organization_id=organization_id,
            new_volunteer_count=figures.new_volunteer_count,
            volunteer_count=figures.volunteer_count,
            new_team_count=figures.new_team_count,
            team_count=figures.team_count,
            minutes=figures.minutes,
            hours=hours(figures.minutes),
            record_count=figures.record_count,
            by_category=[
                HoursOut(category=category, minutes=minutes, hours=hours(minutes))
                for category, minutes in figures.by_category.items()
            ],
        )


class PlacedOut(BaseModel):
    """One line of a league table."""

    model_config = ConfigDict(json_schema_extra=shown(_PLACED))

    id: UUID
    minutes: int
    hours: str
    record_count: int


class LeaguesOut(BaseModel):
    """Who gave most: organizations and teams in the span, volunteers ever, by ids that name nobody."""

    model_config = ConfigDict(
        json_schema_extra=shown({"organizations": [_PLACED], "teams": [_PLACED], "volunteers": [_PLACED]})
    )

    organizations: list[PlacedOut]
    teams: list[PlacedOut]
    volunteers: list[PlacedOut]

    @classmethod
    def of(cls, *tables: list[Placed]) -> Self:
        """Return league tables as JSON shows them."""
        organizations, teams, volunteers = (
            [
                PlacedOut(
                    id=one.id,
                    minutes=one.minutes,
                    hours=hours(one.minutes),
                    record_count=one.record_count,
                )
                for one in table
            ]
            for table in tables
        )
        return cls(organizations=organizations, teams=teams, volunteers=volunteers)


class TeamStatisticsOut(BaseModel):
    """A team's present members and confirmed minutes, with those of the teams below it."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "team_id": examples.TEAM,
                "team_count": 2,
                "member_count": 40,
                "minutes": 6000,
                "record_count": 40,
            }
        )
    )

    team_id: UUID
    team_count: int
    member_count: int
    minutes: int
    record_count: int
