"""Belongings: vouchers that somebody is writing or lets fall due every month, and how they pass on."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from app.accounting.models import Voucher, VoucherSchedule
from app.accounting.vouchers import drafts, recurring
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.approvals import rights
from app.organizations.desk.belongings import Hands, Passing


async def _written(session: ReadSession, staff_id: UUID, organization_id: UUID) -> Sequence[tuple[UUID, str]]:
    found = await session.scalars(
        select(Voucher)
        .where(
            Voucher.organization_id == organization_id,
            Voucher.state.in_(drafts.WRITABLE),
            or_(
                Voucher.prepared_by == staff_id,
                and_(Voucher.prepared_by.is_(None), Voucher.made_by == f"staff:{staff_id}"),
            ),
        )
        .order_by(Voucher.id)
    )
    return [(voucher.id, f"{voucher.happened_on} {voucher.summary}") for voucher in found]


async def _pass_on(session: WriteSession, passing: Passing) -> None:
    voucher = await drafts.lock(session, passing.subject_id)
    # Who made it stays on it. Whoever takes it over prepares it: an earlier review of theirs is none of it.
    voucher.prepared_by, voucher.prepared_at = passing.successor.id, now()
    voucher.reviewed_by = voucher.reviewed_at = None
    voucher.version += 1
    await session.flush()


async def _falling_due(
    session: ReadSession, staff_id: UUID, organization_id: UUID
) -> Sequence[tuple[UUID, str]]:
    found = await session.scalars(
        select(VoucherSchedule)
        .where(
            VoucherSchedule.organization_id == organization_id,
            VoucherSchedule.stopped_at.is_(None),
            func.coalesce(VoucherSchedule.handed_to, VoucherSchedule.made_by) == rights.label(staff_id),
        )
        .order_by(VoucherSchedule.id)
    )
    return [(schedule.id, schedule.summary) for schedule in found]


async def _look_after(session: WriteSession, passing: Passing) -> None:
    schedule = await recurring.get(session, passing.subject_id)
    await session.refresh(schedule, with_for_update=True)
    schedule.handed_to = rights.label(passing.successor.id)
    await session.flush()


BELONGINGS: Mapping[str, Hands] = {
    "voucher_draft": Hands(_written, _pass_on),
    "voucher_schedule": Hands(_falling_due, _look_after),
}
"""What of accounting people have in hand: drafts, vouchers returned to them, and what recurs."""
