"""The demo's events: one to which everybody may sign up, and one that was called off."""

from datetime import datetime, time, timedelta

from app.disclosure.events import events
from app.disclosure.models import EventKind, EventSession, PublicEvent
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import WriteSession
from app.organizations.models import Organization

PROGRAMME = (("慈善法与信息公开", 0, 90), ("如何读懂一本公开的账", 100, 180))
"""Each part with the minutes after which it begins and ends."""


async def ask_to(session: WriteSession, organization: Organization) -> None:
    """Publish a lecture with its programme, and a show that is called off; nobody is named as a speaker."""
    said = ("慈善法公开讲座（演示）", "讲解慈善法与信息公开，会后答疑。可在网页上报名、取消。")
    lecture = _event(organization, EventKind.lecture, said, in_days=20)
    await events.draft(session, lecture)
    for title, begins, ends in PROGRAMME:
        part = EventSession(
            event_id=lecture.id,
            title=title,
            starts_at=lecture.starts_at + timedelta(minutes=begins),
            ends_at=lecture.starts_at + timedelta(minutes=ends),
        )
        await events.add_session(session, lecture, part)
    await events.publish(session, lecture)
    show = _event(organization, EventKind.art_show, ("义卖书画展（演示）", "因场地调整取消。"), in_days=35)
    await events.draft(session, show)
    await events.publish(session, show)
    await events.cancel(session, show)


def _event(
    organization: Organization, kind: EventKind, said: tuple[str, str], *, in_days: int
) -> PublicEvent:
    title, description = said
    begins = datetime.combine(today() + timedelta(days=in_days), time(9), LEGAL_ZONE)
    return PublicEvent(
        organization_id=organization.id,
        code=f"DEMO-{kind.value.upper()}",
        kind=kind,
        title=title,
        description=description,
        place="西安市（演示地点）",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        seats=120,
    )
