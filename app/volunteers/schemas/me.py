"""A volunteer's own data as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import shown
from app.volunteers.models import ConsentKind, MemberRole
from app.volunteers.schemas import examples
from app.volunteers.schemas.certificate_requests import CertificateRequestOut
from app.volunteers.schemas.certificates import CertificateOut
from app.volunteers.schemas.check_ins import CheckInOut
from app.volunteers.schemas.experiences import CommendationOut, QualificationOut, TrainingOut
from app.volunteers.schemas.notices import VolunteerNoticeOut
from app.volunteers.schemas.records import EvaluationOut, ObjectionOut, RecordOut
from app.volunteers.schemas.sign_ups import InsuranceOut, SignUpOut


class VolunteerConsentOut(BaseModel):
    """A consent as it was given or withdrawn."""

    model_config = ConfigDict(from_attributes=True)

    kind: ConsentKind
    scopes: list[str]
    agreed_at: datetime


class EnrolmentOut(BaseModel):
    """An organization that the volunteer serves with."""

    model_config = ConfigDict(from_attributes=True)

    organization_id: UUID
    enrolled_on: date


class OwnMembershipOut(BaseModel):
    """A team that the volunteer belongs or belonged to."""

    model_config = ConfigDict(from_attributes=True)

    team_id: UUID
    role: MemberRole
    joined_on: date | None
    left_on: date | None


_EXPLAINED: Mapping[str, Any] = {
    "check_ins": CheckInOut,
    "certificate_requests": CertificateRequestOut,
    "certificates": CertificateOut,
}


class ExportOut(BaseModel):
    """Everything that is kept about a volunteer."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "person": {"name": "志愿者0001", "phone": "+8613800000001"},
                "codes": {"number": examples.NUMBER, "skills": ["first_aid"]},
                "consents": [],
                "organizations": [{"organization_id": examples.ORGANIZATION, "enrolled_on": "2026-05-01"}],
                "memberships": [],
                "policies": [],
                "sign_ups": [examples.SIGN_UP_OUT],
                "check_ins": [examples.CHECK_IN_OUT],
                "evaluations": [],
                "records": [examples.RECORD_OUT],
                "objections": [],
                "trainings": [],
                "qualifications": [],
                "commendations": [],
                "certificate_requests": [],
                "certificates": [],
                "notices": [],
            }
        )
    )

    person: dict[str, str] = Field(description="What lies under seal, in clear.")
    codes: dict[str, str | list[str] | date | datetime | None]
    consents: list[VolunteerConsentOut]
    organizations: list[EnrolmentOut]
    memberships: list[OwnMembershipOut]
    policies: list[InsuranceOut] = Field(description="The insurances that name the volunteer.")
    sign_ups: list[SignUpOut]
    check_ins: list[CheckInOut]
    evaluations: list[EvaluationOut] = Field(description="Of both sides; the words are under `person`.")
    records: list[RecordOut] = Field(description="Why any was set right is under `person`.")
    objections: list[ObjectionOut] = Field(description="What was said is under `person`.")
    trainings: list[TrainingOut]
    qualifications: list[QualificationOut]
    commendations: list[CommendationOut]
    certificate_requests: list[CertificateRequestOut]
    certificates: list[CertificateOut] = Field(description="What each says is under `person`.")
    notices: list[VolunteerNoticeOut]

    @classmethod
    def of(cls, found: Mapping[str, Any], language: str) -> Self:
        """Return what was found about a volunteer as JSON shows it."""
        shaped: dict[str, Any] = {
            name: [shape.of(one, found["why"].get(one.id)) for one in found[name]]
            for name, shape in _EXPLAINED.items()
        }
        shaped["notices"] = [VolunteerNoticeOut.of(one, language) for one in found["notices"]]
        return cls.model_validate({**found, **shaped})
