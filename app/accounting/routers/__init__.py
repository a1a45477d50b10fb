"""The doors of accounting."""

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
from app.kit.http.doors import joined

_DOORS = (
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
)
router = joined(door.router for door in _DOORS)

AUDIT = "/v1/audit/organizations/{organization_id}"
audited = joined([books.door(AUDIT, "audit", "audited_"), months.history(AUDIT, "audit", "audited_")])
"""What auditors read with the same functions, at a door of their own."""

__all__ = ["audited", "router"]
