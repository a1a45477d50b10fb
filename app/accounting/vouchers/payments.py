"""Payments: vouchers that pay out more than a reviewer alone may let go wait for an approval."""

from collections.abc import Sequence
from uuid import UUID

from app.accounting.models import Side, Voucher, VoucherLine, VoucherState
from app.accounting.vouchers import catalogue, drafts
from app.accounting.vouchers.errors import PaymentNotApproved
from app.accounting.vouchers.lines import MONEY
from app.kit.database import ReadSession, WriteSession
from app.kit.money import yuan
from app.organizations import approvals
from app.organizations.approvals import Matter, policies, requests
from app.organizations.models import Approval, ApprovalState, Role

KIND = "voucher_payment"
ALONE = (Role.reviewer,)
"""Where the policy asks for a reviewer and nobody else, the voucher's own review is that."""


def paid_out(lines: Sequence[VoucherLine]) -> int:
    """Return what leaves the organization's channels, in fen; money moved between them does not."""
    moved = sum(
        line.amount if line.side is Side.credit else -line.amount for line in lines if line.code in MONEY
    )
    return max(moved, 0)


async def _due(session: ReadSession, voucher: Voucher, amount: int) -> bool:
    # A fact has happened, whoever may like it.
    if not amount or catalogue.is_fact(voucher.template):
        return False
    policy = await policies.in_force(session, voucher.organization_id, KIND)
    return policies.steps(policy.tiers, amount) != ALONE


async def lock(session: WriteSession, voucher_id: UUID) -> Voucher:
    """Return a voucher as it is now with the request about it that waits, both locked until the end.

    The request comes first, as it does for whoever decides it and with that sends the voucher back: two who
    took them in different orders would wait for each other.
    """
    while True:
        async with session.begin_nested() as attempt:
            waiting = await approvals.waiting(session, KIND, voucher_id)
            if waiting is not None:
                await requests.lock(session, waiting.id)
            voucher = await drafts.lock(session, voucher_id)
            # Statements behind the lock: a request can come into being only with the voucher locked.
            come = await approvals.waiting(session, KIND, voucher_id)
            if come is None or come is waiting:
                return voucher
            # One came in between. The savepoint lets the voucher go, and we begin with the request again.
            await attempt.rollback()


async def take_back(session: WriteSession, voucher: Voucher, *, by: str) -> None:
    """Take the request about a voucher back that nobody decides any more, if one waits."""
    if (asked := await approvals.waiting(session, KIND, voucher.id)) is not None:
        await approvals.withdraw(session, asked, by=by)


async def ask_if_due(session: WriteSession, voucher: Voucher, lines: Sequence[VoucherLine]) -> None:
    """Put a submitted voucher before those who decide payments of its amount, if its reviewer may not alone.

    A request for an earlier version of it is taken back: they decide what is written now.
    """
    by = f"staff:{voucher.prepared_by}"
    await take_back(session, voucher, by=by)
    amount = paid_out(lines)
    if not await _due(session, voucher, amount):
        return
    matter = Matter(
        kind=KIND,
        organization_id=voucher.organization_id,
        subject_id=voucher.id,
        title=f"付款凭证 {voucher.happened_on} {yuan(amount)} 元",
        amount_minor=amount,
    )
    await approvals.ask(session, matter, asked_by=by)


async def check(session: ReadSession, voucher: Voucher, lines: Sequence[VoucherLine]) -> None:
    """Refuse to post a payment that waits for its approval, or did not get it."""
    amount = paid_out(lines)
    if not await _due(session, voucher, amount):
        return
    asked = await approvals.of(session, KIND, voucher.id)
    if asked is None or asked.state is not ApprovalState.approved or asked.amount_minor != amount:
        raise PaymentNotApproved(approval=asked and asked.id, state=asked and asked.state)


async def ended(session: WriteSession, approval: Approval) -> None:
    """Send a voucher back whose payment was rejected; an approved one can be posted now."""
    if approval.state is not ApprovalState.rejected:
        return
    voucher = await session.get(Voucher, approval.subject_id, with_for_update=True, populate_existing=True)
    if voucher is not None and voucher.state in {VoucherState.submitted, VoucherState.reviewed}:
        voucher.state, voucher.return_reason = VoucherState.returned, "付款申请未获批准"
        voucher.version += 1
        await session.flush()
