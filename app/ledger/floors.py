"""Floors: accounts of which no decision may take more than lies there."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts
from app.ledger.drafts import Draft
from app.ledger.errors import AccountShort
from app.ledger.models import Account, AccountFloor, EntryKind

DECIDED = frozenset(
    {EntryKind.disbursement, EntryKind.transfer, EntryKind.returned, EntryKind.refund, EntryKind.voucher}
)
"""Kinds of entries by which people pay. What else credits an account has happened, or corrects a mistake."""


async def lay(session: WriteSession, account_id: UUID, *, active: bool = True, owed: bool = False) -> None:
    """Guard an account with a floor of zero, or lift it; of one that is `owed` its credit stays above."""
    put = insert(AccountFloor).values(account_id=account_id, active=active, owed=owed)
    await session.execute(
        put.on_conflict_do_update(index_elements=[AccountFloor.account_id], set_={"active": active})
    )


async def standing(session: ReadSession, account_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these accounts have a floor."""
    query = select(AccountFloor.account_id).where(
        AccountFloor.account_id.in_(account_ids), AccountFloor.active
    )
    return set(await session.scalars(query))


async def carry_over(session: WriteSession, organization_id: UUID, source: str, target: str) -> None:
    """Guard the accounts of another chart as those that they continue.

    Also those on which nothing stands now: what is guarded says what may happen, not what has.
    """
    query = select(AccountFloor).join(Account, Account.id == AccountFloor.account_id)
    query = query.where(Account.organization_id == organization_id, Account.chart == source)
    guarded = (await session.scalars(query.order_by(Account.id))).all()
    there = await accounts.carry(session, [floor.account_id for floor in guarded], source, target)
    for floor in guarded:
        await lay(session, there[floor.account_id], active=floor.active, owed=floor.owed)


async def hold(session: WriteSession, drafts: Sequence[Draft]) -> dict[UUID, bool]:
    """Lock the floors of the accounts from which these entries pay by decision; none is for most batches.

    Held from before the entries are written until the transaction ends: who pays from one account at once
    comes in turn, in whichever month each is booked. By account, whether it is owed.
    """
    lines = [line for draft in drafts if _decided(draft) for line in draft.lines]
    if not lines:
        return {}
    paying = AccountFloor.account_id.in_({line.credit for line in lines}) & ~AccountFloor.owed
    handing_on = AccountFloor.account_id.in_({line.debit for line in lines}) & AccountFloor.owed
    query = select(AccountFloor.account_id, AccountFloor.owed).where(AccountFloor.active, paying | handing_on)
    held = await session.execute(query.order_by(AccountFloor.account_id).with_for_update())
    return {row.account_id: row.owed for row in held}


def _decided(draft: Draft) -> bool:
    return draft.kind in DECIDED and not draft.fact


async def check(session: ReadSession, held: Mapping[UUID, bool]) -> None:
    """Refuse with AccountShort if what was written has left less than nothing on a held account."""
    if not held:
        return
    # A statement of its own behind the lock: it sees what everybody before us has paid.
    for account_id, stands in (await accounts.standing(session, list(held))).items():
        left = -stands if held[account_id] else stands
        if left < 0:
            raise AccountShort(account=account_id, missing=-left)
