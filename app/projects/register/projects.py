"""Projects: what is meant to be done, where, for whom and by whom; each is a dimension of the books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.approvals import rights
from app.organizations.errors import OutOfSight, RegionUnknown
from app.projects.models import Project, ProjectCategory, ProjectPartner, ProjectState
from app.projects.register import programmes, steps
from app.projects.register.errors import (
    OwnerUnfit,
    PartnerAlready,
    PartnerIsLead,
    ProjectCodeTaken,
    ProjectDatesReversed,
    ProjectNotInState,
)

ALWAYS = frozenset({"owner_id", "brand"})
"""What may change until a project is over; the rest is what was approved, and stays from then on."""

OVER = frozenset({ProjectState.closed, ProjectState.stopped})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What is told of a project when it is drafted; `organization_id` leads it."""

    organization_id: UUID
    code: str
    title: str
    category: ProjectCategory
    content: str
    region_code: str
    planned_from: date
    planned_to: date
    beneficiary_rule: str
    programme_id: UUID | None = None
    brand: str | None = None
    town: str | None = None
    village: str | None = None
    owner_id: UUID | None = None


async def create(session: WriteSession, new: NewProject, *, by: str) -> Project:
    """Draft a project and make it known to the books under its code."""
    await programmes.must_reach(session, new.programme_id, new.organization_id)
    await _must_work_there(session, new.owner_id, new.organization_id)
    async with constraints.told(session, _refusals(new.code)):
        dimension = await dimensions.declare(
            session, DimensionKind.project, new.code, organization_id=new.organization_id
        )
        project = drafted(new, dimension.id)
        session.add(project)
        await session.flush()
    await steps.begin(session, [project], by=by)
    return project


def drafted(new: NewProject, dimension_id: UUID) -> Project:
    """Return the row of a project that the books know under this id."""
    return Project(
        id=dimension_id,
        organization_id=new.organization_id,
        code=new.code,
        title=new.title,
        category=new.category,
        content=new.content,
        region_code=new.region_code,
        planned_from=new.planned_from,
        planned_to=new.planned_to,
        beneficiary_rule=new.beneficiary_rule,
        programme_id=new.programme_id,
        brand=new.brand,
        town=new.town,
        village=new.village,
        owner_id=new.owner_id,
    )


async def change(session: WriteSession, project: Project, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a draft; of a project that was proposed only its owner and its brand."""
    drafting = project.state is ProjectState.draft
    if project.state in OVER or not (drafting or changes.keys() <= ALWAYS):
        raise ProjectNotInState(project=project.id, state=project.state)
    if "programme_id" in changes:
        await programmes.must_reach(session, changes["programme_id"], project.organization_id)
    if "owner_id" in changes:
        await _must_work_there(session, changes["owner_id"], project.organization_id)
    async with constraints.told(session, _refusals(project.code)):
        for name, value in changes.items():
            setattr(project, name, value)
        project.version += 1


async def get(session: ReadSession, project_id: UUID, *, lock: bool = False) -> Project:
    """Return a project, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    project = await session.get(Project, project_id, with_for_update=for_update, populate_existing=lock)
    if project is None:
        raise OutOfSight
    return project


async def seen(
    session: ReadSession, project_id: UUID, places: Iterable[UUID], *, lock: bool = False
) -> Project:
    """Return a project that one of these members leads or carries out with others, or refuse.

    With `lock` nobody else changes it until the transaction ends.
    """
    query = select(Project).where(Project.id == project_id, carried_out_by(places))
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    project = await session.scalar(query)
    if project is None:
        raise OutOfSight
    return project


def carried_out_by(places: Iterable[UUID]) -> Any:  # noqa: ANN401 - a condition of SQLAlchemy's
    """Return the condition that one of these members leads a project or is a partner of it.

    A condition and not a join: a joint project is one project, whoever of its organizations is asked for.
    """
    return carried_out_by_any(list(places))


def carried_out_by_any(ids: Any) -> Any:  # noqa: ANN401 - ids or a query for them, and a condition
    """Return the same condition for ids, or for a query that finds them."""
    partly = select(ProjectPartner.project_id).where(ProjectPartner.organization_id.in_(ids))
    return Project.organization_id.in_(ids) | Project.id.in_(partly)


async def partners(session: ReadSession, project: Project) -> Sequence[ProjectPartner]:
    """Return who carries a project out beside its organization, in the order in which they came."""
    query = select(ProjectPartner).where(ProjectPartner.project_id == project.id)
    return (await session.scalars(query.order_by(ProjectPartner.id))).all()


async def join(session: WriteSession, project: Project, partner: ProjectPartner) -> ProjectPartner:
    """Let somebody carry a project out beside its organization, until it is over."""
    if project.state in OVER:
        raise ProjectNotInState(project=project.id, state=project.state)
    if partner.organization_id == project.organization_id:
        raise PartnerIsLead
    refusals: dict[str, Refusal] = {
        "project_partners_member_idx": PartnerAlready(),
        "project_partners_name_idx": PartnerAlready(),
        "project_partners_organization_id_fkey": OutOfSight(),
    }
    async with constraints.told(session, refusals):
        session.add(partner)
    return partner


async def _must_work_there(session: ReadSession, owner_id: UUID | None, organization_id: UUID) -> None:
    if owner_id is not None and not await rights.own(session, owner_id, organization_id):
        raise OwnerUnfit(owner=owner_id)


def _refusals(code: str) -> dict[str, Refusal]:
    # Which of two equal codes came first is for the unique constraints to say.
    taken = ProjectCodeTaken(project_code=code)
    return {
        "projects_code_key": taken,
        "dimensions_kind_organization_id_code_key": taken,
        "projects_planned_check": ProjectDatesReversed(),
        "projects_region_code_fkey": RegionUnknown(),
        "projects_owner_id_fkey": OwnerUnfit(),
    }
