"""Forms: a plan as the authority's filing form wants it, in its seventeen fields and the partner's block."""

from collections.abc import Sequence

from app.fundraising.models import (
    Campaign,
    CampaignPartner,
    DonorKind,
    FundraisingPlan,
    LocalFiling,
    PartnerState,
)

LENGTHS = {
    "support_project": 100,
    "recipient_scope": 200,
    "recipient_num": 50,
    "recipient_confirm_method": 200,
    "recipient_funding_desc": 500,
    "implement_desc": 500,
    "manage_cost_desc": 500,
    "fundraising_cost": 800,
    "remain_assets_desc": 800,
}
"""How many characters one client of the filing site takes: told, not refused, as others may take more (C)."""


def filled(campaign: Campaign, plan: FundraisingPlan, places: Sequence[LocalFiling]) -> dict[str, object]:
    """Return the seventeen fields by the names that the form gives them."""
    return {
        "no": campaign.filing_no,
        "name": campaign.title,
        "start_date": campaign.starts_on,
        "end_date": campaign.ends_on,
        "purpose_of_donation": campaign.purpose,
        "purpose_use": plan.use_of_money,
        "support_project": plan.support_project,
        "offsite_fundraising": plan.offsite or bool(places),
        "recipient_scope": plan.beneficiary_scope,
        "recipient_num": "" if plan.beneficiary_count is None else str(plan.beneficiary_count),
        "recipient_confirm_method": plan.beneficiary_selection,
        # The form asks for yuan; ours are fen, so it is written out.
        "fundras_target": "" if campaign.target_minor is None else yuan(campaign.target_minor),
        "recipient_funding_desc": plan.grants_note,
        "implement_desc": plan.staff_cost_note,
        "manage_cost_desc": plan.management_cost_note,
        "fundraising_cost": plan.fundraising_cost,
        "remain_assets_desc": plan.remainder,
    }


PARTNER_TYPES = {DonorKind.organization: "不具有公开募捐资格的组织", DonorKind.individual: "个人"}


def partner_block(partners: Sequence[CampaignPartner]) -> dict[str, object]:
    """Return the partner's block: with whom the campaign asks; an individual's name stays in the vault."""
    bound = [one for one in partners if one.state is not PartnerState.ended]
    return {
        "has_partner": bool(bound),
        "partner_type": "、".join(dict.fromkeys(PARTNER_TYPES[one.kind] for one in bound)),
        "partner_name": "、".join(one.name for one in bound if one.name),
    }


def too_long(fields: dict[str, object]) -> list[str]:
    """Return the fields with more characters than that client takes."""
    return [name for name, limit in LENGTHS.items() if len(str(fields[name])) > limit]


def yuan(minor: int) -> str:
    """Return fen as yuan with two decimals."""
    return f"{minor // 100}.{minor % 100:02d}"
