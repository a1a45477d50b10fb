"""Tables of the ways of giving."""

from app.fundraising.models.ways.fundraisers import (
    Fundraiser,
    FundraiserDay,
    FundraiserKind,
    FundraisingTarget,
    GiftAttribution,
)
from app.fundraising.models.ways.giving_plans import (
    GivingPlan,
    GivingPlanChange,
    GivingPlanState,
    GivingPlanStep,
)
from app.fundraising.models.ways.matching import (
    GiftMatch,
    MatchingPayment,
    MatchingPool,
    PoolKind,
    ToldMatch,
)
from app.fundraising.models.ways.orders import DonationOrder, OrderState
from app.fundraising.models.ways.pledges import (
    EnforceableGround,
    Pledge,
    PledgeInstalment,
    PledgePayment,
    PledgeState,
)

__all__ = [
    "DonationOrder",
    "EnforceableGround",
    "Fundraiser",
    "FundraiserDay",
    "FundraiserKind",
    "FundraisingTarget",
    "GiftAttribution",
    "GiftMatch",
    "GivingPlan",
    "GivingPlanChange",
    "GivingPlanState",
    "GivingPlanStep",
    "MatchingPayment",
    "MatchingPool",
    "OrderState",
    "Pledge",
    "PledgeInstalment",
    "PledgePayment",
    "PledgeState",
    "PoolKind",
    "ToldMatch",
]
