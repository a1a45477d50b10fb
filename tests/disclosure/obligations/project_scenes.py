"""Projects of any year with their reports and what was left of them, as they stand in the database."""

from datetime import date
from typing import Any

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.models import Organization
from app.projects.models import (
    LeftoverDecision,
    LeftoverState,
    LeftoverUse,
    ProgressReport,
    Project,
    ProjectCategory,
    ProjectClosure,
    ProjectState,
    ProjectStep,
    ReportState,
)


async def project(
    session: WriteSession,
    member: Organization,
    begun: date | None,
    planned_to: date,
    *,
    approved: date | None = None,
    ended: date | None = None,
    **over: Any,
) -> Project:
    """A project that was approved, and carried out if it has a first day."""
    code = f"J{new_code(8)}"
    known = await dimensions.declare(session, DimensionKind.project, code, organization_id=member.id)
    state = ProjectState.approved if begun is None else ProjectState.running
    values = {
        "title": "慈安桥",
        "category": ProjectCategory.transport,
        "content": "修桥",
        "region_code": "610924",
        "beneficiary_rule": "全体村民",
        "state": ProjectState.closing if ended else state,
    } | over
    row = Project(
        id=known.id,
        organization_id=member.id,
        code=code,
        planned_from=begun or approved or planned_to,
        planned_to=planned_to,
        executed_from=begun,
        executed_to=ended,
        **values,
    )
    session.add(row)
    await session.flush()
    if approved is not None:
        step = {"from_state": ProjectState.proposed, "to_state": ProjectState.approved}
        session.add(ProjectStep(project_id=row.id, number=2, actor="test", valid_from=approved, **step))
    await session.flush()
    return row


async def report(
    session: WriteSession, about: Project, number: int, until: date, published: date | None
) -> ProgressReport:
    row = ProgressReport(
        project_id=about.id,
        organization_id=about.organization_id,
        number=number,
        period_from=about.executed_from if number == 1 else until,
        period_to=until,
        done="完成桥墩",
        made_by="one",
        state=ReportState.accepted,
        decided_by="other",
        published_on=published,
    )
    session.add(row)
    await session.flush()
    return row


async def leftover(session: WriteSession, about: Project, amount: int, decided: date | None) -> None:
    row = LeftoverDecision(
        project_id=about.id,
        amount=amount,
        use=LeftoverUse.as_agreed,
        ground="募捐方案",
        asked_by="test",
        state=LeftoverState.approved if decided else LeftoverState.proposed,
        decided_on=decided,
    )
    session.add(row)
    await session.flush()


async def closed(session: WriteSession, about: Project, on: date) -> None:
    about.state = ProjectState.closed
    row = ProjectClosure(
        project_id=about.id, evaluation="完成", lessons="无", rating=5, closed_on=on, closed_by="test"
    )
    session.add(row)
    await session.flush()
