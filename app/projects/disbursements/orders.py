"""Orders: approved disbursements paid from one channel, booked as they leave it (J8, J9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounting.models import Channel, ChannelKind
from app.kit import constraints
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.ledger.events import Event
from app.ledger.models import Fund
from app.ledger.movements import spending
from app.ledger.movements.spending import Payment
from app.organizations.errors import OutOfSight
from app.projects.disbursements import accounts, checks, occasions, relations, requests, results
from app.projects.disbursements.checks import Unmet
from app.projects.disbursements.errors import (
    DisbursementNotInState,
    OrderOfAnotherOrganization,
    PaidAlready,
)
from app.projects.disbursements.payment_files import Row
from app.projects.models import (
    Disbursement,
    DisbursementState,
    PayeeAccount,
    PaymentItem,
    PaymentOrder,
    PaymentOutcome,
)

ITEMS_MAX = 1000
CASH = {ChannelKind.bank: "1002", ChannelKind.cash: "1001"}
"""From which accounts people pay; a merchant account is emptied by its platform."""


@dataclass(frozen=True, slots=True)
class Part:
    """A payment with its disbursement and where it goes."""

    item: PaymentItem
    disbursement: Disbursement
    account: PayeeAccount | None


async def order(
    session: WriteSession, channel: Channel, disbursement_ids: Sequence[UUID], *, actor: str
) -> PaymentOrder:
    """Order payments, all or none, and book each: the money has left its fund and the account.

    A decision: raises FundShort for what the funds do not hold, AccountShort for what the account does not;
    ChecksUnmet, DisbursementNotInState, PaidAlready, RelatedToPayee. Cash is handed over at once.
    """
    held = await _held(session, channel, disbursement_ids)
    await relations.must_be_free(session, {one.counterparty_id for one in held}, actor)
    made = PaymentOrder(
        organization_id=channel.organization_id,
        channel_id=channel.id,
        item_count=len(held),
        amount=sum(one.amount for one in held),
        ordered_by=actor,
    )
    session.add(made)
    await session.flush()
    items = [await _pay(session, made, channel, number, one, actor) for number, one in enumerate(held, 1)]
    if channel.kind is ChannelKind.cash:
        for item, one in zip(items, held, strict=True):
            await results.pay(session, item, one, on=today(), by_bank=False, actor=actor)
        await occasions.paid(session, held, by=actor)
    return made


async def _held(
    session: WriteSession, channel: Channel, disbursement_ids: Sequence[UUID]
) -> list[Disbursement]:
    # Locked in id order, booked by fund: two orders never wait for each other crosswise.
    query = select(Disbursement).where(Disbursement.id.in_(disbursement_ids)).order_by(Disbursement.id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    held = list(await session.scalars(locked))
    if len(held) != len(set(disbursement_ids)) or channel.kind not in CASH or channel.closed_at is not None:
        raise OrderOfAnotherOrganization(channel=channel.code)
    for one in held:
        if one.organization_id != channel.organization_id:
            raise OrderOfAnotherOrganization(disbursement=one.id)
        if one.state not in {DisbursementState.approved, DisbursementState.failed}:
            raise DisbursementNotInState(disbursement=one.code, state=one.state)
    return sorted(held, key=lambda one: (one.fund_id, one.id))


async def _pay(
    session: WriteSession,
    made: PaymentOrder,
    channel: Channel,
    number: int,
    disbursement: Disbursement,
    actor: str,
) -> PaymentItem:
    by_bank = channel.kind is ChannelKind.bank
    account = await accounts.confirmed(session, disbursement.counterparty_id) if by_bank else None
    lacking = [Unmet("payee_account")] if by_bank and account is None else []
    await checks.must_meet(session, disbursement, on=today(), more=lacking)
    fund = await session.get_one(Fund, disbursement.fund_id)
    payment = Payment(
        reference=f"disbursement:{disbursement.id}:{made.id}",
        amount=disbursement.amount,
        project_id=disbursement.project_id,
        pay_from=channel.id,
        pay_code=CASH[channel.kind],
        counterparty_id=disbursement.counterparty_id,
        cost=disbursement.cost.value,
    )
    receipt = await spending.spend(session, fund, payment, event(channel, actor, disbursement))
    item = PaymentItem(
        order_id=made.id,
        number=number,
        disbursement_id=disbursement.id,
        entry_id=receipt.entry_id,
        payee_account_id=account.id if account else None,
    )
    async with constraints.told(session, {"payment_items_standing_idx": PaidAlready()}):
        session.add(item)
    posting_id = receipt.postings[0].id
    await requests.move(session, disbursement, DisbursementState.ordered, by=actor, posting_id=posting_id)
    return item


def event(channel: Channel, actor: str, disbursement: Disbursement) -> Event:
    """Return when and by whom something of a disbursement is booked."""
    return Event(occurred_at=now(), actor=actor, chart=channel.chart, summary=f"拨付 {disbursement.code}")


async def get(session: ReadSession, order_id: UUID, *, lock: bool = False) -> PaymentOrder:
    """Return an order, or refuse."""
    made = await session.get(PaymentOrder, order_id, with_for_update=lock or None, populate_existing=lock)
    if made is None:
        raise OutOfSight
    return made


async def parts(session: ReadSession, made: PaymentOrder) -> list[Part]:
    """Return the payments of an order with what they pay and where they go, by their number."""
    query = (
        select(PaymentItem, Disbursement, PayeeAccount)
        .join(Disbursement, Disbursement.id == PaymentItem.disbursement_id)
        .outerjoin(PayeeAccount, PayeeAccount.id == PaymentItem.payee_account_id)
        .where(PaymentItem.order_id == made.id)
        .order_by(PaymentItem.number)
    )
    return [Part(*row) for row in await session.execute(query)]


async def rows(session: ReadSession, made: PaymentOrder) -> list[Row]:
    """Return the payments of an order that have not failed, as their bank has to know them."""
    found = [one for one in await parts(session, made) if one.item.outcome is not PaymentOutcome.failed]
    details = await accounts.opened(session, [one.account for one in found if one.account])
    return [
        Row(
            number=one.item.number,
            reference=one.disbursement.code,
            amount=one.disbursement.amount,
            details=details.get(one.account.id) if one.account else None,
        )
        for one in found
    ]
