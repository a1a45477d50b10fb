"""Sheets of projects and sites that were taken in, as JSON."""

from pydantic import BaseModel, ConfigDict

from app.kit.fields import shown


class ProjectsTakenOut(BaseModel):
    """How many projects a sheet holds, and whether it was only tried."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra=shown({"project_count": 2847, "dry_run": True})
    )

    project_count: int
    dry_run: bool


class SitesTakenOut(BaseModel):
    """How many sites a sheet holds, how many of them are finished, and whether it was only tried."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown({"site_count": 700, "accepted_count": 156, "dry_run": False}),
    )

    site_count: int
    accepted_count: int
    dry_run: bool
