"""The public page: the account book as a person reads it."""

from fastapi import APIRouter, FastAPI

from app.kit.http.doors import LateRoute
from app.organizations.signin import public
from app.site import sheets
from app.site.routers import (
    briefs,
    campaigns,
    certificates,
    complaints,
    events,
    gifts,
    home,
    news,
    organizations,
    plain,
    projects,
    publications,
    ratios,
    robots,
    sign_ups,
)

router = APIRouter(dependencies=[public], include_in_schema=False, route_class=LateRoute)
_PAGES = (
    *(home, campaigns, projects, publications, organizations, briefs, ratios, events, news),
    *(sign_ups, complaints, gifts, certificates, plain, robots),
)
for page in _PAGES:
    router.include_router(page.router)


def install(app: FastAPI, *, demo: bool) -> None:
    """Add the page to an application, after everything else; with `demo` every page bears the banner."""
    app.state.demo = demo
    app.include_router(router)
    sheets.tell_strays(app)


__all__ = ["install", "router"]
