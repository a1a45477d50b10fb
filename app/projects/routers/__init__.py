"""The doors of the project database."""

from fastapi import APIRouter

from app.projects.routers import beneficiaries, register

router = APIRouter()
# Registered in this order: an address that begins with a project's id comes last.
for part in (register, beneficiaries):
    router.include_router(part.nouns)
for part in (register, beneficiaries):
    router.include_router(part.router)

__all__ = ["router"]
