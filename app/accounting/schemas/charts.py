"""What accounting says of the move to another chart over HTTP."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, shown


class ChartVersion(Body):
    """The chart of accounts on which an organization's books stand."""

    model_config = ConfigDict(json_schema_extra=shown({"chart_version": "2004"}))

    chart_version: str = Field(pattern="^(2004|2026)$")


class ChartChangeOut(BaseModel):
    """That an organization's books were carried into another chart of accounts."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
                "changed_on": "2026-01-01",
                "from_chart": "2004",
                "to_chart": "2026",
                "entry_ids": ["01997d5d-ac96-774b-bcce-b302099a8010"],
            }
        )
    )

    organization_id: UUID
    changed_on: date
    from_chart: str
    to_chart: str
    entry_ids: list[UUID]
