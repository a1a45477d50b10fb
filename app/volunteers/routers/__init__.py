"""The doors of the volunteer registry."""

from fastapi import APIRouter

from app.volunteers.routers import me, members, signin, teams, volunteers

router = APIRouter()
# Registered in this order: an address that begins with a volunteer's id comes last.
for door in (signin, me, teams, members, volunteers):
    router.include_router(door.router)

__all__ = ["router"]
