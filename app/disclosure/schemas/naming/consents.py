"""What people said of being named in public, as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import NamedKind
from app.disclosure.naming.consents import Word
from app.kit.clock import today
from app.kit.fields import Body, Day, Line, shown
from app.kit.http.pages import PageQuery

_WORD = {"told_on": "2026-05-06", "evidence": "书面同意书，编号2026-017"}
_CONSENT = _WORD | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0941",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "kind": "speaker",
    "subject_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0913",
    "agreed": True,
    "recorded_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "created_at": "2026-05-06T02:00:00Z",
}
_SHOWN = "What shows it: a letter, a form, a recording; no name, and nothing by which they are known."


class NamingConsentIn(Body):
    """That somebody agrees to be named in public, told on a day."""

    model_config = ConfigDict(json_schema_extra=shown(_WORD))

    told_on: Day
    evidence: Line = Field(description=_SHOWN)

    def as_word(self) -> Word:
        """Return the same in the words of the rules."""
        return Word(self.told_on, self.evidence)


class NamingWithdrawalIn(Body):
    """That somebody does not agree any more; it counts whether or not anything shows it."""

    model_config = ConfigDict(json_schema_extra=shown(_WORD))

    told_on: Day | None = Field(default=None, description="Today if it is not said.")
    evidence: Line | None = Field(default=None, description=_SHOWN)

    def as_word(self) -> Word:
        """Return the same in the words of the rules."""
        return Word(self.told_on or today(), self.evidence)


class NamingConsentQuery(PageQuery):
    """Whose words to list."""

    kind: NamedKind | None = None
    subject_id: UUID | None = None


class NamingConsentOut(BaseModel):
    """What somebody said of being named, who wrote it down, and what shows it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_CONSENT))

    id: UUID
    organization_id: UUID
    kind: NamedKind
    subject_id: UUID
    agreed: bool
    told_on: date
    evidence: str | None = Field(description="Null of what was said as they were recorded, or not shown.")
    recorded_by: str
    created_at: datetime


def said(body: NamingWithdrawalIn | None) -> Word:
    """Return the word of a withdrawal; without a body it was told today."""
    return (body or NamingWithdrawalIn()).as_word()
