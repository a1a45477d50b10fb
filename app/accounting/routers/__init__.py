"""The doors of accounting."""

from fastapi import APIRouter

from app.accounting.routers import (
    assets,
    bank,
    bank_lines,
    books,
    budgets,
    cash,
    channels,
    exchange,
    letters,
    netassets,
    numbers,
    reconciliations,
    schedules,
    templates,
    vouchers,
)

router = APIRouter()
for door in (
    channels,
    books,
    bank,
    bank_lines,
    reconciliations,
    cash,
    vouchers,
    templates,
    numbers,
    schedules,
    assets,
    budgets,
    letters,
    netassets,
    exchange,
):
    router.include_router(door.router)

__all__ = ["router"]
