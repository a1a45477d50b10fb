"""Checklist: what is looked at before a month is closed; other features put their own items on it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.accounting.books import charts
from app.kit.clock import today
from app.kit.database import ReadSession
from app.ledger.movements import dues
from app.ledger.periods import next_month
from app.ledger.statements import drawing
from app.ledger.statements.forms import Name
from app.ledger.statements.terms import Term
from app.organizations.models import Organization

Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether an item is done, and the facts behind it: counts, and amounts in fen (`..._minor`)."""

    done: bool
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at, as it stands."""

    key: str
    title_zh: str
    title: str
    done: bool
    facts: Facts


MORE = "month_checks"
"""Under this name a session carries the items of the features above (`app/wiring.py`)."""

Look = Callable[[ReadSession, UUID, date], Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """An item of the checklist: its name, and what looks at one organization's month."""

    title_zh: str
    title: str
    look: Look


async def look(session: ReadSession, organization: Organization, month: date) -> list[Item]:
    """Return every item of the checklist of one month."""
    items: list[Item] = []
    for key, check in {**CHECKS, **session.info.get(MORE, {})}.items():
        found = await check.look(session, organization.id, month)
        item = Item(
            key=key, title_zh=check.title_zh, title=check.title, done=found.done, facts=dict(found.facts)
        )
        items.append(item)
    return items


_EARLIER = text(
    "select count(*) from periods where organization_id = :organization and month < :month and state = 'open'"
)
_SUSPENSE = text(
    """
    select coalesce(sum(b.credit - b.debit), 0)::bigint, count(distinct a.id)
    from accounts a join balances b on b.account_id = a.id
    where a.organization_id = :organization and a.code = '2209' and a.sub = 'suspense' and b.month <= :month
    """
)
# Sent by this member and not booked by the other, however long ago.
_IN_TRANSIT = text(
    """
    select count(*), coalesce(sum((select sum(p.amount) from postings p where p.entry_id = e.id)), 0)::bigint
    from entries e
    where e.organization_id = :organization and e.kind = 'transfer' and e.booked_on < :until
      and e.reference like 'transfer\\:%\\:out'
      and not exists (select from entries i where i.reference = replace(e.reference, '\\:out', '\\:in'))
      and not exists (select from entries r where r.reverses_id = e.id)
    """
)


async def _over(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    asked = {"organization": organization_id, "month": month}
    earlier = await session.scalar(_EARLIER, asked) or 0
    ended = today() >= next_month(month)
    return Finding(done=ended and not earlier, facts={"ended": str(ended).lower(), "earlier_open": earlier})


async def _suspense(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    amount, _ = (await session.execute(_SUSPENSE, {"organization": organization_id, "month": month})).one()
    return Finding(done=not amount, facts={"amount_minor": amount})


async def _in_transit(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    asked = {"organization": organization_id, "until": next_month(month)}
    count, amount = (await session.execute(_IN_TRANSIT, asked)).one()
    return Finding(done=not count, facts={"count": count, "amount_minor": amount})


async def _dues(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    waiting = [
        due for due in await dues.waiting(session, [organization_id]) if due.booked_on < next_month(month)
    ]
    facts = {"count": len(waiting), "amount_minor": sum(due.left for due in waiting)}
    return Finding(done=not waiting, facts=facts)


async def _statements(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    organization = await session.get_one(Organization, organization_id)
    term = Term(month, month)
    chart = await charts.in_force(session, organization, term.until)
    papers = [await drawing.draw(session, organization_id, chart, name, term) for name in Name]
    broken = [proof for paper in papers for proof in paper.proofs if proof.difference]
    facts: dict[str, int | str] = {proof.name: proof.difference for proof in broken}
    return Finding(done=not broken, facts=facts)


CHECKS: dict[str, Check] = {
    "over": Check("月份已结束且之前月份均已结账", "The month is over and every earlier one closed", _over),
    "suspense": Check("待认领款项已清零", "No gift waits in suspense", _suspense),
    "in_transit": Check("成员间在途划拨已清零", "No transfer to a member is on its way", _in_transit),
    "dues": Check("基金垫付已清偿", "No fund owes what a fact cost it", _dues),
    "statements": Check("三张报表均已平衡", "The three statements tie", _statements),
}
"""What is on every member's list, before the items of the features above."""
