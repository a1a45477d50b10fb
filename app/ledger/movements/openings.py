"""Openings: what stood in an organization's books before they were kept here, brought forward at once.

A fund's unspent money is an inflow that follows nothing: donors not itemised. Nothing of it is income.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from app.kit.clock import LEGAL_ZONE
from app.kit.database import WriteSession
from app.ledger import accounts, journal
from app.ledger.accounts import Leaf
from app.ledger.charts import CLEARING
from app.ledger.events import Event
from app.ledger.journal import Draft, Line, Receipt
from app.ledger.models import Direction, EntryKind

PAIRS_MAX = 90
"""Two postings each, and an entry holds 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands on one leaf account, in fen, debit positive; `unspent` is money of the leaf's fund."""

    leaf: Leaf
    amount: int
    unspent: bool = False


def event(on: date, actor: str, chart: str, summary: str) -> Event:
    """Return the event of bringing forward what stood when a day began."""
    return Event(
        occurred_at=datetime.combine(on, time(), LEGAL_ZONE), actor=actor, chart=chart, summary=summary
    )


async def bring_forward(
    session: WriteSession, organization_id: UUID, name: str, standing: Sequence[Standing], on: Event
) -> list[Receipt]:
    """Book what stands on these accounts, which must add up to zero, in as many entries as it takes.

    `name` begins the entries' references: the same is never brought forward twice.
    """
    clearing = on.leaf(organization_id, CLEARING)
    opened = await accounts.open_all(session, [clearing, *(one.leaf for one in standing)])
    debits = [one for one in standing if one.amount > 0]
    owed = [one for one in standing if one.amount < 0]
    pairs = list(_meet(debits, owed))
    drafts: list[Draft] = []
    for number, start in enumerate(range(0, len(pairs), PAIRS_MAX), 1):
        lines: list[Line] = []
        for debit, credit, amount in pairs[start : start + PAIRS_MAX]:
            into = Line(debit=opened[debit.leaf], credit=opened[clearing], amount=amount)
            lines += [into, _credited(credit, opened[clearing], opened[credit.leaf], amount)]
        drafts.append(on.draft(organization_id, EntryKind.opening, f"{name}:{number}", lines))
    return await journal.post(session, drafts)


def _credited(credit: Standing, clearing: UUID, account: UUID, amount: int) -> Line:
    fund_id = credit.leaf.fund_id if credit.unspent else None
    direction = Direction.inflow if fund_id else None
    return Line(debit=clearing, credit=account, amount=amount, fund_id=fund_id, direction=direction)


def _meet(debits: Sequence[Standing], owed: Sequence[Standing]) -> Iterator[tuple[Standing, Standing, int]]:
    """Yield what each debit finds among the credits, in their order."""
    rest = iter(owed)
    credit, left = None, 0
    for debit in debits:
        wanted = debit.amount
        while wanted:
            if credit is None or not left:
                credit = next(rest)
                left = -credit.amount
            taken = min(wanted, left)
            yield debit, credit, taken
            wanted, left = wanted - taken, left - taken
