"""Tables of the ways of giving."""

from app.fundraising.models.ways.giving_plans import (
    GivingPlan,
    GivingPlanChange,
    GivingPlanState,
    GivingPlanStep,
)
from app.fundraising.models.ways.orders import DonationOrder, OrderState

__all__ = [
    "DonationOrder",
    "GivingPlan",
    "GivingPlanChange",
    "GivingPlanState",
    "GivingPlanStep",
    "OrderState",
]
