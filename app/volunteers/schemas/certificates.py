"""Certificates and star levels as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Line, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.persons import documents
from app.volunteers.models import Certificate, CertificateState
from app.volunteers.recognition.contents import Issuer
from app.volunteers.recognition.papers import KINDS, hours
from app.volunteers.schemas import examples

_NUMBER = "610100-FW-2026-00001"
_CODE = "7K2M9QRT4XV7K2M9QRT4"
_ISSUED: dict[str, Any] = {
    "id": examples.CERTIFICATE,
    "organization_id": examples.ORGANIZATION,
    "volunteer_id": examples.VOLUNTEER,
    "number": _NUMBER,
    "minutes": 210,
    "hours": "3.5",
    "record_count": 1,
    "served_from": "2026-06-06",
    "served_to": "2026-06-06",
    "issued_on": "2026-06-10",
    "state": "valid",
    "revoked_at": None,
    "revoked_reason": None,
    "replaced_by_id": None,
}


class IssuerIn(Body):
    """Who answers for a certificate; it is printed on it."""

    responsible: Line
    clerk: Line
    contact: Line
    notes: Words | None = None

    def issuer(self) -> Issuer:
        """Return the same in the words of the rules."""
        return Issuer(
            responsible=self.responsible,
            clerk=self.clerk,
            contact=self.contact,
            notes=self.notes or "",
        )


_ISSUER = {"responsible": "负责人", "clerk": "经办人", "contact": "029-00000000"}


class CertificateIn(IssuerIn):
    """What to certify: records that were confirmed, or all of a time."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "volunteer_id": examples.VOLUNTEER,
                "served_on_from": "2026-01-01",
                "served_on_to": "2026-12-31",
            }
            | _ISSUER
        )
    )

    organization_id: UUID
    volunteer_id: UUID
    served_on_from: Day | None = None
    served_on_to: Day | None = None


class RevocationIn(Body):
    """Why a certificate no longer holds; everybody who checks it reads that it does not."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "服务时间记录有误"}))

    reason: Words


class ReplacementIn(IssuerIn):
    """Why a certificate is replaced by a new one over the same records as they now are."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "服务时间更正"} | _ISSUER))

    reason: Words


class CertificateQuery(PageQuery):
    """Which certificates to list."""

    organization_id: UUID | None = None
    volunteer_id: UUID | None = None
    state: CertificateState | None = None
    year: Annotated[int, Field(ge=2000, le=2999)] | None = None


class CertificateOut(BaseModel):
    """A certificate as its organization keeps it; what it says of the person is on the paper."""

    model_config = ConfigDict(json_schema_extra=shown(_ISSUED))

    id: UUID
    organization_id: UUID
    volunteer_id: UUID
    number: str
    minutes: int
    hours: str
    record_count: int
    served_from: date
    served_to: date
    issued_on: date
    state: CertificateState
    revoked_at: datetime | None
    revoked_reason: str | None = Field(description="Null once the volunteer has been erased.")
    replaced_by_id: UUID | None

    @classmethod
    def of(cls, certificate: Certificate, why: str | None = None) -> Self:
        """Return a certificate as JSON shows it, with why it no longer holds."""
        copied = cls.model_fields.keys() - {"hours", "revoked_reason"}
        said: dict[str, Any] = {name: getattr(certificate, name) for name in copied}
        return cls(hours=hours(certificate.minutes), revoked_reason=why, **said)


class CertificateCheckIn(Body):
    """The number and the code on the paper."""

    model_config = ConfigDict(json_schema_extra=shown({"number": _NUMBER, "code": _CODE}))

    number: Annotated[Line, Field(max_length=100)]
    code: Annotated[Line, Field(max_length=40)]


class CheckedLineOut(BaseModel):
    """One line of a certificate."""

    on: date
    title: str
    place: str
    served_group: str
    minutes: int


class CertificateCheckOut(BaseModel):
    """What a certificate says, to whoever holds it, and whether it still holds; of the document a part."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "number": _NUMBER,
                "state": "valid",
                "revoked_at": None,
                "replaced_by_number": None,
                "organization": "西安市慈善会",
                "name": "志愿者0001",
                "document_kind": "居民身份证",
                "document_number": "110*************2X",
                "volunteer_number": examples.NUMBER,
                "hours": "3.5",
                "served_from": "2026-06-06",
                "served_to": "2026-06-06",
                "issued_on": "2026-06-10",
                "lines": [],
                "commitment": "00" * 32,
            }
        )
    )

    number: str
    state: CertificateState
    revoked_at: datetime | None
    replaced_by_number: str | None
    organization: str
    name: str
    document_kind: str
    document_number: str
    volunteer_number: str
    hours: str
    served_from: date
    served_to: date
    issued_on: date
    lines: list[CheckedLineOut]
    commitment: str = Field(description="Stands in the public log's leaf of this certificate.")

    @classmethod
    def of(cls, certificate: Certificate, said: dict[str, Any], replaced_by: str | None) -> Self:
        """Return what the paper says, and what became of it."""
        copied = ("organization", "name", "volunteer_number", "served_from", "served_to", "issued_on")
        return cls(
            number=certificate.number,
            state=certificate.state,
            revoked_at=certificate.revoked_at,
            replaced_by_number=replaced_by,
            document_kind=KINDS[said["document_kind"]],
            document_number=documents.masked(said["document_number"]),
            hours=hours(said["minutes"]),
            lines=said["lines"],
            commitment=certificate.commitment.hex(),
            **{name: said[name] for name in copied},
        )
