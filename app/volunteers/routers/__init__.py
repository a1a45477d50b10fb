"""The doors of the volunteer registry."""

from app.kit.http.doors import joined
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
    notices,
    policies,
    records,
    sign_ups,
    signin,
    stars,
    statistics,
    teams,
    volunteers,
)

# Registered in this order: an address that begins with a volunteer's id comes last.
_DOORS = (
    *(signin, me, my_time, notices, leaders, policies, teams, members, activities, sign_ups, records),
    *(certificate_requests, certificates, stars, statistics, lists),
    *(volunteers, experiences),
)
router = joined([*(door.router for door in _DOORS), statistics.public_router])

__all__ = ["router"]
