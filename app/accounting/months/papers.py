"""Papers: reconciliations, vouchers and their numbers, as a month is closed."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import orjson
from sqlalchemy import text

from app.accounting.months.items import Check, CheckWeight, Finding
from app.accounting.vouchers import recurring
from app.kit.clock import today
from app.kit.database import ReadSession
from app.ledger.periods import next_month

# An account in which nothing was ever booked has nothing to reconcile; one that was closed before the month
# had its last reconciliation then.
_BANKS = text(
    """
    select c.code, r.content, r.reviewed_by is not null as reviewed, coalesce(b.amount, 0) as amount
    from channels c
    left join bank_reconciliations r on r.channel_id = c.id and r.month = :month
    cross join lateral (
      select sum(w.debit - w.credit)::bigint as amount, count(*) as months
      from accounts a join balances w on w.account_id = a.id
      where a.channel_id = c.id and a.code = '1002' and w.month <= :month
    ) b
    where c.organization_id = :organization and c.kind = 'bank' and b.months > 0
      and (c.closed_at is null or (c.closed_at at time zone 'Asia/Shanghai')::date >= :month)
    order by c.code
    """
)
_VOUCHERS = text(
    """
    select state, count(*) as many from vouchers
    where organization_id = :organization and happened_on < :until and state = any(:states) group by state
    """
)
_UNNUMBERED = text(
    """
    select count(*) from entries e
    where e.organization_id = :organization and e.booked_on between :month and :last
      and not exists (select from voucher_number_entries n where n.entry_id = e.id)
    """
)


async def _banks(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    rows = (await session.execute(_BANKS, {"organization": organization_id, "month": month})).all()
    open_ones: dict[str, int | str] = {}
    for row in rows:
        if row.content is None:
            open_ones[row.code] = "not_signed"
        elif not row.reviewed:
            open_ones[row.code] = "not_reviewed"
        elif orjson.loads(row.content)["ledger_balance"] != row.amount:
            # What both signed is not what the books say now: something was booked since.
            open_ones[row.code] = "changed_since"
    return Finding(done=not open_ones, facts={"account_count": len(rows), **open_ones})


async def _counted(session: ReadSession, organization_id: UUID, month: date, *states: str) -> Finding:
    asked = {"organization": organization_id, "until": next_month(month), "states": list(states)}
    found = {row.state: int(row.many) for row in await session.execute(_VOUCHERS, asked)}
    return Finding(done=not found, facts={f"{state}_count": found.get(state, 0) for state in states})


async def _waiting(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    return await _counted(session, organization_id, month, "submitted", "reviewed")


async def _unfinished(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    return await _counted(session, organization_id, month, "draft", "returned")


async def _recurring(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    owed = await recurring.owed(session, organization_id, month)
    written = sum(one.voucher is not None for one in owed)
    return Finding(done=not owed, facts={"count": len(owed), "written_count": written})


async def _unnumbered(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    # Days that are not over are numbered tomorrow.
    last = min(next_month(month), today()) - timedelta(days=1)
    asked = {"organization": organization_id, "month": month, "last": last}
    count = await session.scalar(_UNNUMBERED, asked) or 0
    return Finding(done=not count, facts={"count": count})


CHECKS: Mapping[str, Check] = {
    "banks": Check(
        title_zh="各银行账户余额调节表已编制并复核",
        title="Every bank account is reconciled, signed and reviewed",
        weight=CheckWeight.blocking,
        why_zh="银行存款未核对的月份可能漏记或错记",
        why="A month whose bank accounts nobody compared may lack what the bank knows.",
        look=_banks,
    ),
    "vouchers_waiting": Check(
        title_zh="已提交的凭证均已记账",
        title="Every voucher that was handed in is booked",
        weight=CheckWeight.blocking,
        why_zh="已有人签字的业务结账后只能记入下月",
        why="What people have put their names to would be booked in a later month.",
        look=_waiting,
    ),
    "recurring": Check(
        title_zh="定期凭证均已记账",
        title="Every recurring voucher of the month is booked",
        weight=CheckWeight.blocking,
        why_zh="缺少定期凭证的月份费用不完整",
        why="The month would lack a cost or an income that falls due every month.",
        look=_recurring,
    ),
    "vouchers_unfinished": Check(
        title_zh="无未提交的凭证草稿",
        title="No draft of a voucher is left over",
        weight=CheckWeight.warning,
        why_zh="草稿尚无人签字，未必会成为凭证",
        why="Nobody has put a name to a draft; it may never become a voucher.",
        look=_unfinished,
    ),
    "numbers": Check(
        title_zh="已结束日期的凭证均已编号",
        title="Every voucher of the days that are over is numbered",
        weight=CheckWeight.warning,
        why_zh="编号由每日任务连续给出，结账后亦然，不影响账目",
        why="Numbers are given day by day without gaps, after the close too; the books are the same.",
        look=_unnumbered,
    ),
}
