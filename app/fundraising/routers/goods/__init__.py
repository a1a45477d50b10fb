"""The doors of gifts in kind."""

from fastapi import APIRouter

from app.fundraising.routers.goods import (
    collections,
    disposals,
    gifts,
    handouts,
    imports,
    lots,
    shipments,
    warehouses,
)

router = APIRouter()
for door in (warehouses, gifts, lots, handouts, shipments, disposals, imports, collections):
    router.include_router(door.router)

__all__ = ["router"]
