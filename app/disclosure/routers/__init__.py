"""The public's door."""

from fastapi import APIRouter

from app.disclosure.routers import (
    calendars,
    campaigns,
    complaints,
    events,
    figures,
    gifts,
    governance,
    late,
    obligations,
    projects,
    rules,
)

router = APIRouter(prefix="/v1/disclosure", tags=["disclosure"])
for door in (campaigns, gifts, projects, calendars, obligations, rules, late, complaints):
    router.include_router(door.router)
router.include_router(figures.router)
for door in (events.public, events.desk, events.seats, events.initiatives):
    router.include_router(door.router)
router.routes.extend(governance.router.routes)

__all__ = ["router"]
