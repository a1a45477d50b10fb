"""Villages and their five items as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Code, Day, Line, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.projects.models import Village, VillageFund, VillageItem, VillageItemDone, VillagePhase
from app.projects.schemas.villages import examples
from app.projects.villages.homes import Counts, NewVillage


class VillageIn(Body):
    """A village that tries a Happy Home out, supervised by the county's association."""

    model_config = ConfigDict(json_schema_extra=shown(examples.VILLAGE_IN))

    organization_id: UUID
    code: Code
    region_code: RegionCode
    town: Line
    name: Line
    pilot_phase: Annotated[int, Field(strict=True, ge=1, le=99)]
    started_on: Day

    def as_village(self) -> NewVillage:
        """Return the same in the words of the rules."""
        return NewVillage(**dict(self))


class VillageQuery(PageQuery):
    """Which villages to list."""

    organization_id: UUID | None = None
    region_code: RegionCode | None = Field(default=None, description="There, or anywhere in it.")
    phase: VillagePhase | None = None
    pilot_phase: int | None = Field(default=None, ge=1, le=99)
    q: Line | None = Field(default=None, description="Parts of town or name.")


class VillageOut(BaseModel):
    """A village."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.LINE))

    id: UUID
    organization_id: UUID
    code: str
    region_code: str
    town: str
    name: str
    pilot_phase: int
    started_on: date
    phase: VillagePhase
    established_on: date | None
    ended_on: date | None
    created_at: datetime


class VillageItemIn(Body):
    """One of the five items that a village now has."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ITEM_IN))

    item: VillageItem
    done_on: Day
    note: Words

    def as_item(self, village: Village, by: str) -> VillageItemDone:
        """Return the same as a row."""
        return VillageItemDone(village_id=village.id, recorded_by=by, **dict(self))


class VillageItemOut(BaseModel):
    """One of the five items, since when and as what."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.ITEM))

    item: VillageItem
    done_on: date
    note: str
    recorded_by: str


class VillageDetail(VillageOut):
    """A village with its checklist and what its fund holds."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.DETAIL))

    checklist: list[VillageItemOut]
    missing: list[VillageItem]
    balance: MoneyOut | None = Field(description="Null while the village has no fund.")
    closed_to: date | None = Field(description="The last day of the last statement.")

    @classmethod
    def whole(cls, village: Village, items: Sequence[VillageItemDone], fund: VillageFund | None) -> Self:
        """Return everything that is to be read about a village."""
        done = {one.item for one in items}
        return cls(
            **dict(VillageOut.model_validate(village)),
            checklist=[VillageItemOut.model_validate(one) for one in items],
            missing=[one for one in VillageItem if one not in done],
            balance=None if fund is None else MoneyOut.of(fund.balance_minor),
            closed_to=None if fund is None else fund.closed_to,
        )


class VillageDayIn(Body):
    """From which day on a village carries on for good."""

    model_config = ConfigDict(json_schema_extra=shown({"on": "2026-04-01"}))

    on: Day


class VillageEndIn(VillageDayIn):
    """From which day on a village no longer runs a Happy Home, and why."""

    model_config = ConfigDict(json_schema_extra=shown({"on": "2026-10-01", "reason": "村组合并"}))

    reason: Line


class VillagePhaseCount(BaseModel):
    """How many villages are in a phase."""

    phase: VillagePhase
    village_count: int


class VillageItemCount(BaseModel):
    """How many villages have an item."""

    item: VillageItem
    village_count: int


class VillageStatistics(BaseModel):
    """How far the villages of a subtree are, and what their funds hold."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COUNTS))

    organization_id: UUID
    by_phase: list[VillagePhaseCount]
    by_item: list[VillageItemCount]
    balance: MoneyOut

    @classmethod
    def of(cls, organization_id: UUID, counts: Counts) -> Self:
        """Return counts as JSON shows them."""
        return cls(
            organization_id=organization_id,
            by_phase=[
                VillagePhaseCount(phase=one, village_count=counts.by_phase[one])
                for one in VillagePhase
                if one in counts.by_phase
            ],
            by_item=[
                VillageItemCount(item=one, village_count=counts.by_item[one])
                for one in VillageItem
                if one in counts.by_item
            ],
            balance=MoneyOut.of(counts.balance_minor),
        )
