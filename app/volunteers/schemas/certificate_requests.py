"""Requests for certificates as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.clock import today
from app.kit.fields import Body, Day, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.volunteers.models import CertificateRequestState, RequestedCertificate
from app.volunteers.schemas import examples
from app.volunteers.schemas.certificates import IssuerIn

_REQUEST = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3701"
_ASKED: dict[str, Any] = {
    "id": _REQUEST,
    "organization_id": examples.ORGANIZATION,
    "volunteer_id": examples.VOLUNTEER,
    "served_on_from": "2026-01-01",
    "served_on_to": "2026-06-30",
    "state": "open",
    "asked_at": examples.MOMENT,
    "due_on": "2026-07-11",
    "overdue": False,
    "answered_at": None,
    "refused_reason": None,
    "certificate_id": None,
}


class CertificateRequestIn(Body):
    """From which organization a certificate is wanted, and on which time; all of it unless it is said."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "served_on_from": "2026-01-01",
                "served_on_to": "2026-06-30",
            }
        )
    )

    organization_id: UUID
    served_on_from: Day | None = None
    served_on_to: Day | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.served_on_from and self.served_on_to and self.served_on_to < self.served_on_from:
            raise wrong("served_on_to is before served_on_from", "served_on_to 早于 served_on_from")
        return self


class RequestedCertificateIn(IssuerIn):
    """Who answers for the certificate that was asked for."""

    model_config = ConfigDict(
        json_schema_extra=shown({"responsible": "负责人", "clerk": "经办人", "contact": "029-00000000"})
    )


class RequestRefusalIn(Body):
    """Why no certificate is issued; the volunteer reads it."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "该时段记录正在更正，更正后请重新申请"}))

    reason: Words


class CertificateRequestQuery(PageQuery):
    """Which requests to list."""

    organization_id: UUID | None = None
    volunteer_id: UUID | None = None
    state: CertificateRequestState | None = None
    due_on_to: Day | None = None


class CertificateRequestOut(BaseModel):
    """A request for a certificate, and how it was answered."""

    model_config = ConfigDict(json_schema_extra=shown(_ASKED))

    id: UUID
    organization_id: UUID
    volunteer_id: UUID
    served_on_from: date | None
    served_on_to: date | None
    state: CertificateRequestState
    asked_at: datetime
    due_on: date = Field(description="Ten days after it was asked: the federation's own term.")
    overdue: bool = Field(description="Open, and the term is over.")
    answered_at: datetime | None
    refused_reason: str | None = Field(description="Null once the volunteer has been erased.")
    certificate_id: UUID | None

    @classmethod
    def of(cls, request: RequestedCertificate, why: str | None = None) -> Self:
        """Return a request as JSON shows it, with why it was refused."""
        said: dict[str, Any] = {name: getattr(request, name) for name in _COPIED}
        late = request.state is CertificateRequestState.open and request.due_on < today()
        return cls(asked_at=request.created_at, overdue=late, refused_reason=why, **said)


_COPIED = (
    *("id", "organization_id", "volunteer_id", "served_on_from", "served_on_to", "state", "due_on"),
    *("answered_at", "certificate_id"),
)
