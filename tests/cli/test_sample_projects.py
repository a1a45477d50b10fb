"""The demo's projects: the seed's two programmes with sites at every stage, for the uses that follow."""

from collections import Counter

from sqlalchemy import select

from app.cli.samples import federation, projects, uses
from app.kit.database import WriteSession
from app.ledger.models import Dimension
from app.projects.models import Programme, ProgrammeTarget, Project, ProjectState, Site
from app.projects.sites import targets


async def test_the_seeds_programmes_have_projects_and_sites_at_every_stage(session: WriteSession) -> None:
    members = await federation.load(session)
    await projects.load(session, members)

    titles = set(await session.scalars(select(Programme.title)))
    made = (await session.scalars(select(Project))).all()
    states = Counter(await session.scalars(select(Site.state)))
    assert titles == {"慈安桥", "慈善幸福家园"}
    assert {one.state for one in made} == {ProjectState.running}
    assert set(states) == {"accepted", "surveyed", "planned"}
    # What the gifts paid for is booked on these projects.
    codes = {one.code for one in made}
    assert {uses.PROJECT, uses.COUNTY_PROJECT} < codes
    assert codes == set(await session.scalars(select(Dimension.code).where(Dimension.kind == "project")))
    [target] = await targets.standing(session, (await session.scalars(select(ProgrammeTarget))).all())
    assert target.accepted_count == sum(
        plan.site_count // 2 for plan in projects.PLANS if plan.programme == projects.BRIDGES
    )
