"""API keys in JSON."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from app.organizations.models import KeyKind, Scope
from app.organizations.schemas.words import Line, Said, Told, example

_SAID = {"kind": "auditor", "name": "2026年度审计", "scopes": ["audit"], "expires_at": "2027-05-01T00:00:00Z"}
_SHOWN = _SAID | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007",
    "prefix": "9f86d081884c",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "first_year": 2026,
    "last_year": 2026,
    "made_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "created_at": "2026-05-01T00:00:00Z",
    "last_used_on": None,
    "revoked_at": None,
    "revoked_by": None,
}


class YearsIn(Said):
    """The years of the books that an auditor may read, the first and the last one included."""

    model_config = ConfigDict(json_schema_extra=example({"first": 2026, "last": 2026}))

    first: int = Field(ge=1900, le=2999)
    last: int = Field(ge=1900, le=2999)


class KeyIn(Said):
    """A key for a machine. A partner platform's keys are made where the platform is."""

    model_config = ConfigDict(json_schema_extra=example(_SAID))

    kind: Literal[KeyKind.auditor, KeyKind.service]
    name: Line = Field(description="Whose key it is, and for what.")
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    expires_at: AwareDatetime | None = Field(default=None, description="By default in a year.")
    years: YearsIn | None = Field(default=None, description="Of an auditor's mandate; all if absent.")


class KeyOut(Told):
    """A key, without its secret."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(_SHOWN))

    id: UUID
    prefix: str
    kind: KeyKind
    name: str
    scopes: list[Scope]
    organization_id: UUID | None
    expires_at: datetime
    first_year: int | None
    last_year: int | None
    made_by: str
    created_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None
    revoked_by: str | None


class KeyMade(Told):
    """A new key with its spelling, which is shown this once."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {"key": _SHOWN, "spelling": "zxl_9f86d081884c_q5nI3u0Xy1m1mA8l5XyW0f3n1m3p1k6xQy8cV9bR2aE"}
        )
    )

    key: KeyOut
    spelling: str = Field(description="Send it as `Authorization: Bearer`.")
