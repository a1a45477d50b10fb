"""A plan as the authority's form, as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.filings import forms
from app.fundraising.models import Campaign, CampaignPartner, FundraisingPlan, LocalFiling
from app.fundraising.schemas.filings import examples
from app.kit.fields import shown


class PlanFormOut(BaseModel):
    """A plan in the form's seventeen fields and its partner's block; `too_long` is what one client cuts."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FORM))

    no: str | None
    name: str
    start_date: date
    end_date: date | None
    purpose_of_donation: str
    purpose_use: str
    support_project: str
    offsite_fundraising: bool
    recipient_scope: str
    recipient_num: str
    recipient_confirm_method: str
    fundras_target: str = Field(description="Yuan, with two decimals.")
    recipient_funding_desc: str
    implement_desc: str
    manage_cost_desc: str
    fundraising_cost: str
    remain_assets_desc: str
    has_partner: bool
    partner_type: str
    partner_name: str
    too_long: list[str]

    @classmethod
    def of(
        cls,
        campaign: Campaign,
        plan: FundraisingPlan,
        places: Sequence[LocalFiling],
        partners: Sequence[CampaignPartner],
    ) -> Self:
        """Return the form as JSON shows it."""
        fields: dict[str, Any] = forms.filled(campaign, plan, places) | forms.partner_block(partners)
        return cls(too_long=forms.too_long(fields), **fields)
