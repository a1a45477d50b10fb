"""The doors of the volunteer registry."""

from fastapi import APIRouter

from app.volunteers.routers import (
    activities,
    certificate_requests,
    certificates,
    experiences,
    leaders,
    lists,
    me,
    members,
    my_time,
    policies,
    records,
    sign_ups,
    signin,
    stars,
    statistics,
    teams,
    volunteers,
)

router = APIRouter()
# Registered in this order: an address that begins with a volunteer's id comes last.
for door in (
    *(signin, me, my_time, leaders, policies, teams, members, activities, sign_ups, records),
    *(certificate_requests, certificates, stars, statistics, lists),
    *(volunteers, experiences),
):
    router.include_router(door.router)
router.include_router(statistics.public_router)

__all__ = ["router"]
