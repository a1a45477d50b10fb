"""The doors of organizations and access."""

from fastapi import APIRouter

from app.organizations.routers import delegations, grants, keys, organizations, people, regions, signin

router = APIRouter(prefix="/v1")
for door in (signin, regions, organizations, people, grants, keys, delegations):
    router.include_router(door.router)

__all__ = ["router"]
