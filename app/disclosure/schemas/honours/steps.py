"""What is done about commendations, as JSON."""

import enum
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.honours.commendations import Approval
from app.disclosure.honours.errors import PartyOrGovernmentBody
from app.disclosure.models import AwardScheme, Nominee, NomineeKind
from app.disclosure.schemas.honours import examples
from app.kit.fields import Body, Day, Flag, Line, Words, shown, wrong
from app.kit.ids import new_id


class ApprovalIn(Body):
    """What has to be there before anything begins (民发〔2026〕31号)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.APPROVAL_IN))

    approval_document: Line
    list_item: Line = Field(description="The item's number in the list of approved projects.")
    rating: int = Field(strict=True, ge=1, le=5, description="The organization's own; 4A at least.")
    free_of_charge: Flag = Field(description="You declare that nobody pays for it.")

    def as_approval(self) -> Approval:
        """Return the same in the words of the rules."""
        return Approval(
            document=self.approval_document,
            list_item=self.list_item,
            rating=self.rating,
            free=self.free_of_charge,
        )


class NominatedBody(enum.StrEnum):
    """What a nominee is, or works for."""

    social_organization = "social_organization"
    enterprise = "enterprise"
    public_institution = "public_institution"
    community = "community"
    none = "none"
    party_or_government = "party_or_government"


class NomineeIn(Body):
    """Whom to commend, and for what."""

    model_config = ConfigDict(json_schema_extra=shown(examples.NOMINEE_IN))

    kind: NomineeKind
    name: Line
    body: NominatedBody = Field(description="What the unit is; of a person, what they lead.")
    merits: Words = Field(description="For what; of a person nothing by which they are known.")
    publish_consent: Flag = Field(default=False, description="A person agreed to be named in public.")

    @model_validator(mode="after")
    def _unit(self) -> Self:
        if self.kind is NomineeKind.unit and self.publish_consent:
            raise wrong("a unit is named anyway", "单位名称本来就公开")
        return self

    def as_nominee(self, scheme: AwardScheme, by: str, day: date) -> Nominee:
        """Return the same as a row; PartyOrGovernmentBody for whom the text forbids to commend."""
        if self.body is NominatedBody.party_or_government:
            raise PartyOrGovernmentBody
        unit = self.kind is NomineeKind.unit
        return Nominee(
            commendation_id=scheme.id,
            kind=self.kind,
            merits=self.merits,
            nominated_by=by,
            unit_name=self.name if unit else None,
            person_id=None if unit else new_id(),
            consented_on=day if self.publish_consent else None,
        )


class NomineeReviewIn(Body):
    """Whether a nominee is shortlisted."""

    model_config = ConfigDict(json_schema_extra=shown({"passed": True}))

    passed: Flag


class PublicityIn(Body):
    """From when to when everybody may object."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLICITY_IN))

    publicity_from: Day
    publicity_to: Day


class AwardObjectionIn(Body):
    """What somebody objects to; nobody has to say who they are."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OBJECTION_IN))

    nominee_id: UUID
    text: Words


class AwardObjectionReceivedOut(BaseModel):
    """That an objection was taken."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.OBJECTION_RECEIVED))

    id: UUID
    received_on: date


class AwardVerdictIn(Body):
    """Whether an objection is right: then the nominee is dropped."""

    model_config = ConfigDict(json_schema_extra=shown({"upheld": False}))

    upheld: Flag


class AwardDecisionIn(Body):
    """Who is commended, by which resolution."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DECISION_IN))

    nominee_ids: list[UUID] = Field(min_length=1, max_length=1000)
    resolution: Line


class AwardFilingIn(Body):
    """Where and under which number it was filed."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FILING_IN))

    filing_place: Line
    filing_number: Line
