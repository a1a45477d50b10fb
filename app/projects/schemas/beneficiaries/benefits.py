"""Benefits as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.projects.beneficiaries.benefits import Given
from app.projects.models import Benefit, BenefitBasis, BenefitKind, ProjectCategory
from app.projects.schemas.beneficiaries import examples
from app.projects.schemas.beneficiaries.households import People

ITEMS_MAX = 200


class GivenIn(Body):
    """One line of a list: to a person, or to so many people who are only counted."""

    model_config = ConfigDict(json_schema_extra=shown(examples.GIVEN))

    beneficiary_id: UUID | None = Field(default=None, description="Who it was; absent: only how many.")
    group_id: UUID | None = None
    person_count: People = 1
    kind: BenefitKind
    given_on: Day
    title: Line
    amount: MoneyIn | None = Field(default=None, description="What it was worth; needed for money.")
    quantity: Annotated[int, Field(strict=True, ge=1, le=10**12)] | None = None
    unit: Line | None = None
    region_code: RegionCode | None = Field(default=None, description="The project's if absent.")
    reference: Line | None = Field(default=None, description="Unique in the project.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.beneficiary_id is not None and (self.group_id is not None or self.person_count != 1):
            raise wrong("one person is neither a group nor several", "个人受益不能同时填写群体或人数")
        if self.kind is BenefitKind.money and self.amount is None:
            raise wrong("money has an amount", "资金须有金额")
        if (self.quantity is None) != (self.unit is None):
            raise wrong("a quantity has a unit", "数量须有单位")
        return self

    def as_given(self) -> Given:
        """Return the same in the words of the rules."""
        said: dict[str, Any] = dict(self)
        amount = said.pop("amount")
        return Given(amount_minor=amount.amount if amount else 0, **said)


class BenefitsIn(Body):
    """A list of what a project gave: all of it is recorded, or nothing."""

    model_config = ConfigDict(json_schema_extra=shown({"items": [examples.GIVEN, examples.COUNTED]}))

    items: Annotated[list[GivenIn], Field(min_length=1, max_length=ITEMS_MAX)]


class BenefitsRecorded(BaseModel):
    """The ids of what was recorded, in the list's order."""

    model_config = ConfigDict(json_schema_extra=shown({"benefit_ids": [examples.BENEFIT]}))

    benefit_ids: list[UUID]


class BenefitVoidingIn(Body):
    """Why a line was wrong."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "重复登记"}))

    reason: Words


class BenefitQuery(PageQuery):
    """Which benefits of a project to list."""

    beneficiary_id: UUID | None = None
    kind: BenefitKind | None = None
    given_on_from: Day | None = None
    given_on_to: Day | None = None


class BenefitOut(BaseModel):
    """What a project gave to a person, or to so many people who are only counted."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BENEFIT_OUT))

    id: UUID
    project_id: UUID
    organization_id: UUID
    basis: BenefitBasis
    beneficiary_id: UUID | None
    group_id: UUID | None
    person_count: int
    category: ProjectCategory
    kind: BenefitKind
    given_on: date
    region_code: str
    title: str
    amount: MoneyOut
    quantity: int | None
    unit: str | None
    reference: str | None
    recorded_by: str
    created_at: datetime
    voided_at: datetime | None
    void_reason: str | None = Field(description="Null once the person has been erased.")

    @classmethod
    def of(cls, row: Benefit, void_reason: str | None) -> Self:
        """Return a benefit as JSON shows it, with why it was taken back if it was."""
        names = cls.model_fields.keys() - {"basis", "amount", "void_reason"}
        return cls(
            basis=BenefitBasis.counted_only if row.beneficiary_id is None else BenefitBasis.identified,
            amount=MoneyOut.of(row.amount_minor),
            void_reason=void_reason,
            **{name: getattr(row, name) for name in names},
        )


class BenefitSheetOut(BaseModel):
    """How much a list holds, and whether it was only tried."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"benefit_count": 120, "amount": {"amount": 24000000, "currency": "CNY"}, "dry_run": False}
        )
    )

    benefit_count: int
    amount: MoneyOut
    dry_run: bool
