"""The doors of auditors, and of anyone who verifies the public log."""

from fastapi import APIRouter

from app.audit.routers import details, journal, log, registers

router = APIRouter()
for door in (registers, journal, details, log):
    router.include_router(door.router)

__all__ = ["router"]
