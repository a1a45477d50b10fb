"""The demo's projects: the seed's programmes with bridges and homes; every village in them is made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.models import Organization
from app.projects.models import (
    Milestone,
    MilestoneKind,
    Programme,
    ProgrammeTarget,
    Project,
    ProjectCategory,
    ProjectState,
    Site,
    SiteAcceptance,
    SiteKind,
    SiteState,
    Structure,
)
from app.projects.register import programmes, projects, steps
from app.projects.register.programmes import NewProgramme
from app.projects.register.projects import NewProject
from app.projects.register.steps import Move
from app.projects.sites import milestones, sites, targets
from app.projects.sites.milestones import Reached
from app.projects.sites.sites import NewSite

BRIDGES, HOMES = "QAB", "XFJY"
OFFICER, REVIEWER = "demo:officer", "demo:reviewer"
STEPS = (ProjectState.proposed, ProjectState.approved, ProjectState.running)
K = MilestoneKind


@dataclass(frozen=True, slots=True)
class _Plan:
    """A project of the demo: whose, of which programme, and what is to be built."""

    region: str
    programme: str
    title: str
    kind: SiteKind
    site_count: int


PLANS = (
    _Plan("610000", BRIDGES, "省级示范慈安桥", SiteKind.bridge, 4),
    _Plan("610924", BRIDGES, "紫阳县慈安桥", SiteKind.bridge, 6),
    _Plan("610000", HOMES, "慈善幸福家园村社互助试点", SiteKind.station, 3),
)


def code(region: str, programme: str) -> str:
    """Return the code of the demo's project of a programme in a region."""
    return f"{region}-2026-{programme}-0001"


async def load(session: WriteSession, members: Mapping[str, Organization]) -> None:
    """Set up the two programmes, and carry out projects of them with sites at every stage."""
    province = members["610000"]
    found = {one.code: one for one in await _programmes(session, province)}
    for plan in PLANS:
        project = await _begun(session, members[plan.region], found[plan.programme], plan)
        for number in range(1, plan.site_count + 1):
            await _site(session, project, plan, number)


async def _programmes(session: WriteSession, province: Organization) -> list[Programme]:
    bridges = await programmes.create(
        session,
        NewProgramme(
            organization_id=province.id,
            code=BRIDGES,
            title="慈安桥",
            category=ProjectCategory.transport,
            purpose="为秦巴山区村民修建跨河便民桥",
            starts_on=date(1997, 1, 1),
            brand="慈安桥",
        ),
    )
    await targets.add(
        session,
        ProgrammeTarget(
            programme_id=bridges.id,
            year=today().year,
            site_kind=SiteKind.bridge,
            site_count=700,
            made_by="demo",
        ),
    )
    homes = await programmes.create(
        session,
        NewProgramme(
            organization_id=province.id,
            code=HOMES,
            title="慈善幸福家园",
            category=ProjectCategory.community,
            purpose="村社互助：慈善工作站、互助基金、关爱中心、慈善公约、志愿服务队",
            starts_on=date(2020, 10, 13),
            brand="慈善幸福家园",
        ),
    )
    return [bridges, homes]


async def _begun(session: WriteSession, member: Organization, programme: Programme, plan: _Plan) -> Project:
    begun = today() - timedelta(days=120)
    new = NewProject(
        organization_id=member.id,
        code=code(plan.region, plan.programme),
        title=plan.title,
        category=programme.category,
        content="演示数据：" + programme.purpose,
        region_code=member.region_code,
        planned_from=begun,
        planned_to=begun + timedelta(days=300),
        beneficiary_rule="点位所在村及邻近村的全体村民",
        programme_id=programme.id,
        brand=programme.brand,
    )
    project = await projects.create(session, new, by=OFFICER)
    for state in STEPS:
        by = OFFICER if state is not ProjectState.approved else REVIEWER
        await steps.move(session, project, Move(to=state, by=by, on=begun, reason="演示数据"))
    return project


async def _site(session: WriteSession, project: Project, plan: _Plan, number: int) -> None:
    bridge = plan.kind is SiteKind.bridge
    new = NewSite(
        code=f"{number:03d}",
        title=f"演示{number}号{'桥' if bridge else '慈善工作站'}",
        kind=plan.kind,
        region_code=project.region_code,
        village=f"演示{number}村",
        structure=list(Structure)[number % 3] if bridge else None,
        length_centimetres=1_200 + 150 * number if bridge else None,
        width_centimetres=350 if bridge else None,
        latitude_microdegrees=32_500_000 + 20_000 * number,
        longitude_microdegrees=108_500_000 + 15_000 * number,
        beneficiary_count=180 + 40 * number,
        planned_minor=(50_000 + 2_000 * number) * 100,
    )
    site = await sites.create(session, project, new)
    # The first ones are finished, the last ones are still planned.
    if number <= plan.site_count // 2:
        await _finish(session, site)
    elif number < plan.site_count:
        await _reach(session, site, K.survey, 90)


async def _reach(session: WriteSession, site: Site, kind: MilestoneKind, days_ago: int) -> Milestone:
    milestone = await milestones.of_kind(session, site.id, kind)
    reached = Reached(by=OFFICER, on=today() - timedelta(days=days_ago), note="演示数据")
    await milestones.finish(session, site, milestone, reached)
    site.state = SiteState.built if kind is K.construction else SiteState.surveyed
    return milestone


async def _finish(session: WriteSession, site: Site) -> None:
    # No photograph of a bridge that does not exist (what reports show is drawn): written down without any.
    for kind, days_ago in ((K.survey, 110), (K.construction, 40), (K.quality, 30), (K.acceptance, 20)):
        await _reach(session, site, kind, days_ago)
    session.add(
        SiteAcceptance(
            site_id=site.id,
            inspected_on=today() - timedelta(days=20),
            inspecting_body="演示验收组",
            passed=True,
            findings="演示数据",
            recorded_by=REVIEWER,
            reported_by=OFFICER,
        )
    )
    site.cost_minor = (site.planned_minor or 0) * 97 // 100
    site.state, site.accepted_on = SiteState.accepted, today() - timedelta(days=20)
    await session.flush()
