"""The public's door."""

from fastapi import APIRouter

from app.disclosure.routers import (
    assessments,
    calendars,
    campaigns,
    complaints,
    events,
    figures,
    gifts,
    governance,
    honours,
    late,
    naming,
    notes,
    obligations,
    open_data,
    projects,
    retention,
    rules,
)
from app.disclosure.routers.publications import drafts, news, publications
from app.kit.http.doors import LateRoute

router = APIRouter(prefix="/v1/disclosure", tags=["disclosure"], route_class=LateRoute)
# Drafts before publications: their path would be read as a publication's id.
for door in (drafts, publications, news):
    router.include_router(door.router)
router.include_router(news.reading)
for door in (campaigns, gifts, projects, calendars, obligations, rules, late, complaints, retention):
    router.include_router(door.router)
router.include_router(figures.router)
router.include_router(assessments.router)
for door in (events.public, events.desk, events.seats, events.initiatives):
    router.include_router(door.router)
router.routes.extend(governance.router.routes)
for door in (
    honours.public,
    honours.honours,
    honours.ambassadors,
    honours.commendations,
    honours.objections,
):
    router.include_router(door.router)
router.include_router(naming.router)
router.include_router(notes.router)
router.include_router(open_data.router)

__all__ = ["router"]
