"""The doors of beneficiaries."""

from app.kit.http.doors import joined
from app.projects.routers.beneficiaries import (
    benefits,
    duplicates,
    groups,
    households,
    persons,
    sheets,
    statistics,
)

nouns = joined(
    [
        sheets.router,
        duplicates.router,
        persons.router,
        households.router,
        groups.router,
        statistics.router,
    ]
)
"""What stands beside the projects, at addresses of its own."""

router = benefits.router
"""What begins with a project's id."""

__all__ = ["nouns", "router"]
