"""Balances: what a platform says that it holds for us when a month ends, against account 1009."""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.accounting.models import Channel
from app.accounting.months.items import Check, CheckWeight, Finding
from app.fundraising.models import MerchantBalance
from app.fundraising.settling.files import must_be_merchant
from app.kit.database import ReadSession, WriteSession


async def tell(
    session: WriteSession, channel: Channel, month: date, balance: int, *, actor: str
) -> MerchantBalance:
    """Keep what a platform's statement says at the end of a month; of several the latest counts."""
    must_be_merchant(channel)
    told = MerchantBalance(
        channel_id=channel.id, month=month.replace(day=1), balance_minor=balance, actor=actor
    )
    session.add(told)
    await session.flush()
    return told


_STANDING = text(
    """
    select c.code, coalesce(b.held, 0)::bigint as held, t.balance_minor as told
    from channels c
    left join lateral (
      select sum(debit - credit) as held from balances
      where account_id = c.account_id and month <= :month
    ) b on true
    left join lateral (
      select balance_minor from merchant_balances
      where channel_id = c.id and month = :month order by id desc limit 1
    ) t on true
    where c.organization_id = :organization and c.kind = 'merchant'
      and (b.held is not null or t.balance_minor is not null)
    order by c.code
    """
)


async def look(session: ReadSession, organization_id: UUID, month: date) -> Finding:
    """Compare 1009 with the platforms' statements of a month, merchant account by merchant account.

    A statement that nobody has told of is counted as missing, and holds nobody up.
    """
    asked = {"organization": organization_id, "month": month.replace(day=1)}
    rows = (await session.execute(_STANDING, asked)).all()
    # Where nothing lies and nobody has told of anything there is no statement to wait for.
    silent = [row for row in rows if row.told is None and row.held]
    differing = {row.code: row.told - row.held for row in rows if row.told not in {None, row.held}}
    facts: dict[str, int | str] = {"count": len(rows), "missing": len(silent), "differing": len(differing)}
    facts["amount_minor"] = sum(differing.values())
    return Finding(done=not differing, facts=facts)


CHECK = Check(
    title_zh="平台账户余额与平台账单一致",
    title="What platforms hold is what their statements say",
    weight=CheckWeight.blocking,
    why_zh="平台账单与1009余额不符，说明有捐赠、退款或手续费漏记或重记",
    why="Where they differ, a gift, a refund or a fee is missing in the books, or in them twice.",
    look=look,
)
"""An item of the month's checklist; `app/wiring.py` hands it down."""
