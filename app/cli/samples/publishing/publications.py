"""The demo's publications: a campaign's progress, its correction, a year's statements, and news."""

from uuid import UUID

from sqlalchemy import select

from app.cli.samples.publishing import events
from app.disclosure.models import (
    NewsIssue,
    NoteHeading,
    Publication,
    PublicationDraft,
    PublicationKind,
    StatementNote,
)
from app.disclosure.news import articles
from app.disclosure.news.articles import NewArticle
from app.disclosure.notes import notes
from app.disclosure.notes.headings import HEADINGS
from app.disclosure.publications import drafts, publishing
from app.disclosure.publications.drafts import Wish
from app.fundraising.models import Campaign
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.models import Organization

OFFICER, REVIEWER = "demo", "demo-reviewer"


async def tell_of(database: Database, organization: Organization, campaign_code: str) -> UUID:
    """Publish how a campaign goes, before anybody has written down what was used; return the publication."""
    async with database.writing() as session:
        about = await _campaign(session, campaign_code)
        wish = Wish(kind=PublicationKind.campaign_progress, subject_id=about)
        draft = await drafts.begin(session, organization, wish, by=OFFICER)
        return (await _publish(session, draft, organization)).id


async def go_on(
    database: Database, organization: Organization, campaign_code: str, publication_id: UUID
) -> None:
    """Correct it by what the books say since, publish the year's statements and news, and ask to events."""
    async with database.writing() as session:
        wrong = await session.get_one(Publication, publication_id)
        reason = "上次公开时项目支出尚未入账，现补充公开（演示）"
        draft = await drafts.correct(session, wrong, organization, reason=reason, by=OFFICER)
        await _publish(session, draft, organization)
        await _write_notes(session, organization)
        wish = Wish(kind=PublicationKind.annual_financial_report, year=today().year)
        await _publish(session, await drafts.begin(session, organization, wish, by=OFFICER), organization)
        await _tell_news(session, organization, campaign_code)
        await events.ask_to(session, organization)


async def _tell_news(session: WriteSession, organization: Organization, campaign_code: str) -> None:
    issue = NewsIssue(
        organization_id=organization.id,
        media="善天下",
        number="演示期",
        published_on=today(),
        recorded_by=OFFICER,
    )
    about = [await _campaign(session, campaign_code)]
    article = NewArticle(title="一座桥，两岸亲（演示）", address=None, campaigns=about)
    await articles.record(session, issue, [article])


async def _write_notes(session: WriteSession, organization: Organization) -> None:
    for heading in HEADINGS:
        policies = heading.code is NoteHeading.policies
        note = StatementNote(
            organization_id=organization.id,
            year=today().year,
            heading=heading.code,
            text="以权责发生制为基础，按历史成本计量（演示）" if policies else "无（演示）",
            drafted_by=OFFICER,
        )
        await notes.draft(session, note)
        await notes.review(session, note, approved=True, reason=None, by=REVIEWER)


async def _publish(session: WriteSession, draft: PublicationDraft, organization: Organization) -> Publication:
    await drafts.review(session, draft, approved=True, note=None, by=REVIEWER)
    return await publishing.publish(session, draft, organization, by=OFFICER)


async def _campaign(session: WriteSession, code: str) -> UUID:
    return (await session.scalars(select(Campaign.id).where(Campaign.code == code))).one()
