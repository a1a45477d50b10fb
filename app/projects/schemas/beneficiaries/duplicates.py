"""Checks for help that was given already, as JSON."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Day, Flag, MoneyOut, shown
from app.projects.beneficiaries.duplicates import Received, Wanted
from app.projects.models import BenefitKind, ProjectCategory
from app.projects.schemas.beneficiaries import examples
from app.projects.schemas.beneficiaries.persons import BeneficiaryLookUpIn


class DuplicateCheckIn(BeneficiaryLookUpIn):
    """Whom somebody is about to help, and for which organization."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "document_kind": "resident_id",
                "document_number": "11010519491231002X",
                "given_on_from": "2026-01-01",
            }
        )
    )

    organization_id: UUID = Field(description="For which organization you look; the look is logged there.")
    given_on_from: Day | None = None
    category: ProjectCategory | None = None
    household: Flag = Field(default=True, description="With what others of the household got.")

    def as_wanted(self) -> Wanted:
        """Return which help matters, in the words of the rules."""
        return Wanted(since=self.given_on_from, category=self.category, household=self.household)


class HelpReceivedOut(BaseModel):
    """Help that was given already: what and where; not to whom, and not who asked."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECEIVED))

    organization_id: UUID
    organization_name: str
    project_code: str
    project_title: str
    category: ProjectCategory
    kind: BenefitKind
    given_on: date
    title: str
    amount: MoneyOut
    same_person: bool = Field(description="Or else somebody of the same household.")

    @classmethod
    def of(cls, one: Received) -> Self:
        """Return help as JSON shows it."""
        names = cls.model_fields.keys() - {"amount"}
        return cls(amount=MoneyOut.of(one.amount_minor), **{name: getattr(one, name) for name in names})


class DuplicateCheckOut(BaseModel):
    """What somebody has received anywhere in the federation, the latest first."""

    model_config = ConfigDict(json_schema_extra=shown({"received": [examples.RECEIVED]}))

    received: list[HelpReceivedOut]
