"""Certificates, platforms' standings and emergencies as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.filings import emergencies
from app.fundraising.models import (
    Emergency,
    FundraisingCertificate,
    PlatformStanding,
    StandingKind,
)
from app.fundraising.schemas.filings import examples
from app.kit.fields import Body, Code, Day, Line, Words, shown, wrong
from app.kit.http.pages import PageQuery


class FundraisingCertificateIn(Body):
    """A certificate for public fundraising (公开募捐资格证书)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CERTIFICATE_IN))

    organization_id: UUID
    number: Line
    authority: Line
    issued_on: Day

    def as_certificate(self, actor: str) -> FundraisingCertificate:
        """Return the same as a row."""
        return FundraisingCertificate(recorded_by=actor, **dict(self))


class FundraisingRevocationIn(Body):
    """That a certificate was revoked."""

    model_config = ConfigDict(json_schema_extra=shown({"revoked_on": "2026-06-01", "reason": "行政处罚决定"}))

    revoked_on: Day
    reason: Words


class FundraisingCertificateOut(BaseModel):
    """A certificate for public fundraising, with its end."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.CERTIFICATE_OUT))

    id: UUID
    organization_id: UUID
    number: str
    authority: str
    issued_on: date
    recorded_by: str
    revoked_on: date | None
    revoked_reason: str | None
    revoked_by: str | None
    created_at: datetime


class FundraisingRevocationOut(FundraisingCertificateOut):
    """A certificate that has ended, and the campaigns that stopped with it."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.CERTIFICATE_OUT
            | {
                "revoked_on": "2026-06-01",
                "revoked_reason": "行政处罚决定",
                "revoked_by": examples.REVIEWER,
                "stopped": [examples.CAMPAIGN],
            }
        )
    )

    stopped: list[UUID]


class CertificateQuery(PageQuery):
    """Which certificates to list."""

    organization_id: UUID | None = None
    revoked: bool | None = Field(default=None, description="Only those that ended, or only those in force.")


class StandingIn(Body):
    """As what a platform stands from when on: designated in a batch, or a mere way to pay."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STANDING_IN))

    kind: StandingKind
    valid_from: Day
    valid_to: Day | None = None
    batch: Line | None = None

    @model_validator(mode="after")
    def _designated_in_a_batch(self) -> Self:
        if (self.kind is StandingKind.designated) != (self.batch is not None):
            raise wrong(
                "a designated platform has the batch that designated it, another has none",
                "指定平台须注明其批次，其他平台不填",
            )
        return self


class StandingEndIn(Body):
    """The last day of a standing."""

    model_config = ConfigDict(json_schema_extra=shown({"valid_to": "2026-12-31"}))

    valid_to: Day


class StandingOut(BaseModel):
    """As what a platform stands from when until when."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.STANDING_OUT))

    id: UUID
    platform_id: UUID
    kind: StandingKind
    valid_from: date
    valid_to: date | None
    batch: str | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, standing: PlatformStanding) -> Self:
        """Return a standing as JSON shows it."""
        return cls.model_validate(standing)


class StandingQuery(PageQuery):
    """Which standings to list."""

    platform_id: UUID | None = None


class EmergencyIn(Body):
    """A response that the authority opened."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EMERGENCY_IN))

    organization_id: UUID
    code: Code
    title: Line
    response_level: Line
    opened_on: Day

    def as_emergency(self, actor: str) -> Emergency:
        """Return the same as a row."""
        return Emergency(actor=actor, **dict(self))


class EmergencyEndIn(Body):
    """On which day the authority closed its response."""

    model_config = ConfigDict(json_schema_extra=shown({"closed_on": "2026-08-20"}))

    closed_on: Day


class EmergencyOut(BaseModel):
    """An emergency for which the response was opened."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EMERGENCY_OUT))

    id: UUID
    organization_id: UUID
    code: str
    title: str
    response_level: str
    opened_on: date
    closed_on: date | None
    next_report_on: date | None = Field(description="By when receipts and uses are to be published next.")
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, emergency: Emergency) -> Self:
        """Return an emergency as JSON shows it; while it is open, a clock of five days runs."""
        plain = {name: getattr(emergency, name) for name in cls.model_fields if name != "next_report_on"}
        return cls(next_report_on=emergencies.next_report_on(emergency), **plain)
