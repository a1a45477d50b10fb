"""The doors of projects' budgets."""

from app.kit.http.doors import joined
from app.projects.routers.budgets import leftovers, shares, versions

nouns = versions.nouns
"""What stands beside the projects, at addresses of its own."""

router = joined([versions.router, shares.router, leftovers.router])
"""What begins with a project's id."""

__all__ = ["nouns", "router"]
