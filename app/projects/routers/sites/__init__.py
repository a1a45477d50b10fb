"""The doors of sites and their milestones."""

from app.kit.http.doors import joined
from app.projects.routers.sites import acceptances, figures, milestones, sites

nouns = joined([figures.router, milestones.router, sites.router, acceptances.router])
"""What stands beside the projects, at addresses of its own; fixed words before a site's id."""

router = joined([])
"""Nothing of it begins with a project's id."""

__all__ = ["nouns", "router"]
