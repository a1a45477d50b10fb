"""Charts: which version of the chart of accounts an organization's books were kept on, on a day."""

from datetime import date

from app.kit.database import ReadSession
from app.organizations.models import Organization


async def in_force(session: ReadSession, organization: Organization, on: date) -> str:  # noqa: ARG001
    """Return the version of the chart that was in force on a day."""
    return organization.chart_version
