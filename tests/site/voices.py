"""What people are asked to, read and say: an event, an article of news, a complaint."""

from datetime import date, timedelta

from app.disclosure.complaints import complaints
from app.disclosure.complaints.complaints import NewComplaint
from app.disclosure.events import events, seats, speakers
from app.disclosure.models import ComplaintSubject, EventKind, EventSession, NewsIssue, PublicEvent
from app.disclosure.news import articles
from app.disclosure.news.articles import NewArticle
from app.fundraising.models import Campaign
from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.models import Organization

ADDRESS = "https://charity.example/shantianxia/3/12"


async def event(session: WriteSession, organization: Organization) -> PublicEvent:
    """A published event with a session, a speaker who is named, and one who is not."""
    begins = now() + timedelta(days=3)
    it = PublicEvent(
        organization_id=organization.id,
        code="SX-FORUM",
        kind=EventKind.conference,
        title="全省慈善工作经验交流会",
        description="交流县区协会的做法。",
        place="西安市",
        starts_at=begins,
        ends_at=begins + timedelta(hours=6),
        seats=80,
    )
    await events.draft(session, it)
    part = EventSession(
        event_id=it.id, title="专题报告", starts_at=begins, ends_at=begins + timedelta(hours=1), room="一号厅"
    )
    await events.add_session(session, it, part)
    await speakers.add(session, part, "刘维隆", "会长", consented=True, actor="test")
    await speakers.add(session, part, "不愿具名者", None, consented=False, actor="test")
    await events.publish(session, it)
    return it


async def seat(session: WriteSession, event: PublicEvent) -> str:
    """The ticket of somebody who has a seat."""
    _, ticket = await seats.take(session, event, name="来宾甲", contact="13800000000", actor="public")
    return ticket


async def article(session: WriteSession, campaign: Campaign) -> None:
    """An article about a campaign in a number of a magazine."""
    issue = NewsIssue(
        organization_id=campaign.organization_id,
        media="善天下",
        number="2026年第3期",
        published_on=date(2026, 6, 15),
        recorded_by="test",
    )
    told = NewArticle(title="一座桥，两岸亲", address=ADDRESS, campaigns=[campaign.id])
    await articles.record(session, issue, [told])


async def complaint(session: WriteSession, organization: Organization) -> str:
    """The code of a complaint that was answered."""
    said = NewComplaint(
        organization_id=organization.id, subject_kind=ComplaintSubject.organization, text="账目看不明白"
    )
    it, code = await complaints.receive(session, said, actor="public")
    await complaints.answer(session, it, "已补充说明，请再看。", actor="test")
    return code
