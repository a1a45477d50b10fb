"""Star levels as JSON."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Words, shown
from app.volunteers.models import StarRule
from app.volunteers.schemas import examples


class StarRuleIn(Body):
    """From how many hours on an organization gives one to five stars, from a day on."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "valid_from": "2026-01-01",
                "hours": [30, 60, 100, 200, 300],
                "basis": "本机构星级志愿者评定办法",
            }
        )
    )

    organization_id: UUID
    valid_from: Day
    hours: list[Annotated[int, Field(strict=True, ge=1, le=100_000)]] = Field(min_length=1, max_length=5)
    basis: Words = Field(description="The organization's own decision: the law sets no levels.")

    def as_rule(self, actor: str) -> StarRule:
        """Return the same as a row."""
        return StarRule(**dict(self), actor=actor)


class StarRuleOut(BaseModel):
    """An organization's rule for stars."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                "id": examples.CERTIFICATE,
                "organization_id": examples.ORGANIZATION,
                "valid_from": "2026-01-01",
                "hours": [30, 60, 100, 200, 300],
                "basis": "本机构星级志愿者评定办法",
            }
        ),
    )

    id: UUID
    organization_id: UUID
    valid_from: date
    hours: list[int]
    basis: str


class StarsOut(BaseModel):
    """A volunteer's confirmed time with all organizations, and the stars it is by one's rule."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "volunteer_id": examples.VOLUNTEER,
                "organization_id": examples.ORGANIZATION,
                "minutes": 6000,
                "hours": "100.0",
                "stars": 1,
                "star_hours": [100, 300, 600, 1000, 1500],
            }
        )
    )

    volunteer_id: UUID
    organization_id: UUID
    minutes: int
    hours: str
    stars: int
    star_hours: list[int] = Field(description="The rule in force: the organization's own, or the default.")
