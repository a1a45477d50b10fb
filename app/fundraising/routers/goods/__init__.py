"""The doors of gifts in kind."""

from app.fundraising.routers.goods import (
    collections,
    disposals,
    gifts,
    handouts,
    imports,
    lots,
    moves,
    shipments,
    warehouses,
)
from app.kit.http.doors import joined

_DOORS = (warehouses, gifts, lots, handouts, moves, shipments, disposals, imports, collections)
router = joined(door.router for door in _DOORS)

__all__ = ["router"]
