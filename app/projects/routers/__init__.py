"""The doors of the project database."""

from app.kit.http.doors import joined
from app.projects.routers import (
    aid_cases,
    beneficiaries,
    budgets,
    disbursements,
    progress,
    register,
    sheets,
    sites,
    transfers,
    villages,
)

_PARTS = (register, budgets, sites, progress, beneficiaries)
_ASIDE = (disbursements, transfers, sheets, aid_cases, villages)
# Registered in this order: an address that begins with a project's id comes last.
router = joined(
    [*(part.nouns for part in _PARTS), *(part.router for part in _ASIDE), *(part.router for part in _PARTS)]
)

__all__ = ["router"]
