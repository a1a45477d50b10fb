"""The doors of the project database."""

from app.kit.http.doors import joined
from app.projects.routers import beneficiaries, budgets, progress, register, sheets, sites

_PARTS = (register, budgets, sites, progress, beneficiaries)
# Registered in this order: an address that begins with a project's id comes last.
router = joined([*(part.nouns for part in _PARTS), sheets.router, *(part.router for part in _PARTS)])

__all__ = ["router"]
