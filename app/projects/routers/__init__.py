"""The doors of the project database."""

from app.kit.http.doors import joined
from app.projects.routers import (
    aid_cases,
    beneficiaries,
    budgets,
    progress,
    register,
    sheets,
    sites,
    villages,
)

_PARTS = (register, budgets, sites, progress, beneficiaries)
_ASIDE = (sheets.router, aid_cases.router, villages.router)
# Registered in this order: an address that begins with a project's id comes last.
router = joined([*(part.nouns for part in _PARTS), *_ASIDE, *(part.router for part in _PARTS)])

__all__ = ["router"]
