"""Handovers in JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.kit.http.pages import PageQuery
from app.organizations.models import Handover, HandoverItem, HandoverSignature, HandoverState
from app.organizations.schemas.words import Said, Told, example

ITEMS_MAX = 1000
_LEAVER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003"
_SUCCESSOR = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004"
_GRANT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0005"
_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HANDOVER: dict[str, Any] = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a000b",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "leaver_id": _LEAVER,
    "state": "drafted",
    "digest": _DIGEST,
    "lines": [
        {
            "number": 1,
            "kind": "role",
            "subject_id": _GRANT,
            "title": "accountant",
            "successor_id": _SUCCESSOR,
        }
    ],
    "signatures": [{"staff_id": _LEAVER, "signed_at": "2026-05-01T02:00:00Z"}],
    "made_by": f"staff:{_SUCCESSOR}",
    "created_at": "2026-05-01T01:00:00Z",
    "ended_at": None,
    "ended_by": None,
}


class SuccessorIn(Said):
    """Who takes over one thing that does not go to the one who takes over the rest."""

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
    subject_id: UUID
    successor_id: UUID


class HandoverIn(Said):
    """Who leaves, and who takes over."""

    model_config = ConfigDict(json_schema_extra=example({"leaver_id": _LEAVER, "successor_id": _SUCCESSOR}))

    leaver_id: UUID
    successor_id: UUID = Field(description="Takes over whatever is not named in `others`.")
    others: list[SuccessorIn] = Field(default=[], max_length=ITEMS_MAX)

    def by_thing(self) -> dict[tuple[str, UUID], UUID]:
        """Return who takes over what, as the rules know it."""
        return {(one.kind, one.subject_id): one.successor_id for one in self.others}


class SignatureIn(Said):
    """The digest of the list that was read, as it was told."""

    model_config = ConfigDict(json_schema_extra=example({"digest": _DIGEST}))

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ItemOut(Told):
    """One line of the list."""

    number: int
    kind: str
    subject_id: UUID
    title: str
    successor_id: UUID


class SignatureOut(Told):
    """Who signed and when."""

    staff_id: UUID
    signed_at: datetime


class HandoverOut(BaseModel):
    """A list by which somebody leaves, and who has signed it."""

    model_config = ConfigDict(json_schema_extra=example(HANDOVER))

    id: UUID
    organization_id: UUID
    leaver_id: UUID
    state: HandoverState
    digest: str = Field(description="SHA-256 of the list in canonical JSON (RFC 8785).")
    lines: list[ItemOut]
    signatures: list[SignatureOut]
    made_by: str
    created_at: datetime
    ended_at: datetime | None
    ended_by: str | None

    @classmethod
    def of(
        cls, one: Handover, items: Sequence[HandoverItem], signatures: Sequence[HandoverSignature]
    ) -> Self:
        """Return a handover as JSON shows it."""
        return cls(
            id=one.id,
            organization_id=one.organization_id,
            leaver_id=one.leaver_id,
            state=one.state,
            digest=one.digest.hex(),
            lines=[ItemOut.model_validate(item) for item in items if item.handover_id == one.id],
            signatures=[
                SignatureOut.model_validate(made) for made in signatures if made.handover_id == one.id
            ],
            made_by=one.made_by,
            created_at=one.created_at,
            ended_at=one.ended_at,
            ended_by=one.ended_by,
        )


class HandoverQuery(PageQuery):
    """Which handovers."""

    leaver_id: UUID | None = None
    state: HandoverState | None = None
