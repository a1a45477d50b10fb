"""Years: at the end of December income and costs become net assets of their class (J14, J15).

Closing entries move no fund's money: each goes from an account to the net assets of the same fund.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import text

from app.kit.clock import LEGAL_ZONE
from app.kit.database import WriteSession
from app.ledger import accounts, journal
from app.ledger.accounts import Leaf
from app.ledger.events import Event
from app.ledger.journal import Line, Receipt
from app.ledger.models import EntryKind
from app.ledger.models.entries import LINES_MAX
from app.ledger.periods import next_month
from app.organizations.models import Organization

_TO_CLOSE = text(
    """
    select a.id, a.chart, a.fund_id, coalesce(f.restricted, false), sum(b.debit - b.credit)::bigint
    from accounts a
    join balances b on b.account_id = a.id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    left join funds f on f.id = a.fund_id
    where a.organization_id = :organization and b.month <= :month
      and (k.kind in ('income', 'expense') or a.code = '3201')
    group by a.id, f.restricted having sum(b.debit - b.credit) <> 0 order by a.chart, a.label
    """
)
_CLOSED_BEFORE = text(
    "select count(*) from entries where organization_id = :organization and kind = 'closing'"
    " and reference like :year"
)


_LOCK = text("select 1 from periods where organization_id = :organization and month = :month for update")
_MOMENT = timedelta(seconds=1)


async def close(
    session: WriteSession, organization: Organization, december: date, *, actor: str
) -> list[Receipt]:
    """Book the closing entries of a year; closed again after a reopening, only what came since then.

    The month must still be open, and is locked: the caller closes it in the same transaction.
    """
    asked = {"organization": organization.id, "month": december}
    # Recorders hold the month FOR SHARE until they commit: behind this lock everything of theirs is folded.
    await session.execute(_LOCK, asked)
    rows = (await session.execute(_TO_CLOSE, asked)).all()
    leaves = {row.id: _net_assets(organization.id, *row[1:4]) for row in rows}
    opened = await accounts.open_all(session, leaves.values())
    lines: dict[str, list[Line]] = {}
    for account_id, chart, _, _, balance in rows:
        into = opened[leaves[account_id]]
        debit, credit = (into, account_id) if balance > 0 else (account_id, into)
        lines.setdefault(chart, []).append(Line(debit=debit, credit=credit, amount=abs(balance)))
    name = f"closing:{organization.id}:{december.year}"
    before = await session.scalar(_CLOSED_BEFORE, {"organization": organization.id, "year": f"{name}:%"}) or 0
    last_day = datetime.combine(next_month(december), time(), LEGAL_ZONE) - _MOMENT
    drafts = [
        Event(occurred_at=last_day, actor=actor, chart=chart, summary=f"{december.year} 年度结转").draft(
            organization.id, EntryKind.closing, f"{name}:{before + number}", piece
        )
        for number, (chart, piece) in enumerate(_pieces(lines), 1)
    ]
    return await journal.post(session, drafts)


def _pieces(lines: Mapping[str, Sequence[Line]]) -> Iterator[tuple[str, Sequence[Line]]]:
    for chart, of_chart in lines.items():
        for start in range(0, len(of_chart), LINES_MAX):
            yield chart, of_chart[start : start + LINES_MAX]


def _net_assets(organization_id: UUID, chart: str, fund_id: UUID | None, restricted: bool) -> Leaf:
    code = "3102" if restricted else "3101"
    return Leaf(organization_id=organization_id, chart=chart, code=code, fund_id=fund_id)
