"""The doors of organizations and access."""

from fastapi import APIRouter

from app.organizations.routers import (
    approvals,
    delegations,
    deputies,
    grants,
    keys,
    organizations,
    people,
    policies,
    regions,
    signin,
)

router = APIRouter(prefix="/v1")
for door in (signin, regions, organizations, people, grants, keys, delegations):
    router.include_router(door.router)
for door in (approvals, policies, deputies):
    router.include_router(door.router)

__all__ = ["router"]
