"""The doors of gifts in kind."""

from fastapi import APIRouter

from app.fundraising.routers.goods import gifts, handouts, lots, warehouses

router = APIRouter()
for door in (warehouses, gifts, lots, handouts):
    router.include_router(door.router)

__all__ = ["router"]
