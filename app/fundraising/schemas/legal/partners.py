"""Partners of joint fundraising and their supervision as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.filings.partners import AgreementClause
from app.fundraising.models import (
    Campaign,
    CampaignPartner,
    DonorKind,
    PartnerState,
    Supervision,
    SupervisionKind,
)
from app.fundraising.schemas.legal import examples
from app.kit.fields import Body, Day, Line, Words, shown


class PartnerEvaluationIn(Body):
    """The three sections of an evaluation report."""

    credit: Words
    ability: Words
    interest_relation: Words


class PartnerIn(Body):
    """Somebody to ask with, as evaluated."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTNER_IN))

    kind: DonorKind
    name: Line
    evaluation: PartnerEvaluationIn
    evaluated_on: Day
    evaluated_by: Line

    def as_partner(self, campaign: Campaign) -> CampaignPartner:
        """Return the same as a row; whether the name stands in it, the rule says."""
        return CampaignPartner(
            campaign_id=campaign.id,
            organization_id=campaign.organization_id,
            kind=self.kind,
            # Set by the rule for an organization; an individual's goes to the vault.
            name=self.name if self.kind is DonorKind.organization else None,
            evaluation=self.evaluation.model_dump(),
            evaluated_on=self.evaluated_on,
            evaluated_by=self.evaluated_by,
        )


class ClausesIn(Body):
    """The seven clauses of an agreement."""

    campaign_name: Words
    purpose: Words
    period: Words
    method: Words
    money_plan: Words
    rights_and_duties: Words
    liability_and_disputes: Words

    def as_clauses(self) -> dict[AgreementClause, str]:
        """Return the clauses by their names."""
        return {clause: getattr(self, clause.value) for clause in AgreementClause}


class PartnerAgreementIn(Body):
    """The agreement with a partner, as signed."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTNER_AGREEMENT_IN))

    clauses: ClausesIn
    signed_on: Day


class PartnerEndIn(Body):
    """That an agreement was ended, by which document."""

    model_config = ConfigDict(json_schema_extra=shown({"ended_on": "2026-09-01", "document": "终止协议书"}))

    ended_on: Day
    document: Line


class CampaignPartnerOut(BaseModel):
    """A partner of a campaign; an individual's name is told to those who may see people's data."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTNER_OUT))

    id: UUID
    campaign_id: UUID
    kind: DonorKind
    name: str | None
    evaluation: dict[str, str]
    evaluated_on: date
    evaluated_by: str
    state: PartnerState
    clauses: dict[str, str] | None
    signed_on: date | None
    ended_on: date | None
    ended_by_document: str | None
    created_at: datetime

    @classmethod
    def of(cls, partner: CampaignPartner, name: str | None = None) -> Self:
        """Return a partner as JSON shows it."""
        facts = {one: getattr(partner, one) for one in set(cls.model_fields) - {"name"}}
        return cls(name=partner.name or name, **facts)


class SupervisionIn(Body):
    """An entry of the supervision log."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SUPERVISION_IN))

    kind: SupervisionKind
    supervised_on: Day
    finding: Words

    def as_entry(self, partner: CampaignPartner, actor: str) -> Supervision:
        """Return the same as a row."""
        return Supervision(partner_id=partner.id, actor=actor, **dict(self))


class SupervisionOut(BaseModel):
    """An entry of the supervision log."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SUPERVISION_OUT))

    id: UUID
    kind: SupervisionKind
    supervised_on: date
    finding: str
    actor: str
    created_at: datetime
