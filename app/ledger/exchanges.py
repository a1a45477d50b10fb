"""Exchanges: how much of a gift's postings has been taken back, and the lines that take back more of them.

A refund never reaches into serial numbers that are spent already: it takes the fund's next ones and names the
gift they stand in for (docs/decisions/0009-exchange-on-refund.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk, money
from app.kit.database import ReadSession
from app.ledger.drafts import Follow, Line
from app.ledger.errors import MoreThanLeft
from app.ledger.models import Direction, FollowKind


@dataclass(frozen=True, slots=True)
class Part:
    """An inflow posting of a gift as it stands: its two accounts, its fen, and how many were exchanged."""

    posting_id: UUID
    entry_id: UUID
    fund_id: UUID
    debit: UUID
    credit: UUID
    amount: int
    exchanged: int

    @property
    def left(self) -> int:
        """What nobody has taken back yet, in fen."""
        return self.amount - self.exchanged


# What a fund could not cover counts too: it has been paid back, whoever bears it in the end.
_STANDING = text(
    """
    select p.id, p.entry_id, p.fund_id, p.debit_account_id, p.credit_account_id, p.amount,
           coalesce((select sum(x.amount) from postings x
                     where x.follows_posting_id = p.id and x.follows_kind = 'exchange'), 0)::bigint
    from postings p where p.entry_id = any(cast(:entries as uuid[])) and p.direction = 'in'
    order by p.entry_id, p.line
    """
)


async def standing(session: ReadSession, entry_ids: Iterable[UUID]) -> dict[UUID, list[Part]]:
    """Return the inflow postings of each entry as they stand, in line order, all with one statement.

    Two callers who exchange from the same answer collide on a unique index: the second one is refused.
    """
    parts: dict[UUID, list[Part]] = {entry_id: [] for entry_id in entry_ids}
    for row in await session.execute(_STANDING, {"entries": bulk.array(parts)}):
        parts[row.entry_id].append(Part(*row))
    return parts


def divide(parts: Sequence[Part], amount: int) -> list[tuple[Part, int]]:
    """Divide an amount over what is left of each part (largest remainder), and leave out who gives nothing.

    Raises MoreThanLeft.
    """
    left = sum(part.left for part in parts)
    if not 0 < amount <= left:
        raise MoreThanLeft(asked=amount, left=left)
    shares = money.split(amount, [part.left for part in parts])
    return [(part, share) for part, share in zip(parts, shares, strict=True) if share]


def lines(
    shares: Iterable[tuple[Part, int]],
    *,
    credit: UUID,
    debit: Mapping[UUID, UUID] | None = None,
    due_from: Mapping[UUID, UUID] | None = None,
    paid_by: UUID | None = None,
) -> list[Line]:
    """Return the outflow lines that take these shares back, credited to one account.

    `debit` and `due_from` name accounts by the fund that pays; without `debit` the gift's own credit account
    is debited. With `due_from` the lines are facts, else decisions. `paid_by` is a fund that pays for all.
    """
    made: list[Line] = []
    for part, share in shares:
        fund_id = paid_by or part.fund_id
        line = Line(
            debit=debit[fund_id] if debit else part.credit,
            credit=credit,
            amount=share,
            fund_id=fund_id,
            direction=Direction.outflow,
            follows=Follow(posting_id=part.posting_id, offset=part.exchanged, kind=FollowKind.exchange),
            due_from=due_from[fund_id] if due_from else None,
        )
        made.append(line)
    return made
