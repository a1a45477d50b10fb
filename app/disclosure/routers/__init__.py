"""The public's door."""

from fastapi import APIRouter

from app.disclosure.routers import campaigns, gifts

router = APIRouter(prefix="/v1/disclosure", tags=["disclosure"])
for door in (campaigns, gifts):
    router.include_router(door.router)

__all__ = ["router"]
