"""Audits of a year's accounts, and cooperation abroad, as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import AnnualAudit, AuditOpinion, ForeignCooperation
from app.disclosure.schemas.governance import report_examples as examples
from app.disclosure.schemas.governance.councils import Documents
from app.disclosure.schemas.governance.pay import Year
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown


class AnnualAuditIn(Body):
    """The audit of a year's accounts; whoever signed for the firm is named in its report alone."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AUDIT_IN))

    organization_id: UUID
    year: Year
    firm: Line
    report_no: Line
    opinion: AuditOpinion
    signed_on: Day
    documents: Documents = Field(default_factory=list[UUID])

    def as_audit(self, by: str) -> AnnualAudit:
        """Return the same as a row, which is given its version when it is kept."""
        said = {name: value for name, value in dict(self).items() if name != "documents"}
        return AnnualAudit(version=0, recorded_by=by, **said)


class AnnualAuditOut(BaseModel):
    """The audit of a year's accounts."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AUDIT))

    id: UUID
    organization_id: UUID
    year: int
    version: int = Field(description="The highest of a year counts.")
    firm: str
    report_no: str
    opinion: AuditOpinion
    signed_on: date
    documents: list[UUID]
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: AnnualAudit, files: Sequence[UUID]) -> Self:
        """Return an audit as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "documents"}
        return cls(documents=list(files), **told)


class ForeignCooperationLineIn(Body):
    """One cooperation with somebody abroad."""

    partner: Line | None = Field(default=None, description="An organization's name; of a person none.")
    place: Line = Field(description="The country or region.")
    matter: Words
    amount: MoneyIn | None = Field(default=None, description="What was received or paid, if anything.")


class ForeignCooperationIn(Body):
    """A year's cooperation with organizations and persons abroad; no line: there was none."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COOPERATION_IN))

    organization_id: UUID
    year: Year
    lines: list[ForeignCooperationLineIn] = Field(max_length=100)

    def as_list(self, by: str) -> ForeignCooperation:
        """Return the same as a row, which is given its version when it is kept."""
        lines: list[dict[str, Any]] = [
            {
                "partner": one.partner,
                "place": one.place,
                "matter": one.matter,
                "amount_minor": one.amount and one.amount.amount,
            }
            for one in self.lines
        ]
        return ForeignCooperation(
            organization_id=self.organization_id, year=self.year, version=0, lines=lines, recorded_by=by
        )


class ForeignCooperationLineOut(BaseModel):
    """One cooperation with somebody abroad."""

    partner: str | None
    place: str
    matter: str
    amount: MoneyOut | None


class ForeignCooperationOut(BaseModel):
    """A year's cooperation with organizations and persons abroad."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COOPERATION))

    id: UUID
    organization_id: UUID
    year: int
    version: int = Field(description="The highest of a year counts.")
    lines: list[ForeignCooperationLineOut]
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: ForeignCooperation) -> Self:
        """Return a year's cooperation as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "lines"}
        return cls(lines=[_line(line) for line in one.lines], **told)


def _line(line: dict[str, Any]) -> ForeignCooperationLineOut:
    amount = line["amount_minor"]
    return ForeignCooperationLineOut(
        partner=line["partner"],
        place=line["place"],
        matter=line["matter"],
        amount=None if amount is None else MoneyOut.of(amount),
    )
