"""The doors of those with whom money is exchanged."""

from app.accounting.routers.parties import counterparties, mandates, merchants
from app.kit.http.doors import joined

_DOORS = (counterparties, mandates, merchants)
router = joined(door.router for door in _DOORS)

__all__ = ["router"]
