"""The doors of auditors, and of anyone who verifies the public log."""

from fastapi import APIRouter

from app.accounting.routers import audited
from app.audit.routers import details, journal, log, packs, registers, sources
from app.audit.routers.pulls import recorded

router = APIRouter()
for door in (registers.router, journal.router, details.router, sources.router, packs.router, audited):
    router.include_router(door, dependencies=[recorded])
router.include_router(log.router)

__all__ = ["router"]
