"""The doors of the project database."""

from fastapi import APIRouter

from app.projects.routers import register

router = APIRouter()
# Registered in this order: an address that begins with a project's id comes last.
for door in (register.nouns, register.router):
    router.include_router(door)

__all__ = ["router"]
