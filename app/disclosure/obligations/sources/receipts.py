"""Lost receipts as facts: since when they are missing, and when they were declared void."""

from sqlalchemy import select

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import ANY, Fact, Member
from app.disclosure.rules.law import Trigger
from app.fundraising.models import ReceiptLoss
from app.kit.database import ReadSession


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return the paper receipts that a member lost, but for those that turned up."""
    query = select(ReceiptLoss).where(
        ReceiptLoss.organization_id == member.id, ReceiptLoss.withdrawn_on.is_(None)
    )
    return [
        Fact(
            trigger=Trigger.receipt_lost,
            happened_on=one.lost_on,
            kind=SubjectKind.receipt_loss,
            id=one.id,
            title=f"{one.code} {one.number}",
            done={ANY: one.declared_on},
        )
        for one in await session.scalars(query.order_by(ReceiptLoss.id))
    ]
