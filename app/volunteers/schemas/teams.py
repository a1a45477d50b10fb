"""Teams and their members as JSON."""

from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, Code, Day, Flag, Line, MoneyOut, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.volunteers.models import MemberRole, MemberState
from app.volunteers.schemas import examples
from app.volunteers.teams import NewTeam


class TeamIn(Body):
    """A team that is founded."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TEAM_IN))

    organization_id: UUID
    code: Code
    name: Line
    founded_on: Day
    purpose: Words | None = None
    region_code: RegionCode | None = None
    parent_id: UUID | None = Field(default=None, description="The team above, of the same organization.")

    def as_team(self) -> NewTeam:
        """Return the same in the words of the rules."""
        said: dict[str, Any] = dict(self) | {"purpose": self.purpose or ""}
        return NewTeam(**said)


class TeamChange(Body):
    """What to change about a team; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=shown({"name": "西安市爱心服务一队"}))

    name: Line = Field(default_factory=str)
    purpose: Words = Field(default_factory=str)
    region_code: RegionCode | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class TeamParentIn(Body):
    """Below which team to stand; null is the top."""

    model_config = ConfigDict(json_schema_extra=shown({"parent_id": examples.TEAM}))

    parent_id: UUID | None


class DissolutionIn(Body):
    """From which day on a team is no more."""

    model_config = ConfigDict(json_schema_extra=shown({"dissolved_on": "2026-12-31"}))

    dissolved_on: Day


class TeamFundIn(Body):
    """A team's named fund: one of the organization's, or a new one with code and title."""

    model_config = ConfigDict(json_schema_extra=shown({"code": "WX-01", "title": "爱心服务队微星基金"}))

    fund_id: UUID | None = None
    code: Code | None = None
    title: Line | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        named = self.code is not None and self.title is not None
        if (self.fund_id is not None) == named or (self.code is None) != (self.title is None):
            raise wrong("either fund_id, or code and title", "须填写 fund_id，或 code 与 title")
        return self


class TeamFundOut(BaseModel):
    """A team's named fund and what it still holds."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "team_id": examples.TEAM,
                "fund_id": examples.FUND,
                "balance": {"amount": 0, "currency": "CNY"},
            }
        )
    )

    team_id: UUID
    fund_id: UUID
    balance: MoneyOut


class TeamQuery(PageQuery):
    """Which teams to list."""

    organization_id: UUID | None = None
    parent_id: UUID | None = None
    region_code: RegionCode | None = None
    q: Line | None = Field(default=None, description="Part of the code or the name.")
    dissolved: bool | None = None


class TeamOut(BaseModel):
    """A volunteer service team."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.TEAM_OUT))

    id: UUID
    organization_id: UUID
    parent_id: UUID | None
    depth: int
    code: str
    name: str
    founded_on: date
    purpose: str
    region_code: str | None
    fund_id: UUID | None = Field(description="The team's named fund (微星基金).")
    dissolved_on: date | None


class MemberIn(Body):
    """Who joins a team."""

    model_config = ConfigDict(json_schema_extra=shown({"volunteer_id": examples.VOLUNTEER}))

    volunteer_id: UUID
    role: MemberRole = MemberRole.member
    joined_on: Day | None = Field(default=None, description="Today, if absent.")


class AskingIn(Body):
    """Which team a volunteer would like to join."""

    model_config = ConfigDict(json_schema_extra=shown({"team_id": examples.TEAM}))

    team_id: UUID


class AnswerIn(Body):
    """Whether somebody who asked is taken in."""

    model_config = ConfigDict(json_schema_extra=shown({"accepted": True}))

    accepted: Flag


class AppointmentIn(Body):
    """What a member is from now on."""

    model_config = ConfigDict(json_schema_extra=shown({"role": "leader"}))

    role: MemberRole


class LeavingIn(Body):
    """On which day somebody leaves."""

    model_config = ConfigDict(json_schema_extra=shown({"left_on": "2026-06-30"}))

    left_on: Day | None = Field(default=None, description="Today, if absent.")


class MemberQuery(PageQuery):
    """Which members to list."""

    state: MemberState | None = None


class MembershipOut(BaseModel):
    """That somebody belongs to a team."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.MEMBER))

    id: UUID
    team_id: UUID
    volunteer_id: UUID
    state: MemberState
    role: MemberRole
    joined_on: date | None
    left_on: date | None


class MemberOut(MembershipOut):
    """A member with number and name."""

    model_config = ConfigDict(
        json_schema_extra=shown(examples.MEMBER | {"number": examples.NUMBER, "name": "志愿者0001"})
    )

    number: str
    name: str | None
