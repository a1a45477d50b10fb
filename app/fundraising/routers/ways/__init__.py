"""The doors of the ways of giving."""

from fastapi import APIRouter

from app.fundraising.routers.ways import fundraisers, giving_plans, matching, orders, pledges

router = APIRouter()
for door in (orders, giving_plans, matching, pledges, fundraisers):
    router.include_router(door.router)

__all__ = ["router"]
