"""Plans and their filing as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.filings import submissions
from app.fundraising.filings.plans import Page as PlanPage
from app.fundraising.models import (
    Campaign,
    FundraisingPlan,
    PlanPlatform,
    PlanState,
    PublicWay,
)
from app.fundraising.schemas.filings import examples
from app.kit.fields import Body, Day, Flag, Line, Words, shown

Count = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]


class PlanPlatformIn(Body):
    """A platform that a plan names, with the title of the page there."""

    platform_id: UUID
    page_title: Line
    external_id: Line | None = None


class PlanFields(Body):
    """The fields of a plan beside those of its campaign; what is not said yet may follow in a draft."""

    use_of_money: Words = Field(default_factory=str)
    use_plan: Words = Field(default_factory=str)
    support_project: Line = Field(default_factory=str)
    area: Line = Field(default_factory=str)
    ways: list[PublicWay] = Field(default_factory=list[PublicWay], max_length=4)
    receiving_methods: Line = Field(default_factory=str)
    responsible_id: UUID | None = Field(default=None, description="The person in charge, of your own staff.")
    responsible_full_time: Flag = Field(default_factory=bool)
    office_address: Line = Field(default_factory=str)
    contact: Line = Field(default_factory=str)
    bank_channel_id: UUID | None = Field(default=None, description="Your own account; `in_plans` is set.")
    beneficiary_scope: Words = Field(default_factory=str)
    beneficiary_count: Count | None = None
    beneficiary_selection: Words = Field(default_factory=str)
    grants_note: Words = Field(default_factory=str)
    staff_cost_note: Words = Field(default_factory=str)
    management_cost_note: Words = Field(default_factory=str)
    fundraising_cost: Words = Field(default_factory=str)
    remainder: Words = Field(default_factory=str)
    offsite: Flag = Field(default_factory=bool, description="Boxes or events outside your authority's area.")

    def said(self) -> dict[str, Any]:
        """Return what was said, by the columns' names."""
        values = {name: getattr(self, name) for name in self.model_fields_set if name != "platforms"}
        if "ways" in values:
            values["ways"] = sorted({way.value for way in self.ways})
        return values


class PlanIn(PlanFields):
    """A fundraising plan; title, purpose, dates and target are the campaign's."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PLAN_IN))

    decided_on: Day | None = None
    decided_by: Line = Field(default_factory=str)
    legal_representative_agreed: Flag = Field(default_factory=bool)
    platforms: list[PlanPlatformIn] = Field(default_factory=list[PlanPlatformIn], max_length=50)

    def pages(self) -> list[PlanPage] | None:
        """Return the platforms that were named; None if nothing was said of them."""
        if "platforms" not in self.model_fields_set:
            return None
        return [PlanPage(**dict(one)) for one in {one.platform_id: one for one in self.platforms}.values()]


class PlanOut(BaseModel):
    """A fundraising plan and how far it has come."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PLAN_OUT))

    id: UUID
    campaign_id: UUID
    organization_id: UUID
    prepared_by: str
    use_of_money: str
    use_plan: str
    support_project: str
    area: str
    ways: list[PublicWay]
    receiving_methods: str
    responsible_id: UUID | None
    responsible_full_time: bool
    office_address: str
    contact: str
    bank_channel_id: UUID | None
    beneficiary_scope: str
    beneficiary_count: int | None
    beneficiary_selection: str
    grants_note: str
    staff_cost_note: str
    management_cost_note: str
    fundraising_cost: str
    remainder: str
    offsite: bool
    decided_on: date | None
    decided_by: str
    legal_representative_agreed: bool
    platforms: list[PlanPlatformIn]
    state: PlanState
    submitted_on: date | None
    returned_on: date | None
    returned_reason: str | None
    filed_on: date | None
    filing_no: str | None
    due_on: date = Field(description="By when it must be with the authority, as it now stands.")
    late: bool
    version: int
    created_at: datetime

    @classmethod
    def of(cls, campaign: Campaign, plan: FundraisingPlan, pages: Sequence[PlanPlatform]) -> Self:
        """Return a plan as JSON shows it."""
        own = {"platforms", "filing_no", "due_on", "late"}
        facts: dict[str, Any] = {name: getattr(plan, name) for name in set(cls.model_fields) - own}
        return cls(
            platforms=[
                PlanPlatformIn(
                    platform_id=one.platform_id, page_title=one.page_title, external_id=one.external_id
                )
                for one in pages
            ],
            filing_no=campaign.filing_no if plan.state is PlanState.filed else None,
            due_on=submissions.due_on(campaign, plan),
            late=submissions.late(campaign, plan),
            **facts,
        )


class SubmissionIn(Body):
    """When a plan went to the authority."""

    model_config = ConfigDict(json_schema_extra=shown({"submitted_on": "2026-03-01"}))

    submitted_on: Day


class PlanReturnIn(Body):
    """That the authority found a plan incomplete, and what it misses."""

    model_config = ConfigDict(
        json_schema_extra=shown({"returned_on": "2026-03-05", "reason": "缺少决策文件"})
    )

    returned_on: Day
    reason: Words


class FilingIn(Body):
    """The number that the authority gave."""

    model_config = ConfigDict(
        json_schema_extra=shown({"filing_no": "52620600MJY949356HA26006", "filed_on": "2026-03-08"})
    )

    filing_no: Line
    filed_on: Day
