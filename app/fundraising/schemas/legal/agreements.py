"""Donation agreements as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import AgreementState, Domicile, DonationAgreement, DonorKind
from app.fundraising.schemas.legal import examples
from app.kit.fields import Body, Code, Day, Flag, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery


class DonationAgreementIn(Body):
    """What a donor and we settle in writing (Charity Law 39)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AGREEMENT_IN))

    organization_id: UUID
    number: Code
    donor_name: Line
    donor_kind: DonorKind
    domicile: Domicile
    property_kind: Line
    quantity: Line
    quality: Line
    use_of_property: Words
    delivery_on: Day
    campaign_id: UUID | None = None
    amount: MoneyIn | None = None
    use_agreed: Flag = Field(default=False, description="The donor is asked before the use changes.")
    names_beneficiaries: Flag = Field(default=False, description="Then a reviewer answers for them.")
    tobacco: Flag = Field(default=False, description="It would advertise tobacco.")
    sales_from: Day | None = Field(default=None, description="Since when the promised sales take place.")
    state_owned: Flag = False
    approval_reference: Line | None = Field(default=None, description="The state's approval or filing.")
    naming: Line | None = None
    naming_consented_on: Day | None = None

    def as_agreement(self, actor: str) -> DonationAgreement:
        """Return the same as a row; the donor's name is no part of it."""
        said = dict(self)
        del said["donor_name"]
        amount = said.pop("amount")
        return DonationAgreement(prepared_by=actor, amount_minor=amount and amount.amount, **said)


class AgreementReviewIn(Body):
    """A reviewer's answer: whether no interested person of the donor is a beneficiary."""

    model_config = ConfigDict(json_schema_extra=shown({"disinterested": True, "reason": "已核对受益人名单"}))

    disinterested: Flag
    reason: Words


class AgreementSignatureIn(Body):
    """When an agreement was signed."""

    model_config = ConfigDict(json_schema_extra=shown({"signed_on": "2026-05-20"}))

    signed_on: Day


class DonorCommendationIn(Body):
    """That a donor was commended in public, and when they were asked before."""

    model_config = ConfigDict(
        json_schema_extra=shown({"commended_on": "2026-07-01", "donor_asked_on": "2026-06-20"})
    )

    commended_on: Day
    donor_asked_on: Day | None = None


class AgreementQuery(PageQuery):
    """Which agreements to list."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    state: AgreementState | None = None
    domicile: Domicile | None = None


class DonationAgreementOut(BaseModel):
    """A donation agreement; the donor's name and the review's reason are told to those who may see donors."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AGREEMENT_OUT))

    id: UUID
    organization_id: UUID
    number: str
    donor_name: str | None
    donor_kind: DonorKind
    domicile: Domicile
    property_kind: str
    quantity: str
    quality: str
    use_of_property: str
    delivery_on: date
    campaign_id: UUID | None
    amount: MoneyOut | None
    use_agreed: bool
    names_beneficiaries: bool
    tobacco: bool
    sales_from: date | None
    state_owned: bool
    approval_reference: str | None
    naming: str | None
    naming_consented_on: date | None
    prepared_by: str
    disinterested: bool | None
    reviewed_by: str | None
    reviewed_on: date | None
    review_reason: str | None = Field(description="`null` to those who may not read donors.")
    state: AgreementState
    signed_on: date | None
    donor_asked_on: date | None
    commended_on: date | None
    created_at: datetime

    @classmethod
    def of(cls, agreement: DonationAgreement, name: str | None, why: str | None) -> Self:
        """Return an agreement as JSON shows it."""
        own = {"donor_name", "amount", "review_reason"}
        facts: dict[str, Any] = {one: getattr(agreement, one) for one in set(cls.model_fields) - own}
        minor = agreement.amount_minor
        amount = None if minor is None else MoneyOut.of(minor)
        return cls(donor_name=name, review_reason=why, amount=amount, **facts)
