"""Standards: whom a project helps and by how much, version by version, and that beneficiaries were told."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.projects.models import AidStandard, AidStandardNotice, Project
from app.projects.register.errors import DayAhead, ProjectNotInState, StandardDayTaken, StandardNotAfterLast
from app.projects.register.projects import OVER


async def add(session: WriteSession, project: Project, new: AidStandard) -> AidStandard:
    """Add the next version of a project's aid standard; the earlier ones stay readable.

    Raises StandardNotAfterLast unless it begins after the version before it.
    """
    if project.state in OVER:
        raise ProjectNotInState(project=project.id, state=project.state)
    versions = select(AidStandard).where(AidStandard.project_id == project.id)
    last = await session.scalar(versions.order_by(AidStandard.number.desc()).limit(1))
    if last is not None and new.valid_from < last.valid_from:
        raise StandardNotAfterLast(last_valid_from=last.valid_from)
    new.number = last.number + 1 if last else 1
    refusals = {
        "aid_standards_project_id_number_key": StandardDayTaken(),
        "aid_standards_project_id_valid_from_key": StandardDayTaken(),
    }
    async with constraints.told(session, refusals):
        session.add(new)
    return new


async def tell(session: WriteSession, standard: AidStandard, notice: AidStandardNotice) -> AidStandardNotice:
    """Write down that beneficiaries were told a version (OB-B17); before that no aid is given by it."""
    if notice.told_on > today():
        raise DayAhead(day=notice.told_on)
    notice.standard_id = standard.id
    session.add(notice)
    await session.flush()
    return notice


async def get(session: ReadSession, project: Project, standard_id: UUID) -> AidStandard:
    """Return a version of a project's aid standard, or refuse."""
    found = await session.get(AidStandard, standard_id)
    if found is None or found.project_id != project.id:
        raise OutOfSight
    return found


async def in_force(session: ReadSession, project_id: UUID, on: date) -> AidStandard | None:
    """Return the version of a project's aid standard that holds on a day, if there is one."""
    query = select(AidStandard).where(AidStandard.project_id == project_id, AidStandard.valid_from <= on)
    return await session.scalar(query.order_by(AidStandard.valid_from.desc()).limit(1))


async def told(session: ReadSession, standard_id: UUID, by: date) -> bool:
    """Return whether beneficiaries had been told a version by a day."""
    notice = select(AidStandardNotice.id).where(
        AidStandardNotice.standard_id == standard_id, AidStandardNotice.told_on <= by
    )
    return bool(await session.scalar(select(exists(notice))))
