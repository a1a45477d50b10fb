"""The doors of auditors, and of anyone who verifies the public log."""

from fastapi import APIRouter

from app.audit.routers import log, registers

router = APIRouter()
for door in (registers, log):
    router.include_router(door.router)

__all__ = ["router"]
