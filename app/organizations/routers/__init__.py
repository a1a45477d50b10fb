"""The doors of organizations and access."""

from fastapi import APIRouter

from app.kit.http.doors import LateRoute
from app.organizations.routers import (
    accesses,
    approvals,
    attachments,
    delegations,
    deputies,
    desk,
    factors,
    grants,
    handovers,
    job_runs,
    keys,
    organizations,
    people,
    policies,
    populations,
    regions,
    signin,
    visits,
)

router = APIRouter(prefix="/v1", route_class=LateRoute)
for door in (
    signin,
    visits,
    regions,
    populations,
    organizations,
    people,
    grants,
    keys,
    delegations,
    accesses,
    attachments,
    job_runs,
):
    router.include_router(door.router)
for door in (approvals, policies, deputies, desk, factors, handovers):
    router.include_router(door.router)

__all__ = ["router"]
