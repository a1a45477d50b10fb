"""Accounts: a payee's bank details, sealed in the vault, and changed by two people or not at all."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from sqlalchemy import select

from app.accounting import numbers
from app.accounting.parties import counterparties
from app.kit import constraints, outbox, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.projects.disbursements import explanations, relations
from app.projects.disbursements.errors import PayeeAccountDecided, PayeeAccountWaiting, SamePersonTwice
from app.projects.models import PayeeAccount, PayeeAccountState


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Where somebody is paid: the holder's name, the number, and the bank."""

    holder: str
    number: str = field(repr=False)
    bank: str
    branch: str | None = None


def _field(account_id: UUID) -> str:
    return f"payee_account:{account_id}"


async def propose(
    session: WriteSession, counterparty_id: UUID, details: Details, *, reason: str, actor: str
) -> PayeeAccount:
    """Put bank details forward; nothing is paid to them before a second person has confirmed them."""
    payee = await counterparties.get(session, counterparty_id)
    if payee.organization_id is None:
        raise OutOfSight
    await relations.must_be_free(session, [counterparty_id], actor)
    account = PayeeAccount(
        organization_id=payee.organization_id,
        counterparty_id=counterparty_id,
        number_last=numbers.plain(details.number)[-numbers.LAST :],
        number_index=numbers.index(vault.of(session), details.number),
        proposed_by=actor,
    )
    async with constraints.told(session, {"payee_accounts_proposed_idx": PayeeAccountWaiting()}):
        session.add(account)
    await vault.keep(session, counterparty_id, {_field(account.id): json.dumps(asdict(details))})
    await explanations.keep(session, account, account, reason)
    await _tell(session, account, "proposed", actor)
    return account


async def get(session: ReadSession, account_id: UUID, *, lock: bool = False) -> PayeeAccount:
    """Return bank details as they are known without the vault, or refuse."""
    account = await session.get(
        PayeeAccount, account_id, with_for_update=lock or None, populate_existing=lock
    )
    if account is None:
        raise OutOfSight
    return account


async def decide(session: WriteSession, account: PayeeAccount, *, confirm: bool, actor: str) -> PayeeAccount:
    """Confirm or decline details (locked by the caller); confirmed ones take the place of those before.

    Raises SamePersonTwice for whoever proposed them, RelatedToPayee, PayeeAccountDecided.
    """
    if account.state is not PayeeAccountState.proposed:
        raise PayeeAccountDecided(account=account.id, state=account.state)
    if account.proposed_by == actor:
        raise SamePersonTwice
    await relations.must_be_free(session, [account.counterparty_id], actor)
    if confirm and (before := await confirmed(session, account.counterparty_id, lock=True)) is not None:
        before.state = PayeeAccountState.replaced
        # The index allows one at a time, and the unit of work would write the new one first.
        await session.flush()
    async with constraints.told(session, {"payee_accounts_two_people_check": SamePersonTwice()}):
        account.state = PayeeAccountState.confirmed if confirm else PayeeAccountState.declined
        account.decided_by, account.decided_at = actor, now()
    await _tell(session, account, account.state, actor)
    return account


async def confirmed(
    session: ReadSession, counterparty_id: UUID, *, lock: bool = False
) -> PayeeAccount | None:
    """Return where a payee may be paid now."""
    query = select(PayeeAccount).filter_by(counterparty_id=counterparty_id, state=PayeeAccountState.confirmed)
    return await session.scalar(query.with_for_update() if lock else query)


async def opened(session: ReadSession, accounts: Sequence[PayeeAccount]) -> dict[UUID, Details]:
    """Return bank details in clear, for those who may read them; of the erased nothing is left."""
    fields = [_field(one.id) for one in accounts]
    read = await vault.read(session, list({one.counterparty_id for one in accounts}), fields)
    sealed = {(payee, name): value for payee, values in read.items() for name, value in values.items()}
    found = {one.id: sealed.get((one.counterparty_id, _field(one.id))) for one in accounts}
    return {account_id: Details(**json.loads(value)) for account_id, value in found.items() if value}


async def _tell(session: WriteSession, account: PayeeAccount, what: str, by: str) -> None:
    await outbox.tell(
        session,
        f"payee_account.{what}",
        organization_id=account.organization_id,
        subject=f"payee-account:{account.id}",
        payload={"counterparty_id": str(account.counterparty_id), "by": by},
    )
