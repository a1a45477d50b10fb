"""The doors of accounting."""

from fastapi import APIRouter

from app.accounting.routers import bank, bank_lines, books, cash, channels, reconciliations

router = APIRouter()
for door in (channels, books, bank, bank_lines, reconciliations, cash):
    router.include_router(door.router)

__all__ = ["router"]
