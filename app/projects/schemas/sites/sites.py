"""Sites as JSON."""

from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Code, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.projects.models import Site, SiteKind, SiteState, Structure
from app.projects.schemas.sites import examples
from app.projects.sites.sites import NewSite, WantedSite


class SiteIn(Body):
    """A site that is planned; lengths in centimetres, places in millionths of a degree (WGS 84)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SITE_IN))

    project_id: UUID
    code: Code
    title: Line
    kind: SiteKind
    region_code: RegionCode
    village: Line
    town: Line | None = None
    structure: Structure | None = Field(default=None, description="Of a bridge.")
    length_centimetres: int | None = Field(default=None, ge=1, le=10_000_000, strict=True)
    width_centimetres: int | None = Field(default=None, ge=1, le=1_000_000, strict=True)
    latitude_microdegrees: int | None = Field(default=None, ge=-90_000_000, le=90_000_000, strict=True)
    longitude_microdegrees: int | None = Field(default=None, ge=-180_000_000, le=180_000_000, strict=True)
    contractor: Line | None = None
    beneficiary_count: int | None = Field(default=None, ge=0, le=100_000_000, strict=True)
    planned_cost: MoneyIn | None = None

    def as_site(self) -> NewSite:
        """Return the same in the words of the rules."""
        said: dict[str, Any] = dict(self)
        cost = said.pop("planned_cost")
        del said["project_id"]
        return NewSite(planned_minor=cost and cost.amount, **said)


class SiteChange(Body):
    """What to change about a site; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=shown({"contractor": "某建筑公司", "beneficiary_count": 420}))

    title: Line = Field(default_factory=str)
    village: Line = Field(default_factory=str)
    town: Line | None = None
    structure: Structure | None = None
    length_centimetres: int | None = Field(default=None, ge=1, le=10_000_000, strict=True)
    width_centimetres: int | None = Field(default=None, ge=1, le=1_000_000, strict=True)
    latitude_microdegrees: int | None = Field(default=None, ge=-90_000_000, le=90_000_000, strict=True)
    longitude_microdegrees: int | None = Field(default=None, ge=-180_000_000, le=180_000_000, strict=True)
    contractor: Line | None = None
    beneficiary_count: int | None = Field(default=None, ge=0, le=100_000_000, strict=True)
    planned_cost: MoneyIn | None = None
    cost: MoneyIn | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said, by the columns' names."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        for name, column in (("planned_cost", "planned_minor"), ("cost", "cost_minor")):
            if name in said:
                money = said.pop(name)
                said[column] = money and money.amount
        return said


class SiteDropIn(Body):
    """Why a site is given up."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "上游水库扩容，桥址将被淹没"}))

    reason: Words


class SiteFilter(BaseModel):
    """Which sites are meant."""

    model_config = ConfigDict(extra="forbid")

    project_id: UUID | None = None
    programme_id: UUID | None = None
    kind: SiteKind | None = None
    structure: Structure | None = None
    state: SiteState | None = None
    region_code: RegionCode | None = Field(default=None, description="There, or anywhere in it.")
    q: Line | None = Field(default=None, description="Parts of code, title, town or village.")

    def wanted(self) -> WantedSite:
        """Return the same in the words of the rules."""
        return WantedSite(**{name: getattr(self, name) for name in SiteFilter.model_fields})


class SiteQuery(SiteFilter, PageQuery):
    """Which sites to list."""

    sort: Literal["code", "-code", "created_at", "-created_at"] = "code"


class SiteOut(BaseModel):
    """A site: what is built where, for how many, at which cost, and how far it has come."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SITE_OUT))

    id: UUID
    organization_id: UUID
    project_id: UUID
    code: str
    title: str
    kind: SiteKind
    structure: Structure | None
    region_code: str
    town: str | None
    village: str
    length_centimetres: int | None
    width_centimetres: int | None
    latitude_microdegrees: int | None
    longitude_microdegrees: int | None
    contractor: str | None
    beneficiary_count: int | None
    planned_cost: MoneyOut | None
    cost: MoneyOut | None
    state: SiteState
    accepted_on: date | None
    dropped_reason: str | None
    created_at: datetime

    @classmethod
    def of(cls, site: Site) -> Self:
        """Return a site as JSON shows it."""
        money = {"planned_cost": site.planned_minor, "cost": site.cost_minor}
        told: dict[str, Any] = {
            name: None if minor is None else MoneyOut.of(minor) for name, minor in money.items()
        }
        copied = {name: getattr(site, name) for name in cls.model_fields if name not in money}
        return cls(**copied | told)
