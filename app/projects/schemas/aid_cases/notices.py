"""What everybody reads of aid cases, and what is told before anything is granted, as JSON."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import MoneyOut, shown
from app.projects.models import AidCase, AidNotice
from app.projects.schemas.aid_cases import examples
from app.projects.schemas.beneficiaries.duplicates import HelpReceivedOut


class AidCaseCheckOut(BaseModel):
    """What a case's person or household has received anywhere, the latest first."""

    model_config = ConfigDict(
        json_schema_extra=shown({"checked_at": examples.MOMENT, "open_case_count": 0, "received": []})
    )

    checked_at: datetime
    open_case_count: int = Field(description="Other cases of the person anywhere that are not over.")
    received: list[HelpReceivedOut]


class PublicAidNotice(BaseModel):
    """A decision that stands open to objections: what is given by whom, and nobody's name."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLIC_NOTICE))

    number: str
    organization_name: str
    project_title: str
    amount: MoneyOut
    starts_on: date
    ends_on: date
    place: str
    contact: str

    @classmethod
    def of(cls, notice: AidNotice, case: AidCase, organization_name: str, project_title: str) -> Self:
        """Return a notice as everybody reads it."""
        return cls(
            number=case.number,
            organization_name=organization_name,
            project_title=project_title,
            amount=MoneyOut.of(case.amount_minor or 0),
            starts_on=notice.starts_on,
            ends_on=notice.ends_on,
            place=notice.place,
            contact=notice.contact,
        )
