"""The doors of accounting."""

from fastapi import APIRouter

from app.accounting.routers import books, channels

router = APIRouter()
for door in (channels, books):
    router.include_router(door.router)

__all__ = ["router"]
