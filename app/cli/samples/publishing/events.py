"""The demo's events: one to which everybody may sign up, and one that was called off."""

from datetime import datetime, time, timedelta

from app.disclosure.events import events
from app.disclosure.models import EventKind, EventSession, PublicEvent
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import WriteSession
from app.organizations.models import Organization

PLACE = "西安市（演示地点）"
PROGRAMME = (("慈善法与信息公开", 0, 90), ("如何读懂一本公开的账", 100, 180))
"""Each part with the minutes after which it begins and ends."""


async def ask_to(session: WriteSession, organization: Organization) -> None:
    """Publish a lecture with its programme, and a show that is called off; nobody is named as a speaker."""
    lecture, show = _lecture(organization), _show(organization)
    for one in (lecture, show):
        await events.draft(session, one)
    for title, begins, ends in PROGRAMME:
        part = EventSession(
            event_id=lecture.id,
            title=title,
            starts_at=lecture.starts_at + timedelta(minutes=begins),
            ends_at=lecture.starts_at + timedelta(minutes=ends),
        )
        await events.add_session(session, lecture, part)
    for one in (lecture, show):
        await events.publish(session, one)
    await events.cancel(session, show)


def _lecture(organization: Organization) -> PublicEvent:
    begins = _morning(in_days=20)
    return PublicEvent(
        organization_id=organization.id,
        code="DEMO-LECTURE",
        kind=EventKind.lecture,
        title="慈善法公开讲座（演示）",
        description="讲解慈善法与信息公开，会后答疑。可在网页上报名、取消。",
        place=PLACE,
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        seats=120,
    )


def _show(organization: Organization) -> PublicEvent:
    begins = _morning(in_days=35)
    return PublicEvent(
        organization_id=organization.id,
        code="DEMO-ART",
        kind=EventKind.art_show,
        title="义卖书画展（演示）",
        description="因场地调整取消。",
        place=PLACE,
        starts_at=begins,
        ends_at=begins + timedelta(days=2),
        seats=300,
    )


def _morning(*, in_days: int) -> datetime:
    return datetime.combine(today() + timedelta(days=in_days), time(9), LEGAL_ZONE)
