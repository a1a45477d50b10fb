"""Changes of filed plans as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.filings import changes
from app.fundraising.filings.changes import Decision
from app.fundraising.filings.plans import Page as PlanPage
from app.fundraising.models import (
    ChangeKind,
    PlanChange,
)
from app.fundraising.schemas.filings import examples
from app.fundraising.schemas.filings.plans import PlanFields, PlanPlatformIn
from app.kit.fields import Body, Day, Flag, Line, MoneyIn, Words, shown


class ChangedFields(PlanFields):
    """What is to be said instead; title, purpose, dates and target too."""

    title: Line = Field(default_factory=str)
    purpose: Words = Field(default_factory=str)
    starts_on: Day = Field(default_factory=date.today)
    ends_on: Day = Field(default_factory=date.today)
    target: MoneyIn | None = None
    platforms: list[PlanPlatformIn] = Field(default_factory=list[PlanPlatformIn], max_length=50)

    def said(self) -> dict[str, Any]:
        """Return what was said, by the columns' names."""
        values = super().said()
        if "target" in values:
            values["target_minor"] = values.pop("target") and self.target and self.target.amount
        if changes.PAGES in self.model_fields_set:
            named = {one.platform_id: PlanPage(**dict(one)) for one in self.platforms}
            values[changes.PAGES] = [named[platform_id] for platform_id in sorted(named)]
        return values


class PlanChangeIn(Body):
    """A change of a filed plan; the use of the money is changed by a change of its own."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHANGE_IN))

    changed_on: Day
    reason: Words
    decided_on: Day
    decided_by: Line
    consent_needed: Flag = Field(default=False, description="The old use was agreed with donors.")
    changes: ChangedFields

    def decision(self) -> Decision:
        """Return when, why and by whom."""
        names = ("changed_on", "reason", "decided_on", "decided_by", "consent_needed")
        return Decision(**{name: getattr(self, name) for name in names})


class PlanChangeOut(BaseModel):
    """A change of a filed plan, by when it must be filed, and how far it has come."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHANGE_OUT))

    id: UUID
    kind: ChangeKind
    changed_on: date
    due_on: date
    late: bool
    reason: str
    decided_on: date
    decided_by: str
    changes: dict[str, Any]
    consent_needed: bool
    consented_on: date | None
    filed_on: date | None
    published_on: date | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, change: PlanChange) -> Self:
        """Return a change as JSON shows it."""
        facts = {name: getattr(change, name) for name in set(cls.model_fields) - {"late"}}
        return cls(late=changes.late(change), **facts)


class StepIn(Body):
    """On which day a step was taken."""

    model_config = ConfigDict(json_schema_extra=shown({"on": "2026-06-05"}))

    on: Day
