"""Indicators: by what a project is measured, and what it means to reach."""

from app.kit import constraints
from app.kit.database import WriteSession
from app.projects.models import Indicator, Project
from app.projects.progress.errors import IndicatorCodeTaken
from app.projects.register.errors import ProjectNotInState
from app.projects.register.projects import OVER


async def add(session: WriteSession, project: Project, indicator: Indicator) -> Indicator:
    """Measure a project that is not over by one more thing. Raises IndicatorCodeTaken."""
    if project.state in OVER:
        raise ProjectNotInState(project=project.id, state=project.state)
    async with constraints.told(session, {"indicators_project_id_code_key": IndicatorCodeTaken()}):
        session.add(indicator)
    return indicator
