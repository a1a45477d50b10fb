"""Tables of fundraising."""

from app.fundraising.models.campaigns import (
    Campaign,
    CampaignDay,
    CampaignDonor,
    CampaignState,
    CampaignTotal,
    Designation,
)
from app.fundraising.models.donations import (
    Correction,
    Dispute,
    DisputeState,
    Donation,
    DonationState,
    Donor,
    DonorKind,
    PartnerGift,
    Refund,
    RefundReason,
    RefundState,
)
from app.fundraising.models.imports import Import, ImportRow
from app.fundraising.models.ways import DonationOrder, OrderState

__all__ = [
    "Campaign",
    "CampaignDay",
    "CampaignDonor",
    "CampaignState",
    "CampaignTotal",
    "Correction",
    "Designation",
    "Dispute",
    "DisputeState",
    "Donation",
    "DonationOrder",
    "DonationState",
    "Donor",
    "DonorKind",
    "Import",
    "ImportRow",
    "OrderState",
    "PartnerGift",
    "Refund",
    "RefundReason",
    "RefundState",
]
