"""The doors of beneficiaries."""

from fastapi import APIRouter

from app.projects.routers.beneficiaries import (
    benefits,
    duplicates,
    groups,
    households,
    persons,
    sheets,
    statistics,
)

nouns = APIRouter()
"""What stands beside the projects, at addresses of its own."""
for door in (sheets, duplicates, persons, households, groups, statistics):
    nouns.include_router(door.router)

router = APIRouter()
"""What begins with a project's id."""
for door in (benefits,):
    router.include_router(door.router)

__all__ = ["nouns", "router"]
