"""Sign-ups and insurance as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Flag, Line, shown
from app.kit.http.pages import PageQuery
from app.volunteers.models import SignUpState
from app.volunteers.schemas import examples


class SignUpIn(Body):
    """Who comes, and as what."""

    model_config = ConfigDict(
        json_schema_extra=shown({"need_id": examples.NEED, "volunteer_id": examples.VOLUNTEER})
    )

    need_id: UUID
    volunteer_id: UUID


class OwnSignUpIn(Body):
    """As what the volunteer would come."""

    model_config = ConfigDict(json_schema_extra=shown({"need_id": examples.NEED}))

    need_id: UUID


class SignUpQuery(PageQuery):
    """Which sign-ups to list."""

    state: SignUpState | None = None


class SignUpOut(BaseModel):
    """That a volunteer comes, would come, or waits for a place."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SIGN_UP_OUT))

    id: UUID
    activity_id: UUID
    need_id: UUID
    volunteer_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: int = Field(description="The number in the order of asking.")
    state: SignUpState
    changed_at: datetime


class ComingOut(SignUpOut):
    """A sign-up with the volunteer's number and name."""

    model_config = ConfigDict(
        json_schema_extra=shown(examples.SIGN_UP_OUT | {"number": examples.NUMBER, "name": "志愿者0001"})
    )

    number: str
    name: str | None


class InsuranceIn(Body):
    """A personal accident insurance that an organization took out for its volunteers."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "insurer": "某保险公司",
                "policy_no": "PA-2026-0001",
                "starts_on": "2026-01-01",
                "ends_on": "2026-12-31",
                "everybody": False,
            }
        )
    )

    organization_id: UUID
    insurer: Line
    policy_no: Line
    starts_on: Day
    ends_on: Day
    everybody: Flag = Field(description="Covers whoever takes part; otherwise those who are named.")


class InsuranceOut(BaseModel):
    """An insurance for volunteers."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                "id": examples.POLICY,
                "organization_id": examples.ORGANIZATION,
                "insurer": "某保险公司",
                "policy_no": "PA-2026-0001",
                "starts_on": "2026-01-01",
                "ends_on": "2026-12-31",
                "everybody": False,
            }
        ),
    )

    id: UUID
    organization_id: UUID
    insurer: str
    policy_no: str
    starts_on: date
    ends_on: date
    everybody: bool


class InsuredIn(Body):
    """Whom a policy names."""

    model_config = ConfigDict(json_schema_extra=shown({"volunteer_ids": [examples.VOLUNTEER]}))

    volunteer_ids: list[UUID] = Field(min_length=1, max_length=200)
