"""Programmes: brands under which an organization and those below it carry out projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.projects.models import Programme, ProjectCategory
from app.projects.register.errors import ProgrammeCodeTaken, ProgrammeDatesReversed, ProgrammeOutOfReach


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgramme:
    """What is told of a programme when it is set up."""

    organization_id: UUID
    code: str
    title: str
    category: ProjectCategory
    purpose: str
    starts_on: date
    ends_on: date | None = None
    brand: str | None = None


async def create(session: WriteSession, new: NewProgramme) -> Programme:
    """Set a programme up; from now on its organization and those below it may carry out projects of it."""
    programme = Programme(
        organization_id=new.organization_id,
        code=new.code,
        title=new.title,
        category=new.category,
        purpose=new.purpose,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        brand=new.brand,
    )
    async with constraints.told(session, _refusals()):
        session.add(programme)
    return programme


async def change(session: WriteSession, programme: Programme, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a programme; its code and its organization stay as they are."""
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(programme, name, value)
        programme.version += 1


async def get(session: ReadSession, programme_id: UUID, *, lock: bool = False) -> Programme:
    """Return a programme, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(Programme, programme_id, with_for_update=for_update, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def seen(session: ReadSession, programme_id: UUID, places: Iterable[UUID]) -> Programme:
    """Return a programme that somebody at these places can see, or refuse."""
    found = await session.scalar(open_to(places).where(Programme.id == programme_id))
    if found is None:
        raise OutOfSight
    return found


def open_to(places: Iterable[UUID]) -> Select[Programme]:
    """Return the query for the programmes of some members and of those above them, whose brands they use."""
    return select(Programme).where(Programme.organization_id.in_(organizations.reaching_up(places)))


async def must_reach(session: ReadSession, programme_id: UUID | None, organization_id: UUID) -> None:
    """Refuse a programme that is neither a member's own nor that of one above it."""
    if programme_id is None:
        return
    if await session.scalar(open_to([organization_id]).where(Programme.id == programme_id)) is None:
        raise ProgrammeOutOfReach(programme=programme_id)


def _refusals() -> dict[str, Refusal]:
    return {
        "programmes_organization_id_code_key": ProgrammeCodeTaken(),
        "programmes_dates_check": ProgrammeDatesReversed(),
    }
