"""Lists taken in and taken away, as JSON tells of them."""

from pydantic import BaseModel, ConfigDict

from app.kit.fields import shown


class SheetOut(BaseModel):
    """How much a sheet of records holds, and whether it was only tried."""

    model_config = ConfigDict(
        json_schema_extra=shown({"record_count": 120, "minutes": 14400, "dry_run": False})
    )

    record_count: int
    minutes: int
    dry_run: bool


class RosterOut(BaseModel):
    """How many people a roster holds, how many are new in the federation, and whether it was only tried."""

    model_config = ConfigDict(
        json_schema_extra=shown({"volunteer_count": 120, "new_count": 100, "dry_run": False})
    )

    volunteer_count: int
    new_count: int
    dry_run: bool
