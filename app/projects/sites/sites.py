"""Sites: where a project builds something, what it is, and how far it has come."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.http import pages
from app.organizations import regions
from app.organizations.errors import OutOfSight, RegionUnknown
from app.projects.models import (
    Milestone,
    MilestoneKind,
    Project,
    ProjectState,
    Site,
    SiteKind,
    SiteState,
    Structure,
)
from app.projects.register import projects
from app.projects.register.errors import ProjectNotInState
from app.projects.sites.errors import SiteAccepted, SiteCodeTaken, SiteUnfit

BUILDING = frozenset({ProjectState.draft, ProjectState.proposed, ProjectState.approved, ProjectState.running})
"""While a project is not over, sites are added to it and changed."""

FINAL = frozenset({SiteState.accepted, SiteState.dropped})
ORDERS = {
    "code": [Site.code, Site.id],
    "created_at": [Site.created_at, Site.id],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What is told of a site when it is planned; lengths in centimetres, places in millionths of a degree."""

    code: str
    title: str
    kind: SiteKind
    region_code: str
    village: str
    town: str | None = None
    structure: Structure | None = None
    length_centimetres: int | None = None
    width_centimetres: int | None = None
    latitude_microdegrees: int | None = None
    longitude_microdegrees: int | None = None
    contractor: str | None = None
    beneficiary_count: int | None = None
    planned_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSite:
    """What a search for sites asks for; None does not matter."""

    project_id: UUID | None = None
    kind: SiteKind | None = None
    structure: Structure | None = None
    state: SiteState | None = None
    programme_id: UUID | None = None
    region_code: str | None = None
    q: str | None = None


async def create(session: WriteSession, project: Project, new: NewSite) -> Site:
    """Plan a site of a project (locked by the caller), with every milestone that an asset must reach."""
    if project.state not in BUILDING:
        raise ProjectNotInState(project=project.id, state=project.state)
    site = planned(project, new)
    async with constraints.told(session, _refusals()):
        session.add(site)
        await session.flush()
    session.add_all(milestones_of(site))
    await session.flush()
    return site


def planned(project: Project, new: NewSite) -> Site:
    """Return the row of a site that is planned."""
    return Site(project_id=project.id, organization_id=project.organization_id, **asdict(new))


def milestones_of(site: Site) -> list[Milestone]:
    """Return the milestones that a new site must reach."""
    return [Milestone(site_id=site.id, kind=kind) for kind in MilestoneKind]


async def change(session: WriteSession, site: Site, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a site (locked by the caller) until it is accepted or dropped."""
    must_be_open(site)
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(site, name, value)
        site.version += 1


async def drop(session: WriteSession, site: Site, reason: str) -> Site:
    """Give a site up that was not accepted, with the reason; it stays on the list."""
    must_be_open(site)
    site.state, site.dropped_reason = SiteState.dropped, reason
    site.version += 1
    await session.flush()
    return site


def must_be_open(site: Site) -> None:
    """Refuse whatever would change a site that was accepted or dropped."""
    if site.state in FINAL:
        raise SiteAccepted(site=site.id, state=site.state)


async def get(session: ReadSession, site_id: UUID, *, lock: bool = False) -> Site:
    """Return a site, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    site = await session.get(Site, site_id, with_for_update=for_update, populate_existing=lock)
    if site is None:
        raise OutOfSight
    return site


async def seen(session: ReadSession, site_id: UUID, places: Iterable[UUID]) -> Site:
    """Return a site of a project that one of these members carries out, or refuse."""
    site = await session.scalar(found(places, WantedSite()).where(Site.id == site_id))
    if site is None:
        raise OutOfSight
    return site


def found(places: Iterable[UUID], wanted: WantedSite) -> Select[Site]:
    """Return the query for the sites of some members' projects that a search asks for."""
    query = select(Site).join(Project, Project.id == Site.project_id).where(projects.carried_out_by(places))
    for name in ("project_id", "kind", "structure", "state"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Site, name) == value)
    if wanted.programme_id is not None:
        query = query.where(Project.programme_id == wanted.programme_id)
    if wanted.region_code is not None:
        query = query.where(Site.region_code.in_(regions.within(wanted.region_code)))
    if wanted.q is not None:
        query = query.where(pages.holding(wanted.q, Site.code, Site.title, Site.village, Site.town))
    return query


def _refusals() -> dict[str, Refusal]:
    unfit = ("of_a_bridge", "length", "width", "place", "latitude", "longitude", "beneficiary_count")
    refusals: dict[str, Refusal] = {f"sites_{name}_check": SiteUnfit(what=name) for name in unfit}
    refusals["sites_project_id_code_key"] = SiteCodeTaken()
    refusals["sites_region_code_fkey"] = RegionUnknown()
    return refusals
