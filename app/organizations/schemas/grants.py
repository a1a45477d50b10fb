"""Grants and delegations in JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from app.kit.fields import Day
from app.kit.http.pages import PageQuery
from app.organizations.models import Role
from app.organizations.schemas.words import Line, Said, Told, example

_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0005"
_GIVEN = {"staff_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003", "role": "accountant", "exception_reason": None}
_LENT = {
    "delegate_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0001",
    "valid_from": "2026-05-01",
    "valid_to": "2026-12-31",
    "reason": "本会暂无专职会计",
}
_MADE = {"id": _ID, "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"}
_REVOCABLE = {"created_at": "2026-05-01T00:00:00Z", "revoked_at": None, "revoked_by": None}


class GrantIn(Said):
    """A role for a person."""

    model_config = ConfigDict(json_schema_extra=example(_GIVEN))

    staff_id: UUID
    role: Role
    exception_reason: Line | None = Field(
        default=None,
        description="Why one person may be two of accountant, reviewer and cashier here. Stays on record.",
    )


class GrantOut(Told):
    """A role that a person holds, or held."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(_GIVEN | _MADE | _REVOCABLE | {"given_by": f"staff:{_ID}"}),
    )

    id: UUID
    organization_id: UUID
    staff_id: UUID
    role: Role
    exception_reason: str | None
    given_by: str
    created_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None


class DelegationIn(Said):
    """Whose accountants may write in this member's books, and from which to which day."""

    model_config = ConfigDict(json_schema_extra=example(_LENT))

    delegate_id: UUID
    valid_from: Day
    valid_to: Day
    reason: Line


class DelegationOut(Told):
    """A delegation that is in force, will be, or was."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(_LENT | _MADE | _REVOCABLE | {"made_by": f"staff:{_ID}"}),
    )

    id: UUID
    organization_id: UUID
    delegate_id: UUID
    valid_from: date
    valid_to: date
    reason: str
    made_by: str
    created_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None


class RevocableQuery(PageQuery):
    """Which part of a list of things that can be revoked."""

    revoked: bool | None = Field(default=None, description="Only what was revoked, or only what was not.")


class GrantQuery(RevocableQuery):
    """Which grants."""

    staff_id: UUID | None = None
    role: Role | None = None
