"""Tables of agreements: partners of joint fundraising, their supervision, and what donors agreed with us."""

import enum
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.donations import DonorKind
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX

# The sections and clauses that are mandatory, each a text that says something.
_SECTIONS = "array['credit', 'ability', 'interest_relation']"
_CLAUSES = (
    "array['campaign_name', 'purpose', 'period', 'method', 'money_plan', 'rights_and_duties',"
    " 'liability_and_disputes']"
)


class PartnerState(enum.StrEnum):
    """How far a partner has come: evaluated, bound by an agreement, or parted with."""

    evaluated = "evaluated"
    agreed = "agreed"
    ended = "ended"


class CampaignPartner(Record, Base):
    """Somebody without a certificate with whom a campaign asks; an individual's name is in the vault."""

    __tablename__ = "campaign_partners"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        CheckConstraint("(kind = 'individual') = (name is null)", name="name"),
        CheckConstraint(f"evaluation ?& {_SECTIONS}", name="evaluation"),
        CheckConstraint(f"clauses is null or clauses ?& {_CLAUSES}", name="clauses"),
        CheckConstraint("state = 'evaluated' or num_nulls(clauses, signed_on) = 0", name="agreed"),
        CheckConstraint("signed_on >= evaluated_on", name="order"),
        CheckConstraint("(state = 'ended') = (ended_on is not null)", name="ended"),
        # An agreement ends in writing only.
        CheckConstraint("(ended_on is null) = (ended_by_document is null)", name="in_writing"),
        Index("campaign_partners_campaign_id_idx", "campaign_id", "id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    kind: Mapped[DonorKind]
    evaluation: Mapped[dict[str, Any]] = mapped_column(JSONB)
    evaluated_on: Mapped[date]
    evaluated_by: Mapped[str]
    name: Mapped[str | None] = mapped_column(default=None)
    clauses: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    signed_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[PartnerState] = mapped_column(default=PartnerState.evaluated)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_by_document: Mapped[str | None] = mapped_column(default=None)


class SupervisionKind(enum.StrEnum):
    """How a lead organization guides and supervises its partner."""

    training = "training"
    inspection = "inspection"
    evaluation = "evaluation"
    audit = "audit"


class Supervision(Record, Base):
    """One entry of the supervision log: what was looked at or taught, and what came of it."""

    __tablename__ = "supervisions"
    __table_args__ = (Index("supervisions_partner_id_idx", "partner_id", "id"),)

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(CampaignPartner.id))
    kind: Mapped[SupervisionKind]
    supervised_on: Mapped[date]
    finding: Mapped[str]
    actor: Mapped[str]


class Domicile(enum.StrEnum):
    """Where a donor is at home, as the yearly report splits gifts."""

    mainland = "mainland"
    hk_mo_tw = "hk_mo_tw"
    overseas = "overseas"


class AgreementState(enum.StrEnum):
    """How far an agreement has come."""

    draft = "draft"
    signed = "signed"
    ended = "ended"


class DonationAgreement(Record, Base):
    """What a donor and we agreed in writing.

    Who the donor is, and what a reviewer said of their interests, stands in the vault under this row's id.
    """

    __tablename__ = "donation_agreements"
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name="donation_agreements_campaign_fkey",
        ),
        CheckConstraint(f"amount_minor between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("(state = 'draft') = (signed_on is null)", name="signed"),
        CheckConstraint("(state = 'ended') = (ended_on is not null)", name="ended"),
        CheckConstraint("not tobacco", name="tobacco"),
        CheckConstraint("sales_from is null or signed_on is null or signed_on <= sales_from", name="sales"),
        CheckConstraint("not state_owned or approval_reference is not null", name="state_owned"),
        CheckConstraint("domicile = 'mainland' or approval_reference is not null", name="foreign"),
        CheckConstraint("naming is null or naming_consented_on is not null", name="naming"),
        CheckConstraint("(reviewed_by is null) = (reviewed_on is null)", name="review"),
        CheckConstraint("reviewed_by <> prepared_by", name="reviewer"),
        # An interested person among the beneficiaries is a question that somebody answered.
        CheckConstraint(
            "state = 'draft' or not names_beneficiaries or disinterested is true", name="interest"
        ),
        CheckConstraint("commended_on is null or donor_asked_on <= commended_on", name="commendation"),
        CheckConstraint("commended_on is null or donor_asked_on is not null", name="asked"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    number: Mapped[str]
    donor_kind: Mapped[DonorKind]
    domicile: Mapped[Domicile]
    property_kind: Mapped[str]
    quantity: Mapped[str]
    quality: Mapped[str]
    use_of_property: Mapped[str]
    delivery_on: Mapped[date]
    prepared_by: Mapped[str]
    campaign_id: Mapped[UUID | None] = mapped_column(default=None)
    amount_minor: Mapped[int | None] = mapped_column(default=None)
    use_agreed: Mapped[bool] = mapped_column(default=False)
    names_beneficiaries: Mapped[bool] = mapped_column(default=False)
    tobacco: Mapped[bool] = mapped_column(default=False)
    sales_from: Mapped[date | None] = mapped_column(default=None)
    state_owned: Mapped[bool] = mapped_column(default=False)
    approval_reference: Mapped[str | None] = mapped_column(default=None)
    naming: Mapped[str | None] = mapped_column(default=None)
    naming_consented_on: Mapped[date | None] = mapped_column(default=None)
    disinterested: Mapped[bool | None] = mapped_column(default=None)
    reviewed_by: Mapped[str | None] = mapped_column(default=None)
    reviewed_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.draft)
    signed_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    donor_asked_on: Mapped[date | None] = mapped_column(default=None)
    commended_on: Mapped[date | None] = mapped_column(default=None)
