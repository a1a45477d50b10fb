"""The doors of fundraising."""

from fastapi import APIRouter

from app.fundraising.routers import bank, campaigns, cash, corrections, donations, me, refunds, ways

router = APIRouter()
for door in (campaigns, donations, corrections, refunds, bank, cash, me, ways):
    router.include_router(door.router)

__all__ = ["router"]
