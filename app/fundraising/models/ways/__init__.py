"""Tables of the ways of giving."""

from app.fundraising.models.ways.orders import DonationOrder, OrderState

__all__ = ["DonationOrder", "OrderState"]
