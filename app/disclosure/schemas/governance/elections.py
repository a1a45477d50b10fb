"""Audits, elections and registrations as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.governance.elections import NewTerm, Vote
from app.disclosure.models import (
    ChangeMatter,
    ChangeRegistration,
    CouncilBody,
    CouncilElection,
    ElectionKind,
    PreElectionAudit,
)
from app.disclosure.schemas.governance import examples
from app.disclosure.schemas.governance.councils import Documents
from app.kit.fields import Body, Day, Line, Words, shown

People = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class PreElectionAuditIn(Body):
    """An audit of the finances before an election."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AUDIT_IN))

    organization_id: UUID
    auditor: Line
    report_no: Line
    period_from: Day
    period_to: Day
    reported_on: Day
    finding: Words
    documents: Documents = Field(default_factory=list[UUID])

    def as_audit(self, by: str) -> PreElectionAudit:
        """Return the same as a row."""
        said = {name: value for name, value in dict(self).items() if name != "documents"}
        return PreElectionAudit(recorded_by=by, **said)


class PreElectionAuditOut(BaseModel):
    """An audit of the finances before an election."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AUDIT))

    id: UUID
    organization_id: UUID
    auditor: str
    report_no: str
    period_from: date
    period_to: date
    reported_on: date
    finding: str
    documents: list[UUID]
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: PreElectionAudit, files: Sequence[UUID]) -> Self:
        """Return an audit as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "documents"}
        return cls(documents=list(files), **told)


class NewTermIn(Body):
    """The days of the term that a re-election begins."""

    starts_on: Day
    ends_on: Day


class ElectionIn(Body):
    """An election as it was held."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ELECTION_IN))

    organization_id: UUID
    kind: ElectionKind
    body: CouncilBody
    held_on: Day
    meeting: Line
    entitled_count: People = Field(description="Who might vote.")
    present_count: People
    in_favour_count: People
    audit_id: UUID | None = Field(default=None, description="Without it only a seat may be filled.")
    term: NewTermIn | None = Field(default=None, description="With a re-election alone.")

    def as_vote(self) -> Vote:
        """Return the same in the words of the rules."""
        names = set(type(self).model_fields) - {"organization_id", "term"}
        return Vote(**{name: getattr(self, name) for name in names})

    def begins(self) -> NewTerm | None:
        """Return the term that it begins, if it does."""
        return self.term and NewTerm(starts_on=self.term.starts_on, ends_on=self.term.ends_on)


class ElectionOut(BaseModel):
    """An election, and the term that it began or filled."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.ELECTION))

    id: UUID
    organization_id: UUID
    kind: ElectionKind
    body: CouncilBody
    term_id: UUID
    held_on: date
    meeting: str
    entitled_count: int
    present_count: int
    in_favour_count: int
    audit_id: UUID | None
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: CouncilElection) -> Self:
        """Return an election as JSON shows it."""
        return cls.model_validate(one)


class ChangeRegistrationIn(Body):
    """That a change was applied for with the authority."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REGISTRATION_IN))

    organization_id: UUID
    matter: ChangeMatter
    decided_on: Day
    authority: Line
    filed_on: Day

    def as_change(self, by: str) -> ChangeRegistration:
        """Return the same as a row."""
        return ChangeRegistration(recorded_by=by, **dict(self))


class ChangeCompletionIn(Body):
    """When and under which number the authority registered a change."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COMPLETION_IN))

    registered_on: Day
    reference: Line


class ChangeRegistrationOut(BaseModel):
    """A change that was applied for, and whether it is registered."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.REGISTRATION))

    id: UUID
    organization_id: UUID
    matter: ChangeMatter
    decided_on: date
    authority: str
    filed_on: date
    registered_on: date | None
    reference: str | None
    recorded_by: str
    created_at: datetime
