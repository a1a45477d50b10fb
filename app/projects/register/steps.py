"""Steps: how a project comes from one state to the next, each with who, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import WriteSession
from app.projects.models import Project, ProjectState, ProjectStep
from app.projects.register.errors import DayAhead, ProjectDatesReversed, ProjectMoved, ProjectNotInState

S = ProjectState
NEXT = {
    S.draft: {S.proposed, S.stopped},
    S.proposed: {S.approved, S.draft},
    S.approved: {S.running, S.stopped},
    S.running: {S.closing, S.stopped},
    S.closing: {S.closed, S.running},
    S.closed: set[ProjectState](),
    S.stopped: set[ProjectState](),
}
"""From each state those that may come next; from `closing` back, for work that turned out not to be over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Into which state a project goes, who brings it there, from which day on, and why."""

    to: ProjectState
    by: str
    reason: str | None = None
    on: date | None = None


async def begin(session: WriteSession, projects: Iterable[Project], *, by: str) -> None:
    """Write down that projects were drafted."""
    session.add_all(
        ProjectStep(project_id=one.id, number=1, to_state=one.state, actor=by, valid_from=one.executed_from)
        for one in projects
    )
    await session.flush()


async def move(session: WriteSession, project: Project, step: Move) -> Project:
    """Bring a project (locked by the caller) into its next state and write down who did and why.

    Raises ProjectNotInState if it does not lead there, DayAhead for a day that has not come.
    """
    if step.to not in NEXT[project.state]:
        raise ProjectNotInState(project=project.id, state=project.state, wanted=step.to)
    on = step.on or today()
    if on > today():
        raise DayAhead(day=on)
    last = select(func.max(ProjectStep.number)).where(ProjectStep.project_id == project.id)
    row = ProjectStep(
        project_id=project.id,
        number=(await session.scalar(last) or 0) + 1,
        from_state=project.state,
        to_state=step.to,
        actor=step.by,
        reason=step.reason,
        valid_from=on,
    )
    refusals = {
        "project_steps_project_id_number_key": ProjectMoved(),
        "projects_executed_check": ProjectDatesReversed(),
    }
    async with constraints.told(session, refusals):
        _enter(project, step.to, on)
        session.add(row)
    await _tell(session, project, row)
    return project


def _enter(project: Project, state: ProjectState, on: date) -> None:
    if state is S.running:
        # Work that turned out not to be over goes on from its first day.
        project.executed_from, project.executed_to = project.executed_from or on, None
    elif state is S.closing or (state is S.stopped and project.executed_from is not None):
        project.executed_to = on
    project.state = state
    project.version += 1


async def _tell(session: WriteSession, project: Project, row: ProjectStep) -> None:
    await outbox.tell(
        session,
        f"project.{row.to_state}",
        organization_id=project.organization_id,
        subject=f"project:{project.id}",
        payload={
            "code": project.code,
            "from_state": row.from_state,
            "valid_from": row.valid_from and row.valid_from.isoformat(),
            "by": row.actor,
        },
    )
