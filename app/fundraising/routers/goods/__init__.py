"""The doors of gifts in kind."""

from app.fundraising.routers.goods import (
    collections,
    disposals,
    gifts,
    handouts,
    imports,
    lots,
    moves,
    requests,
    shipments,
    warehouses,
)
from app.kit.http.doors import joined

_DOORS = (warehouses, gifts, lots, handouts, requests, moves, shipments, disposals, imports, collections)
router = joined(door.router for door in _DOORS)

__all__ = ["router"]
