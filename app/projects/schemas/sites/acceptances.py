"""Acceptances, plaques and upkeep of sites as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Flag, Line, MoneyIn, Words, shown
from app.projects.models import Plaque, Site, SiteAcceptance, SiteCondition, SiteUpkeep
from app.projects.schemas.sites import examples


class AcceptanceIn(Body):
    """What an acceptance found; `cost` is the final one, if it was not told before."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ACCEPTANCE_IN))

    inspected_on: Day
    inspecting_body: Line
    passed: Flag
    findings: Words
    cost: MoneyIn | None = None

    def as_acceptance(self, site: Site, by: str) -> SiteAcceptance:
        """Return the same as a row; who reported the work done is the rules' to say."""
        said = self.model_dump(exclude={"cost"})
        return SiteAcceptance(site_id=site.id, recorded_by=by, reported_by="", **said)


class AcceptanceOut(BaseModel):
    """An acceptance: who looked, when, and whether it passed."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.ACCEPTANCE_OUT))

    id: UUID
    site_id: UUID
    inspected_on: date
    inspecting_body: str
    passed: bool
    findings: str
    recorded_by: str
    created_at: datetime


class PlaqueIn(Body):
    """The plaque of a site; what names a donor says when the beneficiaries consented."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PLAQUE_IN))

    inscription: Words
    set_up_on: Day
    names_donor: Flag
    consented_on: Day | None = None
    approval_reference: Line | None = Field(default=None, description="Where the law asks for an approval.")

    def as_plaque(self, site: Site, by: str) -> Plaque:
        """Return the same as a row."""
        return Plaque(site_id=site.id, recorded_by=by, **dict(self))


class PlaqueOut(BaseModel):
    """The plaque of a site."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.PLAQUE_OUT))

    site_id: UUID
    inscription: str
    set_up_on: date
    names_donor: bool
    consented_on: date | None
    approval_reference: str | None
    recorded_by: str


class UpkeepIn(Body):
    """How an asset was found, what was done, and when to look again."""

    model_config = ConfigDict(json_schema_extra=shown(examples.UPKEEP_IN))

    looked_on: Day
    condition: SiteCondition
    work: Words
    next_due_on: Day | None = None

    def as_upkeep(self, site: Site, by: str) -> SiteUpkeep:
        """Return the same as a row."""
        return SiteUpkeep(site_id=site.id, recorded_by=by, **dict(self))


class UpkeepOut(BaseModel):
    """That an asset was looked after."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.UPKEEP_OUT))

    id: UUID
    site_id: UUID
    looked_on: date
    condition: SiteCondition
    work: str
    next_due_on: date | None
    recorded_by: str
    created_at: datetime
