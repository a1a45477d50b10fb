"""The doors of fundraising."""

from fastapi import APIRouter

from app.fundraising.routers import bank, campaigns, cash, corrections, donations, refunds

router = APIRouter()
for door in (campaigns, donations, corrections, refunds, bank, cash):
    router.include_router(door.router)

__all__ = ["router"]
