"""The doors of the ways of giving."""

from fastapi import APIRouter

from app.fundraising.routers.ways import orders

router = APIRouter()
for door in (orders,):
    router.include_router(door.router)

__all__ = ["router"]
