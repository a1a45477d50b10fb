"""Vouchers as facts: what was booked and is major by the organization's own threshold."""

from sqlalchemy import func, select

from app.accounting.models import Side, Voucher, VoucherLine, VoucherState
from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import Fact, Member
from app.disclosure.rules.law import Trigger
from app.kit.database import ReadSession


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return the posted vouchers that reach the lowest threshold a member ever set; none if it set none.

    Gifts are booked without vouchers: however many there are, nothing more is read here.
    """
    if not member.thresholds:
        return []
    since = min(one.valid_from for one in member.thresholds)
    amount = func.sum(VoucherLine.amount)
    rows = await session.execute(
        select(Voucher.id, Voucher.happened_on, amount)
        .join(VoucherLine, VoucherLine.voucher_id == Voucher.id)
        .where(
            Voucher.organization_id == member.id,
            Voucher.happened_on >= since,
            Voucher.state == VoucherState.posted,
            VoucherLine.side == Side.debit,
        )
        .group_by(Voucher.id)
        .having(amount >= min(one.amount for one in member.thresholds))
        .order_by(Voucher.id)
    )
    return [
        Fact(
            trigger=Trigger.major_event,
            happened_on=happened_on,
            kind=SubjectKind.voucher,
            id=voucher_id,
            # What a voucher says may name somebody: only its day goes on from here.
            title=happened_on.isoformat(),
            amount=int(reached),
            # Whether it is an investment, a deal or a mere move between own accounts, a person says.
            complete=False,
        )
        for voucher_id, happened_on, reached in rows
    ]
