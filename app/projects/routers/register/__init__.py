"""The doors of the register of projects."""

from fastapi import APIRouter

from app.projects.routers.register import programmes, projects, standards, statistics, steps

nouns = APIRouter()
"""What stands beside the projects, at addresses of its own."""
for door in (programmes, statistics):
    nouns.include_router(door.router)

router = APIRouter()
"""What begins with a project's id."""
for door in (projects, steps, standards):
    router.include_router(door.router)

__all__ = ["nouns", "router"]
