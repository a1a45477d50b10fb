"""The public's door."""

from fastapi import APIRouter

from app.disclosure.routers import campaigns, gifts, late, obligations, rules

router = APIRouter(prefix="/v1/disclosure", tags=["disclosure"])
for door in (campaigns, gifts, obligations, rules, late):
    router.include_router(door.router)

__all__ = ["router"]
