"""Counts of beneficiaries as JSON."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Day, MoneyOut, shown
from app.organizations.schemas.words import RegionCode
from app.projects.beneficiaries.statistics import DEFINITION, DEFINITION_ZH, Figures, Span
from app.projects.models import BenefitBasis, BenefitKind, ProjectCategory
from app.projects.schemas.beneficiaries import examples


class BenefitStatisticsQuery(BaseModel):
    """Whole months of an organization with all below it, or of one project."""

    model_config = ConfigDict(extra="forbid")

    organization_id: UUID
    project_id: UUID | None = Field(default=None, description="This project of it alone.")
    month_from: Day | None = Field(default=None, description="Any day of the first month.")
    month_to: Day | None = Field(default=None, description="Any day of the last month.")
    region_code: RegionCode | None = Field(default=None, description="What was given there, or in it.")

    def span(self) -> Span:
        """Return the same in the words of the rules."""
        return Span(month_from=self.month_from, month_to=self.month_to)


class BenefitSum(BaseModel):
    """Person-times of one category, kind and basis."""

    category: ProjectCategory
    kind: BenefitKind
    basis: BenefitBasis
    person_times: int
    amount: MoneyOut


class BenefitStatistics(BaseModel):
    """How many people were helped, how often and with how much; the two bases are never added up."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"organization_id": examples.ORGANIZATION, "project_id": None, "region_code": None}
            | examples.STATISTICS
            | {"definition": DEFINITION, "definition_zh": DEFINITION_ZH}
        )
    )

    organization_id: UUID
    project_id: UUID | None
    region_code: str | None
    identified_person_count: int = Field(description="People, each once.")
    identified_person_times: int
    counted_only_person_times: int
    amount: MoneyOut
    sums: list[BenefitSum]
    definition: str = DEFINITION
    definition_zh: str = DEFINITION_ZH

    @classmethod
    def of(cls, asked: BenefitStatisticsQuery, figures: Figures) -> Self:
        """Return figures as JSON shows them."""
        times = dict.fromkeys(BenefitBasis, 0)
        for one in figures.sums:
            times[one.basis] += one.person_times
        return cls(
            organization_id=asked.organization_id,
            project_id=asked.project_id,
            region_code=asked.region_code,
            identified_person_count=figures.person_count,
            identified_person_times=times[BenefitBasis.identified],
            counted_only_person_times=times[BenefitBasis.counted_only],
            amount=MoneyOut.of(sum(one.amount_minor for one in figures.sums)),
            sums=[
                BenefitSum(
                    category=one.category,
                    kind=one.kind,
                    basis=one.basis,
                    person_times=one.person_times,
                    amount=MoneyOut.of(one.amount_minor),
                )
                for one in figures.sums
            ],
        )
