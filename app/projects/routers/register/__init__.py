"""The doors of the register of projects."""

from app.kit.http.doors import joined
from app.projects.routers.register import programmes, projects, standards, statistics, steps

nouns = joined([programmes.router, statistics.router])
"""What stands beside the projects, at addresses of its own."""

router = joined([projects.router, steps.router, standards.router])
"""What begins with a project's id."""

__all__ = ["nouns", "router"]
