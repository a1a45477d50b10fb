"""Activities, sign-ups and insurance as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, Code, Flag, Line, Moment, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.volunteers.activities import NewNeed
from app.volunteers.models import Activity, ActivityState, Category, Need
from app.volunteers.schemas import examples
from app.volunteers.schemas.volunteers import Tags

Capacity = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Age = Annotated[int, Field(strict=True, ge=0, le=120)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees, WGS 84.")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees, WGS 84.")]
MICRO = 1_000_000


class NeedIn(Body):
    """Whom an activity needs; without times, for the whole of it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.NEED_IN))

    role: Line
    capacity: Capacity
    skills: Tags = Field(default_factory=list)
    qualifications: Tags = Field(default_factory=list)
    age_min: Age | None = None
    age_max: Age | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise wrong("age_max is below age_min", "age_max 小于 age_min")
        return self

    def as_need(self) -> NewNeed:
        """Return the same in the words of the rules."""
        return NewNeed(**dict(self))


class _Spot(Body):
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    radius_metres: Annotated[int, Field(strict=True, ge=10, le=5000)] | None = Field(
        default=None, description="Within it one can check in by place."
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len({value is None for value in (self.latitude, self.longitude, self.radius_metres)}) == 2:
            raise wrong(
                "latitude, longitude and radius_metres come together",
                "latitude、longitude 和 radius_metres 须同时填写",
            )
        return self

    def columns(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return what was said by the columns' names."""
        for name in ("latitude", "longitude"):
            if name in said:
                degrees = said.pop(name)
                said[f"{name}_microdegrees"] = None if degrees is None else round(degrees * MICRO)
        return said


class ActivityIn(_Spot):
    """An activity to be drafted; to publish it takes all information and the risks."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ACTIVITY_IN))

    organization_id: UUID
    code: Code
    title: Line
    category: Category
    starts_at: Moment
    ends_at: Moment
    place: Line
    content: Words = ""
    risks: Words = Field(default="", description="What may happen; nothing is published without.")
    served_group: Line = ""
    responsible: Line = ""
    contact: Line = ""
    region_code: RegionCode | None = None
    team_id: UUID | None = None
    needs_approval: Flag = False
    dangerous: Flag = Field(default=False, description="Needs an insurance that covers it.")
    policy_id: UUID | None = None
    needs: list[NeedIn] = Field(default_factory=list[NeedIn], max_length=50)

    def as_activity(self) -> Activity:
        """Return the same as a row."""
        said = dict(self)
        said.pop("needs")
        return Activity(**self.columns(said))


class ActivityChange(_Spot):
    """What to change about a draft; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=shown({"title": "社区老人陪护（上午）"}))

    title: Line = Field(default_factory=str)
    place: Line = Field(default_factory=str)
    content: Words = Field(default_factory=str)
    risks: Words = Field(default_factory=str)
    served_group: Line = Field(default_factory=str)
    responsible: Line = Field(default_factory=str)
    contact: Line = Field(default_factory=str)
    needs_approval: Flag = Field(default_factory=bool)
    dangerous: Flag = Field(default_factory=bool)
    policy_id: UUID | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said, by the columns' names."""
        return self.columns({name: getattr(self, name) for name in self.model_fields_set})


class CapacityIn(Body):
    """For how many there is a place from now on."""

    model_config = ConfigDict(json_schema_extra=shown({"capacity": 20}))

    capacity: Capacity


class TimesIn(Body):
    """From when to when a role is needed."""

    model_config = ConfigDict(
        json_schema_extra=shown({"starts_at": examples.STARTS, "ends_at": examples.ENDS})
    )

    starts_at: Moment
    ends_at: Moment


class ActivityQuery(PageQuery):
    """Which activities to list."""

    organization_id: UUID | None = None
    team_id: UUID | None = None
    category: Category | None = None
    region_code: RegionCode | None = None
    starts_at_from: Moment | None = None
    starts_at_to: Moment | None = None


class ActivitiesQuery(ActivityQuery):
    """Which activities to list, drafts too."""

    state: ActivityState | None = None


class NeedOut(BaseModel):
    """Whom an activity needs, and how many places are taken."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.NEED_OUT))

    id: UUID
    role: str
    capacity: int
    taken_count: int
    skills: list[str]
    qualifications: list[str]
    age_min: int | None
    age_max: int | None
    starts_at: datetime
    ends_at: datetime


class CallOut(BaseModel):
    """A published activity as everybody reads it: how to ask, and not who is responsible for it.

    Whoever that is has not agreed to be named; often it is a volunteer (Charity Law 82, 81号令 21).
    """

    model_config = ConfigDict(json_schema_extra=shown(examples.CALL_OUT))

    id: UUID
    organization_id: UUID
    code: str
    title: str
    category: Category
    starts_at: datetime
    ends_at: datetime
    place: str
    content: str
    risks: str
    served_group: str
    contact: str
    region_code: str | None
    team_id: UUID | None
    latitude: float | None
    longitude: float | None
    radius_metres: int | None
    needs_approval: bool
    dangerous: bool
    policy_id: UUID | None
    state: ActivityState
    published_at: datetime | None
    needs: list[NeedOut]

    @classmethod
    def of(cls, activity: Activity, needs: Sequence[Need]) -> Self:
        """Return an activity as JSON shows it."""
        own = {"latitude", "longitude", "needs"}
        said: dict[str, Any] = {name: getattr(activity, name) for name in set(cls.model_fields) - own}
        spot = (activity.latitude_microdegrees, activity.longitude_microdegrees)
        latitude, longitude = (None if part is None else part / MICRO for part in spot)
        shown_needs = [NeedOut.model_validate(need) for need in needs if need.activity_id == activity.id]
        return cls(latitude=latitude, longitude=longitude, needs=shown_needs, **said)


class ActivityOut(CallOut):
    """An activity with whom it needs, and who is responsible for it, for those who work there."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ACTIVITY_OUT))

    responsible: str
