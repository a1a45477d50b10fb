"""The doors of figures: a year's, its ratios, briefs and statements."""

from app.disclosure.routers.figures import annual, briefs, ratios, statements
from app.kit.http import doors

router = doors.joined([annual.router, ratios.router, ratios.desk, briefs.router, statements.router])

__all__ = ["router"]
