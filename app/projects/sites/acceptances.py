"""Acceptances: who did not build a site looks at it, and only what passed is finished."""

from datetime import date

from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.projects.models import (
    MilestoneKind,
    Plaque,
    Site,
    SiteAcceptance,
    SiteState,
    SiteUpkeep,
)
from app.projects.register.errors import DayAhead
from app.projects.sites import milestones
from app.projects.sites.errors import (
    AcceptanceIncomplete,
    AcceptedAlready,
    OwnWorkAccepted,
    PlaqueAlready,
    PlaqueWithoutConsent,
    SiteAccepted,
    SiteNotAccepted,
    UpkeepDayUnfit,
)
from app.projects.sites.milestones import Reached


async def record(session: WriteSession, site: Site, acceptance: SiteAcceptance, cost: int | None) -> Site:
    """Record what an acceptance of a built site (locked by the caller) found; what passed is accepted.

    Before it come survey, construction and quality check, a photograph and the final cost
    (AcceptanceIncomplete). What failed is checked for its quality again. Raises OwnWorkAccepted.
    """
    if site.state is SiteState.dropped:
        raise SiteAccepted(site=site.id, state=site.state)
    _must_have_come(acceptance.inspected_on)
    construction = await milestones.of_kind(session, site.id, MilestoneKind.construction)
    quality = await milestones.of_kind(session, site.id, MilestoneKind.quality)
    ready = quality.done_on is not None and quality.done_on <= acceptance.inspected_on
    final = cost or site.cost_minor
    if construction.done_by is None or not ready or not await milestones.shown(session, site.id):
        raise AcceptanceIncomplete(site=site.id)
    if acceptance.passed and final is None:
        raise AcceptanceIncomplete(site=site.id, missing="cost")
    acceptance.reported_by = construction.done_by
    refusals: dict[str, Refusal] = {
        "site_acceptances_apart_check": OwnWorkAccepted(),
        "site_acceptances_passed_idx": AcceptedAlready(site=site.id),
    }
    async with constraints.told(session, refusals):
        session.add(acceptance)
    if not acceptance.passed:
        quality.done_on = quality.done_by = None
        quality.version += 1
        await session.flush()
        return site
    reached = Reached(by=acceptance.recorded_by, on=acceptance.inspected_on, note=acceptance.findings)
    milestone = await milestones.of_kind(session, site.id, MilestoneKind.acceptance)
    await milestones.finish(session, site, milestone, reached)
    site.state, site.accepted_on, site.cost_minor = SiteState.accepted, acceptance.inspected_on, final
    site.version += 1
    await session.flush()
    await _tell(session, site)
    return site


async def set_up_plaque(session: WriteSession, site: Site, plaque: Plaque) -> Plaque:
    """Record the plaque of an accepted site. Raises PlaqueWithoutConsent (慈善法 art. 99)."""
    must_be_accepted(site)
    _must_have_come(plaque.set_up_on)
    refusals: dict[str, Refusal] = {
        "plaques_pkey": PlaqueAlready(site=site.id),
        "plaques_consent_check": PlaqueWithoutConsent(),
    }
    async with constraints.told(session, refusals):
        session.add(plaque)
    milestone = await milestones.of_kind(session, site.id, MilestoneKind.plaque)
    reached = Reached(by=plaque.recorded_by, on=plaque.set_up_on, note=plaque.inscription)
    await milestones.finish(session, site, milestone, reached)
    await session.flush()
    return plaque


async def look_after(session: WriteSession, site: Site, upkeep: SiteUpkeep) -> SiteUpkeep:
    """Record how an accepted asset was found, what was done, and when to look again."""
    must_be_accepted(site)
    _must_have_come(upkeep.looked_on)
    async with constraints.told(session, {"site_upkeeps_next_due_check": UpkeepDayUnfit()}):
        session.add(upkeep)
    return upkeep


def must_be_accepted(site: Site) -> None:
    """Refuse what is only for finished assets."""
    if site.state is not SiteState.accepted:
        raise SiteNotAccepted(site=site.id, state=site.state)


def _must_have_come(day: date) -> None:
    if day > today():
        raise DayAhead(day=day)


async def _tell(session: WriteSession, site: Site) -> None:
    await outbox.tell(
        session,
        "site.accepted",
        organization_id=site.organization_id,
        subject=f"site:{site.id}",
        payload={
            "project_id": str(site.project_id),
            "code": site.code,
            "accepted_on": site.accepted_on and site.accepted_on.isoformat(),
            "cost_minor": site.cost_minor,
        },
    )
