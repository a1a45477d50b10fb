"""Regions in JSON."""

from datetime import date

from pydantic import ConfigDict, Field

from app.kit.http.pages import PageQuery
from app.organizations.models import RegionLevel
from app.organizations.schemas.words import RegionCode, Search, Told, example


class RegionOut(Told):
    """One administrative division."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            {
                "code": "610118",
                "name": "鄠邑区",
                "level": "county",
                "parent_code": "610100",
                "valid_from": None,
                "valid_to": None,
                "successor_code": None,
            }
        ),
    )

    code: str
    name: str
    level: RegionLevel
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    successor_code: str | None = Field(description="The code that took this one's place.")


class RegionQuery(PageQuery):
    """Which regions."""

    level: RegionLevel | None = None
    parent_code: RegionCode | None = None
    q: Search | None = Field(default=None, description="Part of a name, or the beginning of a code.")
    former: bool = Field(default=False, description="Also codes that another one succeeded.")
