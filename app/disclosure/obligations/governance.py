"""Governance as facts: on which days what everybody must be able to read of an organization changed."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import uuid5

from sqlalchemy import select

from app.disclosure.models import Appointment, Charter, PostKind, SubjectKind
from app.disclosure.obligations.facts import Fact, Member
from app.disclosure.rules.law import Trigger
from app.kit.database import ReadSession

CHARTER, BODIES = "章程", "决策、执行、监督机构成员"
_TOMORROW = timedelta(days=1)


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return the days on which a member's basic information changed, one fact a day (81号令 4, 16).

    Published together, it is owed once. What was so as the member was founded, or before its books begin, is
    no change: that is basic information as such.
    """
    changed = await _changes(session, member)
    since = max(member.books_from, member.founded_on or member.books_from)
    return [
        Fact(
            trigger=Trigger.basic_information_changed,
            happened_on=day,
            kind=SubjectKind.basic_information,
            id=uuid5(member.id, f"basic-information:{day}"),
            # What changed, and not who came or went.
            title="；".join(sorted(matters)),
        )
        for day, matters in sorted(changed.items())
        if day > since
    ]


async def _changes(session: ReadSession, member: Member) -> dict[date, set[str]]:
    changed: dict[date, set[str]] = defaultdict(set)
    charters = select(Charter.effective_from).where(Charter.organization_id == member.id)
    for day in await session.scalars(charters):
        changed[day].add(CHARTER)
    # A commissioner sits in none of the bodies.
    posts = select(Appointment.starts_on, Appointment.ends_on).where(
        Appointment.organization_id == member.id, Appointment.post != PostKind.commissioner
    )
    for starts_on, ends_on in await session.execute(posts):
        changed[starts_on].add(BODIES)
        if ends_on is not None:
            # The last day is one on which nothing has changed yet.
            changed[ends_on + _TOMORROW].add(BODIES)
    return changed
