"""Reminders: who publishes is told of a last day 30, 7 and 1 days ahead, once each."""

from datetime import timedelta

from sqlalchemy import select

from app.disclosure.obligations import making, reminders
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations.access import Role
from app.organizations.desk import mailing
from app.organizations.models import Notification
from tests.disclosure.obligations.scenes import association, campaign, emergency, made, the
from tests.factories import organizations as members


async def test_people_are_reminded_once_at_each_step(session: WriteSession) -> None:
    member = await association(session, books_from="2026-01-01")
    appeal = await campaign(session, member, "2026-01-01", "2026-06-15")

    async def steps() -> list[int]:
        final = await the(session, member, "OB-B6", subject_id=appeal.id)
        query = select(OutboxEvent).filter_by(topic=reminders.TOPIC, subject=f"obligation:{final.id}")
        return [told.payload["days_left"] for told in await session.scalars(query.order_by(OutboxEvent.id))]

    seen = []
    for on in ("2026-08-15", "2026-08-16", "2026-08-20", "2026-09-08", "2026-09-09", "2026-09-14"):
        await made(session, member, on)
        await made(session, member, on)
        seen.append(await steps())
    # Due on 15 September: thirty days ahead, seven, one; each once, however often it is looked at.
    assert seen == [[], [30], [30], [30, 7], [30, 7], [30, 7, 1]]


async def test_what_falls_due_every_five_days_is_reminded_of_a_day_ahead_and_not_a_month(
    session: WriteSession,
) -> None:
    member = await association(session, books_from="2026-01-01")
    response = await emergency(session, member, "2026-05-01", "2026-05-31")
    await campaign(session, member, "2026-05-01", "2026-05-31", emergency_id=response.id)
    seen: list[str] = []
    for on in ("2026-05-01", "2026-05-04", "2026-05-05", "2026-05-06", "2026-05-10"):
        await made(session, member, on)
        rows = (await session.scalars(select(OutboxEvent).filter_by(topic=reminders.TOPIC))).all()
        turns = [row.payload["due_on"] for row in rows if row.payload["rule_id"] == "OB-C1"]
        seen.append(" ".join(sorted(turns)))
    assert seen == ["", "", "2026-05-06", "2026-05-06", "2026-05-06 2026-05-11"]


async def test_history_reminds_nobody_and_missed_steps_are_not_caught_up(session: WriteSession) -> None:
    member = await association(session)
    await campaign(session, member, "2026-01-01", "2026-06-15")
    late = await association(session)
    await campaign(session, late, "2026-01-01", "2026-03-15")
    await made(session, member, "2026-09-10")
    await made(session, late, "2026-09-10")
    rows = (await session.scalars(select(OutboxEvent).filter_by(topic=reminders.TOPIC))).all()
    found = {(row.organization_id, row.payload["rule_id"], row.payload["days_left"]) for row in rows}
    assert found == {(member.id, "OB-B6", 5)}


async def test_whoever_publishes_there_gets_a_notice(committed: Database) -> None:
    on = today()
    async with committed.writing() as session:
        # Basic information is due thirty days after the founding.
        member = await association(session, founded_on=on - timedelta(days=23))
        officer = await members.staff(session, member, Role.disclosure_officer)
        for role in (Role.viewer, Role.accountant):
            await members.staff(session, member, role)
    for _ in range(2):
        await making.make_due(committed, on)
        await mailing.tell_people(committed)

    async with committed.reading() as session:
        basic = await the(session, member, "OB-B2")
        query = select(Notification).filter_by(topic=reminders.TOPIC, subject=f"obligation:{basic.id}")
        told = (await session.scalars(query)).all()
    assert [one.staff_id for one in told] == [officer.id]
