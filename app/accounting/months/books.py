"""Books: what the ledger itself says of a month before it is closed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.accounting.books import charts
from app.accounting.months.items import Check, CheckWeight, Finding
from app.kit.clock import today
from app.kit.database import ReadSession
from app.ledger.movements import dues
from app.ledger.periods import next_month
from app.ledger.statements import drawing
from app.ledger.statements.forms import Name
from app.ledger.statements.terms import Term
from app.organizations.models import Organization

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
# Money cannot be less than none: where the books say so, something is missing or was booked twice. Nor can
# that which is handed on (1002/agency), which our own would have paid for.
_BELOW_ZERO = text(
    """
    select concat_ws('/', c.code, a.sub) as code, sum(b.debit - b.credit)::bigint as amount
    from channels c
    join accounts a on a.channel_id = c.id and a.code in ('1001', '1002', '1009')
    join balances b on b.account_id = a.id
    where c.organization_id = :organization and b.month <= :month
    group by c.id, a.sub having sum(b.debit - b.credit) < 0 order by 1
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


async def _money(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    rows = (await session.execute(_BELOW_ZERO, {"organization": organization_id, "month": month})).all()
    facts: dict[str, int | str] = {f"{row.code}_minor": row.amount for row in rows}
    return Finding(done=not rows, facts=facts)


CHECKS: Mapping[str, Check] = {
    "over": Check(
        title_zh="月份已结束且之前月份均已结账",
        title="The month is over and every earlier one closed",
        weight=CheckWeight.required,
        why_zh="补记的业务记入最早的未结账月份，因此月份只能依次结账",
        why="What is recorded late is booked in the earliest open month: months close one after the other.",
        look=_over,
    ),
    "statements": Check(
        title_zh="三张报表均已平衡",
        title="The three statements tie",
        weight=CheckWeight.blocking,
        why_zh="报表不平说明账目有误，应先查明",
        why="Statements that do not tie say that the books are wrong.",
        look=_statements,
    ),
    "money": Check(
        title_zh="货币资金账户无负数余额",
        title="No bank, merchant or cash account holds less than nothing",
        weight=CheckWeight.blocking,
        why_zh="资金余额不可能为负，必有漏记或重记",
        why="Money cannot be less than none: something is missing or was booked twice.",
        look=_money,
    ),
    "suspense": Check(
        title_zh="待认领款项已清零",
        title="No gift waits in suspense",
        weight=CheckWeight.warning,
        why_zh="待认领款项列示为其他应付款，认领后记入未结账月份，不影响本月正确性",
        why="It stands as a payable and is claimed in an open month: the month is right without it.",
        look=_suspense,
    ),
    "in_transit": Check(
        title_zh="成员间在途划拨已清零",
        title="No transfer to a member is on its way",
        weight=CheckWeight.warning,
        why_zh="在途款项取决于对方成员入账，汇总报表已单独列示",
        why="It waits for the other member, and the aggregated statements show it as in transit.",
        look=_in_transit,
    ),
    "dues": Check(
        title_zh="基金垫付已清偿",
        title="No fund owes what a fact cost it",
        weight=CheckWeight.warning,
        why_zh="垫付列示于其他应收款及异常清单，须另作决定清偿",
        why="It stands against the fund and on the exceptions list until somebody decides who covers it.",
        look=_dues,
    ),
}
