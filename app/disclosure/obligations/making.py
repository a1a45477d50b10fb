"""Making obligations: from what the database knows today, again and again, with the same outcome."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.disclosure.models import Obligation, ObligationRound
from app.disclosure.obligations import owed, reminders, steps
from app.disclosure.obligations.owed import Key, Owed
from app.disclosure.obligations.sources import (
    campaigns,
    certificates,
    dissolutions,
    governance,
    members,
    partners,
    projects,
    receipts,
    trusts,
    vouchers,
)
from app.disclosure.rules.law import OVERRIDABLE
from app.kit import batches, outbox
from app.kit.clock import today
from app.kit.database import Transactions, WriteSession
from app.organizations.models import Organization

READER = "obligations"
EVENTS_AT_ONCE = 1000
TOPICS = (
    *("campaign.opened", "campaign.closed", "plan.filed", "plan.use_changed"),
    *("emergency.opened", "emergency.campaign_opened", "emergency.closed", "certificate.revoked"),
    *("project.approved", "project.running", "project.closing", "project.closed", "project.stopped"),
    *("progress.published", "disbursement.paid", "transfer.sent", "transfer.accounted"),
    "receipt_loss.told",
)
"""What makes an organization's obligations anew at once; once a day they are made anew anyway."""


async def make_due(database: Transactions, on: date | None = None) -> int:
    """Make the obligations of every organization that has none of today, or of which something was told.

    Each organization has a transaction of its own. Returns how many were looked at; safe to repeat.
    """
    day = on or today()
    async with database.writing() as session:
        await _note_events(session)
    async with database.reading() as session:
        made = ObligationRound.organization_id == Organization.id
        stale = select(Organization.id).outerjoin(ObligationRound, made)
        stale = stale.where(ObligationRound.made_on.is_(None) | (ObligationRound.made_on < day))
        waiting = (await session.scalars(stale.order_by(Organization.id))).all()

    async def make_one(session: WriteSession, organization_id: UUID) -> int:
        await make(session, organization_id, day)
        return 1

    return await batches.apart(database, waiting, make_one)


async def _note_events(session: WriteSession) -> None:
    events = await outbox.take(session, READER, EVENTS_AT_ONCE, topics=TOPICS)
    touched = {event.organization_id for event in events}
    again = update(ObligationRound).where(ObligationRound.organization_id.in_(touched))
    await session.execute(again.values(made_on=None))


async def make(session: WriteSession, organization_id: UUID, on: date) -> None:
    """Make one organization's obligations as the facts stand, with a day for what recurs and is reminded of.

    What is there already is kept with all that people did about it; what the facts owe no more lapses, and
    comes back if they owe it again. Two at once take turns.
    """
    there = insert(ObligationRound).values(organization_id=organization_id).on_conflict_do_nothing()
    await session.execute(there)
    turn = await session.get_one(
        ObligationRound, organization_id, with_for_update=True, populate_existing=True
    )
    wanted = {one.key: one for one in await _owed(session, organization_id, on)}
    known = await _known(session, organization_id)
    for key, one in wanted.items():
        if (row := known.get(key)) is None:
            row = known[key] = Obligation(organization_id=organization_id, **asdict(one))
            session.add(row)
        else:
            moved = row.trigger_on != one.trigger_on
            _renew(row, one)
            if moved:
                await steps.begin_anew(session, row)
    for key in known.keys() - wanted.keys():
        known[key].lapsed_on = known[key].lapsed_on or on
    await session.flush()
    await reminders.send(session, list(known.values()), on)
    turn.made_on = on
    await session.flush()


async def _owed(session: WriteSession, organization_id: UUID, on: date) -> list[Owed]:
    organization = await session.get_one(Organization, organization_id)
    member = await members.of(session, organization)
    facts = [
        *members.facts(member, on),
        *await campaigns.facts(session, member),
        *await trusts.facts(session, member, on),
        *await vouchers.facts(session, member),
        *await governance.facts(session, member),
        *await projects.facts(session, member, on),
        *await partners.facts(session, member),
        *await certificates.facts(session, member),
        *await receipts.facts(session, member),
        *await dissolutions.facts(session, member),
    ]
    return list(owed.of(member, facts, on))


async def _known(session: WriteSession, organization_id: UUID) -> dict[Key, Obligation]:
    rows = await session.scalars(
        select(Obligation)
        .where(Obligation.organization_id == organization_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(row.rule_id, row.subject_id, row.number): row for row in rows}


def _renew(row: Obligation, one: Owed) -> None:
    for name, value in asdict(one).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    row.lapsed_on = None
    if row.mark not in OVERRIDABLE:
        # Another text judges it now, and that one was read: what overruled the old one is kept, and is over.
        row.own_day_on = row.waived_reason = None
