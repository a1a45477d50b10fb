"""Belongings: the vouchers that somebody is still writing, and how they pass to another hand."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.accounting.models import Voucher
from app.accounting.vouchers import drafts
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
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


BELONGINGS: Mapping[str, Hands] = {"voucher_draft": Hands(_written, _pass_on)}
"""What of accounting people have in hand: drafts, and vouchers that were returned to them."""
