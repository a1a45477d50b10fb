"""Drafts: vouchers that somebody is still writing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, delete, select

from app.accounting.models import Voucher, VoucherLine, VoucherState
from app.accounting.vouchers import catalogue
from app.accounting.vouchers.errors import StepNotPossible, VoucherNotFound
from app.accounting.vouchers.lines import NewLine, Place, fit
from app.kit.database import ReadSession, WriteSession

WRITABLE = frozenset({VoucherState.draft, VoucherState.returned})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a voucher says: when, what for, how many papers are attached, and its lines."""

    happened_on: date
    summary: str
    lines: Sequence[NewLine]
    attachment_count: int = 0
    template: str | None = None


async def create(
    session: WriteSession, organization_id: UUID, chart: str, written: Written, *, made_by: str
) -> Voucher:
    """Write a new draft. Raises what `lines.fit` refuses: a draft that could never be posted is no help."""
    fitted = await fit(session, _place(organization_id, chart, written), written.lines)
    voucher = Voucher(
        organization_id=organization_id,
        chart=chart,
        happened_on=written.happened_on,
        summary=written.summary,
        template=written.template,
        attachment_count=written.attachment_count,
        made_by=made_by,
    )
    session.add(voucher)
    # The lines point to it, and the unit of work knows of no relationship between them.
    await session.flush()
    await _write(session, voucher, fitted)
    return voucher


async def change(session: WriteSession, voucher: Voucher, written: Written) -> None:
    """Write a draft, or one that was returned, anew."""
    if voucher.state not in WRITABLE:
        raise StepNotPossible(state=voucher.state)
    fitted = await fit(session, _place(voucher.organization_id, voucher.chart, written), written.lines)
    voucher.happened_on, voucher.summary = written.happened_on, written.summary
    voucher.template, voucher.attachment_count = written.template, written.attachment_count
    voucher.version += 1
    await session.execute(delete(VoucherLine).where(VoucherLine.voucher_id == voucher.id))
    await _write(session, voucher, fitted)


def _place(organization_id: UUID, chart: str, written: Written) -> Place:
    return Place(
        organization_id=organization_id,
        chart=chart,
        happened_on=written.happened_on,
        opens=catalogue.opened_by(written.template),
    )


async def _write(session: WriteSession, voucher: Voucher, lines: Sequence[NewLine]) -> None:
    for number, line in enumerate(lines, 1):
        row = VoucherLine(
            voucher_id=voucher.id,
            number=number,
            organization_id=voucher.organization_id,
            chart=voucher.chart,
            side=line.side,
            code=line.code,
            amount=line.amount,
            sub=line.sub,
            summary=line.summary,
            fund_id=line.fund_id,
            channel_id=line.channel_id,
            project_id=line.project_id,
            counterparty_id=line.counterparty_id,
        )
        session.add(row)
    await session.flush()


async def get(session: ReadSession, voucher_id: UUID) -> Voucher:
    """Return a voucher, or refuse."""
    voucher = await session.get(Voucher, voucher_id)
    if voucher is None:
        raise VoucherNotFound
    return voucher


async def lock(session: WriteSession, voucher_id: UUID) -> Voucher:
    """Return a voucher as it is now and keep it so until the transaction ends."""
    query = select(Voucher).where(Voucher.id == voucher_id).with_for_update()
    voucher = await session.scalar(query.execution_options(populate_existing=True))
    if voucher is None:
        raise VoucherNotFound
    return voucher


async def lines_of(session: ReadSession, voucher_ids: Sequence[UUID]) -> dict[UUID, list[VoucherLine]]:
    """Return the lines of each voucher as they were written, all with one statement."""
    found: dict[UUID, list[VoucherLine]] = {voucher_id: [] for voucher_id in voucher_ids}
    query = select(VoucherLine).where(VoucherLine.voucher_id.in_(voucher_ids))
    for line in await session.scalars(query.order_by(VoucherLine.voucher_id, VoucherLine.number)):
        found[line.voucher_id].append(line)
    return found


def matching(
    organization_ids: Collection[UUID],
    *,
    days: tuple[date | None, date | None] = (None, None),
    words: str | None = None,
    **equal: object,
) -> Select[Voucher]:
    """Return the query for these organizations' vouchers; what is None is not asked for."""
    query = select(Voucher).where(Voucher.organization_id.in_(organization_ids))
    first, last = days
    if first is not None:
        query = query.where(Voucher.happened_on >= first)
    if last is not None:
        query = query.where(Voucher.happened_on <= last)
    if words is not None:
        query = query.where(Voucher.summary.icontains(words, autoescape=True))
    return query.filter_by(**{name: value for name, value in equal.items() if value is not None})
