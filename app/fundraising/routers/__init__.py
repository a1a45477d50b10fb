"""The doors of fundraising."""

from fastapi import APIRouter

from app.fundraising.routers import bank, campaigns, cash, corrections, donations, me, refunds

router = APIRouter()
for door in (campaigns, donations, corrections, refunds, bank, cash, me):
    router.include_router(door.router)

__all__ = ["router"]
