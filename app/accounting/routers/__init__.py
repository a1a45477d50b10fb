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
    charts,
    documents,
    exchange,
    letters,
    months,
    netassets,
    numbers,
    openings,
    parties,
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
    documents,
    templates,
    numbers,
    schedules,
    assets,
    budgets,
    letters,
    netassets,
    exchange,
    openings,
    months,
    charts,
    parties,
):
    router.include_router(door.router)

AUDIT = "/v1/audit/organizations/{organization_id}"
audited = APIRouter()
"""What auditors read with the same functions, at a door of their own."""

audited.include_router(books.door(AUDIT, "audit", "audited_"))
audited.include_router(months.history(AUDIT, "audit", "audited_"))

__all__ = ["audited", "router"]
