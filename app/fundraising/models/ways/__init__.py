"""Tables of the ways of giving."""

from app.fundraising.models.ways.giving_plans import (
    GivingPlan,
    GivingPlanChange,
    GivingPlanState,
    GivingPlanStep,
)
from app.fundraising.models.ways.matching import GiftMatch, MatchingPayment, MatchingPool, PoolKind
from app.fundraising.models.ways.orders import DonationOrder, OrderState

__all__ = [
    "DonationOrder",
    "GiftMatch",
    "GivingPlan",
    "GivingPlanChange",
    "GivingPlanState",
    "GivingPlanStep",
    "MatchingPayment",
    "MatchingPool",
    "OrderState",
    "PoolKind",
]
