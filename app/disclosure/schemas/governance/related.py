"""Related parties, what was dealt with them, and recusals as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.governance.related import Wanted
from app.disclosure.models import (
    CouncilRecusal,
    PartyKind,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
)
from app.disclosure.schemas.governance import related_examples as examples
from app.disclosure.schemas.governance.councils import OfOrganization
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown

_NAME = "Of an organization, or of a person who is no officer; an officer's is known."


def _copied(shape: type[BaseModel], row: object, *apart: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in shape.model_fields.keys() - {*apart}}


class RelatedPartyIn(Body):
    """Who is related to your organization, and how."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTY_IN))

    organization_id: UUID
    kind: PartyKind
    relation: RelationKind
    name: Line | None = Field(default=None, description=_NAME)
    officer_id: UUID | None = None
    counterparty_id: UUID | None = Field(default=None, description="As what your books pay it.")
    consented_on: Day | None = Field(default=None, description="A person or donor agrees to be named.")
    starts_on: Day
    ends_on: Day | None = None
    explanation: Words = Field(description="For the list to the authority; the public does not read it.")

    def person(self) -> str | None:
        """Return the name of a person, which is none of the row's."""
        return self.name if self.kind is PartyKind.person else None

    def as_party(self, by: str) -> RelatedParty:
        """Return the same as a row."""
        name = None if self.kind is PartyKind.person else self.name
        return RelatedParty(recorded_by=by, name=name, **self.model_dump(exclude={"explanation", "name"}))


class RelatedPartyEndIn(Body):
    """The last day on which a party was related."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTY_END))

    ends_on: Day


class RelatedConsentIn(Body):
    """Since when a party agrees to be named in public; null if it does no more."""

    model_config = ConfigDict(json_schema_extra=shown({"consented_on": None}))

    consented_on: Day | None


class RelatedPartyOut(BaseModel):
    """Who is related, as those read it who look after it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTY))

    id: UUID
    organization_id: UUID
    kind: PartyKind
    relation: RelationKind
    important: bool
    name: str | None
    officer_id: UUID | None
    counterparty_id: UUID | None
    consented_on: date | None
    starts_on: date
    ends_on: date | None
    explanation: str | None = Field(description="Null once the person was erased.")
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: RelatedParty, name: str | None, told: str | None) -> Self:
        """Return a related party as JSON shows it, with how it is related."""
        return cls(name=name, explanation=told, **_copied(cls, one, "name", "explanation"))


class PublicRelatedPartyOut(BaseModel):
    """An important related party as everybody may read it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTY_PUBLIC))

    id: UUID
    kind: PartyKind
    relation: RelationKind
    name: str | None = Field(description="Of a person or a donor only by law or by consent.")
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, one: RelatedParty, name: str | None) -> Self:
        """Return a related party as everybody may read it."""
        return cls(name=name, **_copied(cls, one, "name"))


class RelatedEventIn(Body):
    """What was dealt with a related party."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EVENT_IN))

    party_id: UUID
    kind: RelatedEventKind
    happened_on: Day
    amount: MoneyIn
    matter: Words = Field(description="What it was about. Everybody reads it: name nobody.")

    def as_event(self, party: RelatedParty, by: str) -> RelatedEvent:
        """Return the same as a row."""
        told = self.model_dump(include={"kind", "happened_on", "matter"})
        place, amount = party.organization_id, self.amount.amount
        return RelatedEvent(
            organization_id=place, party_id=party.id, amount_minor=amount, recorded_by=by, **told
        )


class RelatedWithdrawalIn(Body):
    """Why it was recorded by mistake."""

    model_config = ConfigDict(json_schema_extra=shown(examples.WITHDRAWAL))

    reason: Line


class RelatedEventOut(BaseModel):
    """What was dealt with a related party."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EVENT))

    id: UUID
    organization_id: UUID
    party_id: UUID
    kind: RelatedEventKind
    happened_on: date
    amount: MoneyOut
    matter: str
    recusal_missing: bool = Field(description="It is with an officer whose recusal nobody recorded.")
    recorded_by: str
    created_at: datetime
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawn_reason: str | None = Field(description="Null once the person was erased.")

    @classmethod
    def of(cls, one: RelatedEvent, why: str | None, *, missing: bool) -> Self:
        """Return what was dealt as JSON shows it, with why it was withdrawn."""
        told = _copied(cls, one, "amount", "recusal_missing", "withdrawn_reason")
        return cls(
            amount=MoneyOut.of(one.amount_minor), recusal_missing=missing, withdrawn_reason=why, **told
        )


class PublicRelatedEventOut(BaseModel):
    """What was dealt with an important related party, as everybody may read it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EVENT_PUBLIC))

    id: UUID
    party_id: UUID
    relation: RelationKind
    name: str | None
    kind: RelatedEventKind
    happened_on: date
    amount: MoneyOut
    matter: str

    @classmethod
    def of(cls, one: RelatedEvent, party: RelatedParty, name: str | None) -> Self:
        """Return what was dealt as everybody may read it."""
        names = ("id", "party_id", "kind", "happened_on", "matter")
        told = {field: getattr(one, field) for field in names}
        return cls(relation=party.relation, name=name, amount=MoneyOut.of(one.amount_minor), **told)


class CouncilRecusalIn(Body):
    """That an officer kept away from a decision."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECUSAL_IN))

    organization_id: UUID
    officer_id: UUID
    decided_on: Day
    meeting: Line
    decision: Line
    reason: Line
    event_id: UUID | None = Field(default=None, description="What was decided to be dealt.")
    payee_relation_id: UUID | None = Field(
        default=None, description="By which disbursements keep the same person away from a payee."
    )

    def as_recusal(self, by: str) -> CouncilRecusal:
        """Return the same as a row."""
        return CouncilRecusal(recorded_by=by, **self.model_dump(exclude={"reason"}))


class CouncilRecusalOut(BaseModel):
    """Who kept away from which decision."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECUSAL))

    id: UUID
    organization_id: UUID
    officer_id: UUID
    decided_on: date
    meeting: str
    decision: str
    reason: str | None = Field(description="Null once the person was erased.")
    event_id: UUID | None
    payee_relation_id: UUID | None
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, one: CouncilRecusal, why: str | None) -> Self:
        """Return a recusal as JSON shows it, with why."""
        return cls(reason=why, **_copied(cls, one, "reason"))


class RelatedQuery(OfOrganization):
    """Which of what was dealt with related parties to list."""

    party_id: UUID | None = None
    kind: RelatedEventKind | None = None
    happened_from: Day | None = None
    happened_to: Day | None = None

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        names = ("party_id", "kind", "happened_from", "happened_to")
        return Wanted(**{name: getattr(self, name) for name in names})
