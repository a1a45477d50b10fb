"""The doors of the ways of giving."""

from app.fundraising.routers.ways import fundraisers, giving_plans, matching, orders, pledges
from app.kit.http.doors import joined

_DOORS = (orders, giving_plans, matching, pledges, fundraisers)
router = joined(door.router for door in _DOORS)

__all__ = ["router"]
