"""The demo's projects with their sites, a report with a photograph, and what a campaign's account says."""

from datetime import date, timedelta

from sqlalchemy import select

from app.cli.samples import projects as demo
from app.disclosure.models import PublicationKind
from app.disclosure.publications import drafts, publishing
from app.disclosure.publications.drafts import Wish
from app.fundraising.models import Campaign
from app.kit.attachments import files
from app.kit.attachments.files import Upload
from app.kit.attachments.stores import Store
from app.kit.clock import today
from app.kit.database import Database
from app.kit.models import AccessClass
from app.organizations.models import Organization
from app.projects.models import Indicator, ProgressReport, Project, ReportState
from app.projects.progress import indicators, reports
from tests.kit.attachments.pictures import photo

OFFICER, REVIEWER = "test:officer", "test:reviewer"


async def photographed(database: Database, store: Store, organization: Organization) -> str:
    """The code of a project with sites on a map, an indicator half reached, and a photograph."""
    async with database.writing() as session:
        await demo.load(session, {"610000": organization, "610924": organization})
    told = Upload(
        organization_id=organization.id,
        kind="photo",
        access=AccessClass.public,
        file_name="桥.jpg",
        uploaded_by=OFFICER,
    )
    picture = await files.receive(database, store, told, photo())
    code = demo.code("610000", demo.BRIDGES)
    async with database.writing() as session:
        project = (await session.scalars(select(Project).where(Project.code == code))).one()
        bridges = Indicator(
            project_id=project.id, code="BRIDGES", title="建成桥梁", unit="座", target=4, made_by=OFFICER
        )
        await indicators.add(session, project, bridges)
        report = ProgressReport(
            project_id=project.id,
            organization_id=organization.id,
            number=0,
            period_from=today() - timedelta(days=100),
            period_to=today() - timedelta(days=10),
            done="两座桥已通过验收",
            made_by=OFFICER,
        )
        await reports.submit(session, project, report, {bridges.id: 2}, [picture.id])
        await reports.decide(session, report, ReportState.accepted, by=REVIEWER, reason=None)
        await reports.publish(session, report)
    return code


async def published(database: Database, organization: Organization, campaign: Campaign) -> str:
    """The path of what was published about a campaign."""
    async with database.writing() as session:
        wish = Wish(
            kind=PublicationKind.campaign_progress, subject_id=campaign.id, period_to=date(2026, 6, 30)
        )
        draft = await drafts.begin(session, organization, wish, by=OFFICER)
        await drafts.review(session, draft, approved=True, note=None, by=REVIEWER)
        one = await publishing.publish(session, draft, organization, by=OFFICER)
    return f"/publications/{one.id}"
