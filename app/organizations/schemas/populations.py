"""Populations in JSON."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.kit.fields import Day
from app.kit.http.pages import PageQuery
from app.organizations.models import RegionPopulation
from app.organizations.schemas.words import Line, RegionCode, Said, Told, example

PEOPLE_MAX = 2_000_000_000
_COUNT = {
    "region_code": "610900",
    "counted_on": "2024-12-31",
    "people_count": 2_470_000,
    "source": "安康市2024年国民经济和社会发展统计公报",
}


class PopulationIn(Said):
    """How many people live in a region on some day, and who says so."""

    model_config = ConfigDict(json_schema_extra=example(_COUNT))

    region_code: RegionCode
    counted_on: Day
    people_count: Annotated[int, Field(strict=True, ge=1, le=PEOPLE_MAX)]
    source: Line

    def counted(self, organization_id: UUID, *, by: str) -> RegionPopulation:
        """Return it as a row."""
        return RegionPopulation(**self.model_dump(), organization_id=organization_id, recorded_by=by)


class PopulationOut(Told):
    """How many people live in a region on some day. Of several counts of a day the latest is told."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            {
                "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0009",
                **_COUNT,
                "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
                "created_at": "2025-04-30T02:00:00Z",
            }
        ),
    )

    id: UUID
    region_code: str
    counted_on: date
    people_count: int
    source: str
    organization_id: UUID | None = Field(description="Who recorded it; null of what came with the program.")
    created_at: datetime


class PopulationQuery(PageQuery):
    """Which counts."""

    region_code: RegionCode | None = None
    counted_on: Day | None = None
