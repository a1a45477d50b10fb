"""What is done about obligations, and thresholds, as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.models import (
    DisclosureThreshold,
    Obligation,
    ObligationFiling,
    ObligationOverride,
    OverrideKind,
)
from app.disclosure.schemas.obligations import examples
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown, wrong
from app.kit.http.pages import PageQuery


class PreparationIn(Body):
    """That what is to be published lies ready."""

    model_config = ConfigDict(
        json_schema_extra=shown({"prepared_on": "2026-08-20", "preparation": "公示稿第3版"})
    )

    prepared_on: Day
    preparation: Line = Field(description="Where it lies: our publication, a draft's name or number.")


class ObligationFilingIn(Body):
    """That something was published or filed outside."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FILING_IN))

    place: Line = Field(description="慈善中国, or an authority.")
    address: Line | None = Field(default=None, description="Where it can be read.")
    reference: Line | None = Field(default=None, description="The number that the place gave it.")
    filed_on: Day
    evidence: list[UUID] = Field(
        default_factory=list[UUID], max_length=20, description="Files that show it, uploaded before."
    )

    @model_validator(mode="after")
    def _found(self) -> Self:
        if self.address is None and self.reference is None:
            raise wrong("an address or a number, by which it can be found", "须填写可供查找的网址或编号")
        return self

    def as_filing(self, one: Obligation, by: str) -> ObligationFiling:
        """Return the same as a row."""
        return ObligationFiling(
            obligation_id=one.id,
            place=self.place,
            filed_on=self.filed_on,
            recorded_by=by,
            address=self.address,
            reference=self.reference,
        )


class ObligationFilingOut(BaseModel):
    """What was published or filed outside, and whether that was recorded by mistake."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FILING))

    id: UUID
    place: str
    address: str | None
    reference: str | None
    filed_on: date
    recorded_by: str
    created_at: datetime
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    evidence: list[UUID]

    @classmethod
    def of(cls, filing: ObligationFiling, evidence: list[UUID]) -> Self:
        """Return a filing as JSON shows it."""
        names = [name for name in cls.model_fields if name != "evidence"]
        return cls(evidence=evidence, **{name: getattr(filing, name) for name in names})


class FilingWithdrawalIn(Body):
    """Why a filing was recorded by mistake."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "登记到了另一项活动名下"}))

    reason: Words


class ObligationOverrideIn(Body):
    """How a rule of mark B or C is overruled for one obligation, or no more."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OVERRIDE_IN))

    kind: OverrideKind
    day_on: Day | None = Field(default=None, description="With `another_day`: the last day instead.")
    reason: Words

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.kind is OverrideKind.another_day) != (self.day_on is not None):
            raise wrong("another_day has a day, and nothing else has", "仅 another_day 须填写日期")
        return self

    def as_override(self, one: Obligation, by: str) -> ObligationOverride:
        """Return the same as a row."""
        return ObligationOverride(obligation_id=one.id, decided_by=by, **dict(self))


class ObligationOverrideOut(BaseModel):
    """How a rule was overruled."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.OVERRIDE))

    id: UUID
    kind: OverrideKind
    day_on: date | None
    reason: str
    decided_by: str
    created_at: datetime


class DisclosureThresholdIn(Body):
    """From which amount on something is major, by the organization's own charter or rules."""

    model_config = ConfigDict(json_schema_extra=shown(examples.THRESHOLD_IN))

    organization_id: UUID
    rule_id: Line
    amount: MoneyIn
    valid_from: Day
    document: Line = Field(description="Charter or rules that say so.")

    def as_threshold(self, by: str) -> DisclosureThreshold:
        """Return the same as a row."""
        return DisclosureThreshold(
            organization_id=self.organization_id,
            rule_id=self.rule_id,
            amount_minor=self.amount.amount,
            valid_from=self.valid_from,
            document=self.document,
            recorded_by=by,
        )


class DisclosureThresholdQuery(PageQuery):
    """Which thresholds to list."""

    organization_id: UUID | None = None
    rule_id: Line | None = None


class DisclosureThresholdOut(BaseModel):
    """A threshold of an organization."""

    model_config = ConfigDict(json_schema_extra=shown(examples.THRESHOLD))

    id: UUID
    organization_id: UUID
    rule_id: str
    amount: MoneyOut
    valid_from: date
    document: str
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: DisclosureThreshold) -> Self:
        """Return a threshold as JSON shows it."""
        names = ("id", "organization_id", "rule_id", "valid_from", "document", "recorded_by", "created_at")
        return cls(amount=MoneyOut.of(row.amount_minor), **{name: getattr(row, name) for name in names})
