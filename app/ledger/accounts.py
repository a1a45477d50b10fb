"""Accounts: the leaf accounts under the statutory codes, made when first needed."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from uuid import UUID

from sqlalchemy import func, select, text

from app.kit import bulk
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.ledger.charts import CODES, FROM_2004_TO_2026
from app.ledger.errors import EntryUnfit
from app.ledger.models import Account, Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What tells one leaf account from every other."""

    organization_id: UUID
    chart: str
    code: str
    sub: str | None = None
    fund_id: UUID | None = None
    channel_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


# The label stands in published leaves, so it is written once, from codes that never change.
_OPEN = text(
    """
    insert into accounts (id, organization_id, chart, code, label, currency, sub,
                          fund_id, channel_id, project_id, counterparty_id, created_at)
    select w.id, w.organization_id, w.chart, w.code,
           concat_ws('/', w.code, w.sub, f.code, h.code, p.code, k.code), 'CNY', w.sub,
           w.fund_id, w.channel_id, w.project_id, w.counterparty_id, now()
    from unnest(cast(:ids as uuid[]), cast(:organizations as uuid[]), cast(:charts as text[]),
                cast(:codes as text[]), cast(:subs as text[]), cast(:funds as uuid[]),
                cast(:channels as uuid[]), cast(:projects as uuid[]), cast(:counterparties as uuid[]))
      as w (id, organization_id, chart, code, sub, fund_id, channel_id, project_id, counterparty_id)
    left join funds f on f.id = w.fund_id
    left join dimensions h on h.id = w.channel_id
    left join dimensions p on p.id = w.project_id
    left join dimensions k on k.id = w.counterparty_id
    on conflict on constraint accounts_identity_key do nothing
    """
)
_FIND = text(
    """
    select a.id from unnest(cast(:organizations as uuid[]), cast(:charts as text[]), cast(:codes as text[]),
                cast(:subs as text[]), cast(:funds as uuid[]), cast(:channels as uuid[]),
                cast(:projects as uuid[]), cast(:counterparties as uuid[]))
      with ordinality as w (organization_id, chart, code, sub, fund_id, channel_id, project_id,
                            counterparty_id, place)
    left join accounts a on a.organization_id = w.organization_id and a.chart = w.chart and a.code = w.code
      and a.currency = 'CNY' and a.sub is not distinct from w.sub
      and a.fund_id is not distinct from w.fund_id and a.channel_id is not distinct from w.channel_id
      and a.project_id is not distinct from w.project_id
      and a.counterparty_id is not distinct from w.counterparty_id
    order by w.place
    """
)
_NAMES = ("organizations", "charts", "codes", "subs", "funds", "channels", "projects", "counterparties")


async def open_all(session: WriteSession, leaves: Iterable[Leaf]) -> dict[Leaf, UUID]:
    """Return the ids of these leaf accounts; those that do not exist yet are opened."""
    wanted = sorted(set(leaves), key=repr)
    if not wanted:
        return {}
    rows = [astuple(leaf) for leaf in wanted]
    keys = {name: bulk.array(row[place] for row in rows) for place, name in enumerate(_NAMES)}
    found = (await session.scalars(_FIND, keys)).all()
    if None in found:
        await session.execute(_OPEN, keys | {"ids": bulk.array(new_id() for _ in wanted)})
        found = (await session.scalars(_FIND, keys)).all()
    return dict(zip(wanted, found, strict=True))


async def open_one(session: WriteSession, leaf: Leaf) -> UUID:
    """Return the id of one leaf account, opened if it does not exist yet."""
    return (await open_all(session, [leaf]))[leaf]


async def carry(
    session: WriteSession, account_ids: Iterable[UUID], source: str, target: str
) -> dict[UUID, UUID]:
    """Return for each of these accounts of one chart the one that goes on for it on another.

    It has the same dimensions, and is opened if it does not exist yet. On the same chart every account goes
    on for itself, and nothing is asked: what follows an older posting calls this wherever it names accounts.
    """
    wanted = set(account_ids)
    if source == target:
        return {one: one for one in wanted}
    rows = await session.scalars(select(Account).where(Account.id.in_(wanted), Account.chart == source))
    leaves = {row.id: _leaf(row, target) for row in rows}
    opened = await open_all(session, leaves.values())
    return {account_id: opened[leaf] for account_id, leaf in leaves.items()}


def carried(code: str, source: str, target: str) -> str:
    """Return the code under which what an account of one chart is for stands on another.

    By concept where there is one: 5301 is fundraising on one chart and administration on the other. Raises
    EntryUnfit for what only the newer chart has.
    """
    if source == target:
        return code
    for concept, here in CODES[source].items():
        if here == code:
            there = CODES[target].get(concept)
            if there is None:
                raise EntryUnfit(
                    "the chart has no such account", "科目表中没有该科目", account=code, chart=target
                )
            return there
    back = {there: here for here, there in FROM_2004_TO_2026.items()}
    return (FROM_2004_TO_2026 if target == "2026" else back).get(code, code)


def _leaf(account: Account, chart: str) -> Leaf:
    return Leaf(
        organization_id=account.organization_id,
        chart=chart,
        code=carried(account.code, account.chart, chart),
        sub=account.sub,
        fund_id=account.fund_id,
        channel_id=account.channel_id,
        project_id=account.project_id,
        counterparty_id=account.counterparty_id,
    )


async def standing(session: ReadSession, account_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return what stands on these accounts in fen, debits above zero; what was never used has nothing."""
    wanted = list(account_ids)
    rows = await session.execute(
        select(Balance.account_id, func.sum(Balance.debit - Balance.credit))
        .where(Balance.account_id.in_(wanted))
        .group_by(Balance.account_id)
    )
    return dict.fromkeys(wanted, 0) | {row[0]: int(row[1]) for row in rows}
