"""The doors of accounting."""

from fastapi import APIRouter

from app.accounting.routers import channels

router = APIRouter()
for door in (channels,):
    router.include_router(door.router)

__all__ = ["router"]
