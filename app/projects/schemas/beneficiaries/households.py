"""Households and groups as JSON."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Line, shown
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.projects.beneficiaries.groups import NewGroup
from app.projects.beneficiaries.households import Home
from app.projects.schemas.beneficiaries import examples

People = Annotated[int, Field(strict=True, ge=1, le=10**9)]


class HouseholdIn(Body):
    """People who live together and are helped as one; its address lies with its members under seal."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HOUSEHOLD_IN))

    organization_id: UUID
    region_code: RegionCode
    town: Line | None = None
    village: Line | None = None

    def as_home(self) -> Home:
        """Return the same in the words of the rules."""
        return Home(**dict(self))


class HouseholdMemberIn(Body):
    """Who lives in a household from now on."""

    model_config = ConfigDict(
        json_schema_extra=shown({"beneficiary_id": examples.BENEFICIARY, "relation": "户主"})
    )

    beneficiary_id: UUID
    relation: Line = Field(description="To the head of the household.")


class HouseholdQuery(PageQuery):
    """Which households to list."""

    organization_id: UUID | None = None
    region_code: RegionCode | None = Field(default=None, description="There, or anywhere in it.")


class HouseholdOut(BaseModel):
    """A household, whose members are listed as beneficiaries of it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.HOUSEHOLD_OUT))

    id: UUID
    organization_id: UUID
    number: str
    region_code: str
    town: str | None
    village: str | None
    created_at: datetime


class BeneficiaryGroupIn(Body):
    """People who are helped together and known by their number only."""

    model_config = ConfigDict(json_schema_extra=shown(examples.GROUP_IN))

    organization_id: UUID
    name: Line
    region_code: RegionCode
    person_count: People
    town: Line | None = None
    village: Line | None = None

    def as_group(self) -> NewGroup:
        """Return the same in the words of the rules."""
        return NewGroup(**dict(self))


class BeneficiaryGroupOut(BaseModel):
    """A group of people who are counted only."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.GROUP_OUT))

    id: UUID
    organization_id: UUID
    name: str
    region_code: str
    town: str | None
    village: str | None
    person_count: int
    created_at: datetime
