"""Dues: what funds owe because a fact cost more than they held, and how it is covered later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, charts, journal
from app.ledger.charts import CLEARING, Concept
from app.ledger.errors import MoreThanLeft
from app.ledger.events import Event
from app.ledger.journal import Follow, Line, Receipt
from app.ledger.models import Direction, EntryKind, FollowKind, Fund


@dataclass(frozen=True, slots=True)
class Due:
    """A posting to 1122 that waits to be covered; it stands for another account in the statements."""

    posting_id: UUID
    entry_id: UUID
    organization_id: UUID
    fund_id: UUID
    account_id: UUID
    stands_for_id: UUID
    amount: int
    cleared: int
    booked_on: date

    @property
    def left(self) -> int:
        """What is still to be covered, in fen."""
        return self.amount - self.cleared

    def age_days(self, on: date) -> int:
        """Return for how many days it has been waiting."""
        return (on - self.booked_on).days


_DUES = """
    select p.id, p.entry_id, p.organization_id, a.fund_id, a.id, p.stands_for_id, p.amount,
           coalesce(c.cleared, 0)::bigint, e.booked_on
    from accounts a
    join postings p on p.debit_account_id = a.id and p.stands_for_id is not null
    join entries e on e.id = p.entry_id
    left join lateral (
      select sum(x.amount) as cleared from postings x
      where x.follows_posting_id = p.id and x.follows_kind = 'exchange') c on true
    where a.code = '1122' and a.fund_id is not null and {which}
      and p.amount > coalesce(c.cleared, 0)
      and not exists (select from entries r where r.reverses_id = e.id)
    order by e.booked_on, p.id
"""
_OF_ORGANIZATIONS = text(_DUES.format(which="a.organization_id = any(cast(:organizations as uuid[]))"))
_OF_POSTING = text(_DUES.format(which="p.id = :posting"))


async def waiting(session: ReadSession, organization_ids: Sequence[UUID]) -> list[Due]:
    """Return everything that funds of these organizations owe, the oldest first."""
    rows = await session.execute(_OF_ORGANIZATIONS, {"organizations": bulk.array(organization_ids)})
    return [Due(*row) for row in rows]


async def of_posting(session: ReadSession, posting_id: UUID) -> Due | None:
    """Return what is still due by one posting, if anything is."""
    row = (await session.execute(_OF_POSTING, {"posting": posting_id})).one_or_none()
    return None if row is None else Due(*row)


async def clear(
    session: WriteSession, due: Due, payer: Fund, event: Event, *, amount: int | None = None
) -> Receipt:
    """Cover what is due, or a part of it, from the fund itself or by decision from the general fund.

    Raises MoreThanLeft, and FundShort if the payer holds less. The reference is the posting's and the part's.
    """
    paid = due.left if amount is None else amount
    if not 0 < paid <= due.left:
        raise MoreThanLeft(asked=paid, left=due.left)
    if payer.id != due.fund_id and not (payer.general and payer.organization_id == due.organization_id):
        raise MoreThanLeft(
            "only the fund itself or the general fund covers what is due",
            "欠款只能由该基金自身或非限定基金补足",
            fund=payer.code,
        )
    follows = Follow(posting_id=due.posting_id, offset=due.cleared, kind=FollowKind.exchange)
    out = Line(
        debit=due.stands_for_id,
        credit=due.account_id,
        amount=paid,
        fund_id=payer.id,
        direction=Direction.outflow,
        follows=follows,
    )
    lines = [out]
    if payer.id != due.fund_id:
        # A posting touches one fund only, so the general fund's cost and the other's debt meet in clearing.
        clearing = event.leaf(due.organization_id, CLEARING)
        cost = event.leaf(
            due.organization_id, charts.code(event.chart, Concept.administration), fund_id=payer.id
        )
        opened = await accounts.open_all(session, [clearing, cost])
        lines = [
            replace(out, debit=opened[cost], credit=opened[clearing]),
            Line(debit=opened[clearing], credit=due.account_id, amount=paid),
        ]
    reference = f"due:{due.posting_id}:{due.cleared}"
    draft = event.draft(due.organization_id, EntryKind.clearing, reference, lines)
    [receipt] = await journal.post(session, [draft])
    return receipt
