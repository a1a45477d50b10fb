"""The doors of progress: reports, indicators, inspections, closures."""

from app.kit.http.doors import joined
from app.projects.routers.progress import closures, inspections, reports

nouns = joined([reports.nouns, inspections.nouns])
"""What stands beside the projects, at addresses of its own."""

router = joined([reports.router, inspections.router, closures.router])
"""What begins with a project's id."""

__all__ = ["nouns", "router"]
