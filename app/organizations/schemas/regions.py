"""Regions in JSON."""

from datetime import date

from pydantic import ConfigDict, Field

from app.kit.fields import Day
from app.kit.http.pages import PageQuery
from app.organizations.models import RegionDating, RegionLevel
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
                "valid_from": "2016-12-31",
                "dated_by": "list",
                "valid_to": None,
                "successor_code": None,
                "earlier_name": None,
                "named_from": None,
            }
        ),
    )

    code: str
    name: str = Field(description="Asked for a day: the name that it bore then.")
    level: RegionLevel
    parent_code: str | None
    valid_from: date = Field(description="Since when; at the latest, unless `dated_by` is `decision`.")
    dated_by: RegionDating = Field(
        description="`decision`: the day on which it was decided or announced. `list`: the day as of which"
        " the first list that has it was made. `first_list`: the oldest of our lists, it may be older."
    )
    valid_to: date | None = Field(description="The first day on which it was no more.")
    successor_code: str | None = Field(description="The code that took this one's place.")
    earlier_name: str | None = Field(description="Its name under the same code before `named_from`.")
    named_from: date | None


class RegionQuery(PageQuery):
    """Which regions."""

    level: RegionLevel | None = None
    parent_code: RegionCode | None = None
    q: Search | None = Field(default=None, description="Part of a name, or the beginning of a code.")
    former: bool = Field(default=False, description="Also codes that another one succeeded.")
    on: Day | None = Field(
        default=None,
        description="Those that stood on this day, from 1984-12-31 on; `former` then says nothing.",
    )
