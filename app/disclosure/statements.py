"""Statements: the three of the law, for everybody once nothing more is booked in what they tell of."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting.books import statements
from app.disclosure.errors import StatementsOpen
from app.kit.database import ReadSession
from app.ledger.models.accounts import Period, PeriodState
from app.ledger.statements import terms
from app.ledger.statements.forms import Name
from app.ledger.statements.papers import Paper
from app.organizations import organizations
from app.organizations.models import Organization


async def published(
    session: ReadSession, organization_id: UUID, period: str
) -> tuple[Organization, list[Paper]]:
    """Return an organization's statements of a closed month or year; raises StatementsOpen, TermUnreadable.

    Closed months have no gap: a later closed one tells that this one is. What was before the books began has
    no statements.
    """
    organization, term = await organizations.get(session, organization_id), terms.read(period)
    closed = select(Period.month).where(
        Period.organization_id == organization.id,
        Period.state == PeriodState.closed,
        Period.month >= term.last,
    )
    if term.until < organization.books_from or await session.scalar(closed.limit(1)) is None:
        raise StatementsOpen(period=period)
    return organization, [await statements.draw(session, organization, name, term) for name in Name]


async def closed_months(session: ReadSession, organization: Organization, count: int) -> Sequence[date]:
    """Return the latest months of which an organization's statements can be read, the last first."""
    query = select(Period.month).where(
        Period.organization_id == organization.id,
        Period.state == PeriodState.closed,
        Period.month >= organization.books_from.replace(day=1),
    )
    return (await session.scalars(query.order_by(Period.month.desc()).limit(count))).all()
