"""Pairing: from lines as the bookkeeper wrote them to postings with two accounts each.

Debits and credited are taken in the order written; each posting takes as much as both of the next two lines
still have. So the same voucher always makes the same postings, and they balance by construction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.accounting.vouchers.errors import VoucherTooLong, VoucherUnbalanced
from app.ledger.journal import Line
from app.ledger.models import Direction
from app.ledger.models.entries import LINES_MAX


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its leaf account; `fund_id` on income, cost and net assets, whose money it moves."""

    account_id: UUID
    amount: int
    fund_id: UUID | None = None


def pair(
    debited: Sequence[Placed], credited: Sequence[Placed], clearing_id: UUID, *, due_from: UUID | None = None
) -> list[Line]:
    """Return the postings of a voucher, inflows first, so that what comes in can pay for what goes out.

    Two lines that both move a fund meet in the clearing account, because a posting touches one fund only.
    With `due_from` outflows are facts: what the fund can't cover is debited there instead of being refused.
    Raises VoucherUnbalanced, VoucherTooLong.
    """
    sums = (sum(one.amount for one in debited), sum(one.amount for one in credited))
    if sums[0] != sums[1] or not sums[0]:
        raise VoucherUnbalanced(debit=sums[0], credit=sums[1])
    lines: list[Line] = []
    for debit, credit, amount in _meet(debited, credited):
        if debit.fund_id and credit.fund_id:
            lines.append(_line(Placed(clearing_id, amount), credit, amount))
            lines.append(_line(debit, Placed(clearing_id, amount), amount))
        else:
            lines.append(_line(debit, credit, amount, due_from))
    if len(lines) > LINES_MAX:
        raise VoucherTooLong(postings=len(lines), at_most=LINES_MAX)
    return sorted(lines, key=lambda line: _ORDER[line.direction])


_ORDER: dict[Direction | None, int] = {Direction.inflow: 0, None: 1, Direction.outflow: 2}


def _meet(debited: Sequence[Placed], credited: Sequence[Placed]) -> Iterator[tuple[Placed, Placed, int]]:
    rest = iter(credited)
    credit, left = next(rest), 0
    left = credit.amount
    for debit in debited:
        wanted = debit.amount
        while wanted:
            if not left:
                credit = next(rest)
                left = credit.amount
            taken = min(wanted, left)
            yield debit, credit, taken
            wanted, left = wanted - taken, left - taken


def _line(debit: Placed, credit: Placed, amount: int, due_from: UUID | None = None) -> Line:
    direction = Direction.outflow if debit.fund_id else Direction.inflow if credit.fund_id else None
    return Line(
        debit=debit.account_id,
        credit=credit.account_id,
        amount=amount,
        fund_id=debit.fund_id or credit.fund_id,
        direction=direction,
        due_from=due_from if direction is Direction.outflow else None,
    )
