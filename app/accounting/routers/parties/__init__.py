"""The doors of those with whom money is exchanged."""

from fastapi import APIRouter

from app.accounting.routers.parties import counterparties, mandates, merchants

router = APIRouter()
for door in (counterparties, mandates, merchants):
    router.include_router(door.router)

__all__ = ["router"]
