"""The demo's months: those long over are closed by two people, so that there are statements to look at."""

import secrets
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.accounting.months import checklist, closing
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.ledger.models import Period
from app.ledger.periods import month_of, next_month
from app.organizations import grants, people
from app.organizations.models import Grant, Organization, Role

_REASON = "演示数据：待办事项照常列示"
OPEN_DAYS = 40
"""Younger months stay open: what happened a few days ago is still being recorded."""


def last_over() -> date:
    """Return the last month that is closed."""
    return month_of(month_of(today() - timedelta(days=OPEN_DAYS)) - timedelta(days=1))


async def close(database: Database, organization: Organization) -> int:
    """Close every month of a member that was over long ago; return how many there were."""
    async with database.writing() as session:
        accountant = await _somebody(session, organization, Role.accountant, "演示会计")
        reviewer = await _somebody(session, organization, Role.reviewer, "演示复核")
        ours = Period.organization_id == organization.id
        month = await session.scalar(select(func.min(Period.month)).where(ours))
    last, closed = last_over(), 0
    while month is not None and month <= last:
        async with database.writing() as session:
            await closing.ask(session, organization, month, by=accountant, reason=_REASON)
            items = await checklist.look(session, organization, month)
            waivers = dict.fromkeys(checklist.held_up(items), _REASON)
            await closing.close(session, organization, month, by=reviewer, waivers=waivers)
        month, closed = next_month(month), closed + 1
    return closed


async def _somebody(session: WriteSession, organization: Organization, role: Role, name: str) -> UUID:
    """Return who holds a role at a member; whoever tries the demo without such a person gets one."""
    held = select(Grant.staff_id).where(
        Grant.organization_id == organization.id, Grant.role == role, Grant.revoked_at.is_(None)
    )
    known = await session.scalar(held.order_by(Grant.created_at).limit(1))
    if known is not None:
        return known
    password = secrets.token_urlsafe(24)
    username = f"closing.{role}"
    person = await people.create(
        session, organization, username=username, name=name, initial_password=password
    )
    await session.flush()
    await grants.give(session, person, organization, role=role, given_by="demo")
    return person.id
