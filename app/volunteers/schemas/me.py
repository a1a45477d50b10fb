"""A volunteer's own data as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import shown
from app.volunteers.models import ConsentKind, MemberRole
from app.volunteers.schemas import examples


class VolunteerConsentOut(BaseModel):
    """A consent as it was given or withdrawn."""

    kind: ConsentKind
    scopes: list[str]
    agreed_at: datetime


class EnrolmentOut(BaseModel):
    """An organization that the volunteer serves with."""

    organization_id: UUID
    enrolled_on: date


class OwnMembershipOut(BaseModel):
    """A team that the volunteer belongs or belonged to."""

    team_id: UUID
    role: MemberRole
    joined_on: date | None
    left_on: date | None


class ExportOut(BaseModel):
    """Everything that is kept about a volunteer."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "person": {"name": "志愿者0001", "phone": "+8613800000001"},
                "codes": {"number": examples.NUMBER, "skills": ["first_aid"]},
                "consents": [],
                "organizations": [{"organization_id": examples.ORGANIZATION, "enrolled_on": "2026-05-01"}],
                "memberships": [],
            }
        )
    )

    person: dict[str, str] = Field(description="What lies under seal, in clear.")
    codes: dict[str, str | list[str] | date | datetime | None]
    consents: list[VolunteerConsentOut]
    organizations: list[EnrolmentOut]
    memberships: list[OwnMembershipOut]
