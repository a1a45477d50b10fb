"""Reckonings: what a county paid a village by its own books, beside what the village's public book says."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.kit.database import ReadSession
from app.projects.disbursements import reaching
from app.projects.models import BookKind, Disbursement, Village, VillageBookLine, VillageFund
from app.projects.villages.statements import total


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """In fen: what left the county's funds and came back, what the book has of it, and what became of it."""

    paid_minor: int
    returned_minor: int
    arrived_minor: int
    received_minor: int
    given_back_minor: int
    other_income_minor: int
    spent_minor: int
    balance_minor: int

    @property
    def agrees(self) -> bool:
        """Whether both books say the same of what the county paid."""
        paid = (self.paid_minor, self.returned_minor)
        return paid == (self.received_minor, self.given_back_minor)


async def of(session: ReadSession, village: Village) -> Reckoning:
    """Return both sides of what moved between a county and a village, and how much reached beneficiaries."""
    query = select(Disbursement).where(
        Disbursement.counterparty_id == village.id, Disbursement.paid_on.is_not(None)
    )
    paid = (await session.scalars(query)).all()
    moved = VillageBookLine.disbursement_id.is_not(None)
    sums = select(
        total(BookKind.income, moved),
        total(BookKind.expense, moved),
        total(BookKind.income, ~moved),
        total(BookKind.expense, ~moved),
    ).where(VillageBookLine.village_id == village.id)
    received, back, other, spent = [int(one) for one in (await session.execute(sums)).one()]
    held = select(func.coalesce(func.sum(VillageFund.balance_minor), 0))
    balance = await session.scalar(held.where(VillageFund.village_id == village.id))
    return Reckoning(
        paid_minor=sum(one.amount for one in paid),
        returned_minor=sum(one.returned_minor for one in paid),
        arrived_minor=sum((await reaching.arrived(session, paid)).values()),
        received_minor=received,
        given_back_minor=back,
        other_income_minor=other,
        spent_minor=spent,
        balance_minor=int(balance or 0),
    )
