"""What may be done about campaigns and donations as they stand, in the words of `allowed_actions`."""

from app.fundraising.models import Campaign, CampaignState, Donation, DonationState
from app.organizations.access import Caller, Permission

_CHANGE = Permission.campaigns_change
_OF_A_CAMPAIGN = {
    CampaignState.draft: {"change": _CHANGE, "add_designation": _CHANGE, "open": _CHANGE},
    CampaignState.open: {
        "add_designation": _CHANGE,
        "close": _CHANGE,
        "record_donation": Permission.gifts_record,
    },
    CampaignState.closed: {},
}


def of_campaign(campaign: Campaign, caller: Caller) -> list[str]:
    """Return what a caller may do about a campaign."""
    return caller.allowed(_OF_A_CAMPAIGN[campaign.state], at=campaign.organization_id)


def of_donation(donation: Donation, caller: Caller) -> list[str]:
    """Return what a caller may do about a donation."""
    admitted: dict[str, Permission] = {}
    left = donation.refunded < donation.amount
    if donation.state is DonationState.posted and not donation.refunded:
        admitted["correct"] = Permission.gifts_correct
    if donation.state is DonationState.suspense and left:
        admitted["claim"] = Permission.suspense_claim
    if donation.state is not DonationState.voided and left:
        admitted["refund"] = Permission.refunds_record
    return caller.allowed(admitted, at=donation.organization_id)
