"""Register: the numbered vouchers as they are read and printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select, text

from app.accounting.models import Channel, Side, Voucher, VoucherLine, VoucherNumber
from app.accounting.vouchers import documents, drafts
from app.accounting.vouchers.errors import RangeTooLong, VoucherNotFound
from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.charts import CHARTS
from app.ledger.models import Entry
from app.ledger.periods import month_of
from app.organizations.models import Staff

RANGE_MAX = 200
"""So many vouchers are printed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line as it is printed: what for, which account, and fen on one side."""

    summary: str
    side: Side
    code: str
    name_zh: str
    name: str
    detail: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A numbered voucher with everything that its paper shows."""

    number: VoucherNumber
    summary: str
    lines: Sequence[PrintedLine]
    voucher: Voucher | None
    attachment_count: int
    prepared: str
    reviewed: str
    posted: str


async def get(session: ReadSession, number_id: UUID) -> VoucherNumber:
    """Return a numbered voucher, or refuse."""
    number = await session.get(VoucherNumber, number_id)
    if number is None:
        raise VoucherNotFound
    return number


# Postings make the lines of what nobody wrote as a voucher: each account once a side, the clearing left out.
_POSTED = text(
    """
    select n.number_id, x.side, a.code, k.name_zh, k.name, a.label, sum(p.amount)::bigint as amount
    from voucher_number_entries n
    join postings p on p.entry_id = n.entry_id
    cross join lateral (values ('debit', p.debit_account_id), ('credit', p.credit_account_id)) x (side, id)
    join accounts a on a.id = x.id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    where n.number_id = any(cast(:numbers as uuid[])) and a.code <> '0000'
    group by n.number_id, x.side, a.code, k.name_zh, k.name, a.label
    order by n.number_id, x.side desc, a.code, a.label
    """
)


async def printed(session: ReadSession, numbers: Sequence[VoucherNumber]) -> list[Printed]:
    """Return numbered vouchers with their lines, in the order given.

    A voucher shows its lines as the bookkeeper wrote them, every other entry each of its accounts.
    """
    entry_ids = [one.entry_id for one in numbers if one.entry_id]
    entries = {one.id: one for one in await session.scalars(select(Entry).where(Entry.id.in_(entry_ids)))}
    written = {
        one.entry_id: one
        for one in await session.scalars(select(Voucher).where(Voucher.entry_id.in_(entries)))
    }
    lines = await drafts.lines_of(session, [one.id for one in written.values()])
    counts = await documents.counts(session, [one.id for one in written.values()])
    people = await _names(session, written.values())
    channel_ids = {one.channel_id for one in numbers if one.channel_id}
    found_channels = await session.scalars(select(Channel).where(Channel.id.in_(channel_ids)))
    channels = {one.id: one for one in found_channels}
    posted: dict[UUID, list[PrintedLine]] = {one.id: [] for one in numbers}
    rows = await session.execute(_POSTED, {"numbers": bulk.array(one.id for one in numbers)})
    summaries = {one.id: _summary(one, entries, channels) for one in numbers}
    for number_id, side, code, name_zh, name, label, amount in rows:
        detail = label.removeprefix(code).removeprefix("/")
        line = PrintedLine(
            summary=summaries[number_id],
            side=Side(side),
            code=code,
            name_zh=name_zh,
            name=name,
            detail=detail,
            amount=amount,
        )
        posted[number_id].append(line)
    found: list[Printed] = []
    for one in numbers:
        voucher = written.get(one.entry_id) if one.entry_id else None
        told = _as_written(voucher, lines[voucher.id], posted[one.id]) if voucher else posted[one.id]
        found.append(
            Printed(
                number=one,
                summary=summaries[one.id],
                lines=told,
                voucher=voucher,
                attachment_count=documents.sheets(voucher, counts[voucher.id]) if voucher else 0,
                prepared=people.get(voucher.prepared_by, "") if voucher else "系统",
                reviewed=people.get(voucher.reviewed_by, "") if voucher else "",
                posted=people.get(voucher.posted_by, "") if voucher else "系统",
            )
        )
    return found


def _summary(number: VoucherNumber, entries: dict[UUID, Entry], channels: dict[UUID, Channel]) -> str:
    if number.channel_id:
        return f"{number.day:%m月%d日}{channels[number.channel_id].name}捐赠汇总（{number.entry_count}笔）"
    entry = entries[number.entry_id] if number.entry_id else None
    return (entry.summary if entry else None) or KINDS_ZH.get(entry.kind.value if entry else "", "")


KINDS_ZH = {
    "donation": "捐赠",
    "claim": "认领暂收款",
    "refund": "退款",
    "reversal": "冲销",
    "correction": "更正",
    "disbursement": "支出",
    "transfer": "划拨",
    "returned": "退回",
    "redesignation": "变更用途",
    "matching": "配捐",
    "settlement": "结算",
    "opening": "期初余额",
    "clearing": "清算",
    "closing": "结转",
    "voucher": "凭证",
}


def _as_written(
    voucher: Voucher, lines: Sequence[VoucherLine], posted: Sequence[PrintedLine]
) -> list[PrintedLine]:
    # The details (fund, channel ...) are those of the leaf accounts; two leaves of one code show the code.
    details: dict[tuple[Side, str], set[str]] = {}
    for one in posted:
        details.setdefault((one.side, one.code), set()).add(one.detail)
    names = {one.code: one for one in CHARTS[voucher.chart]}
    return [
        PrintedLine(
            summary=line.summary or voucher.summary,
            side=line.side,
            code=line.code,
            name_zh=names[line.code].name_zh,
            name=names[line.code].name,
            detail=" ".join(found) if len(found := details.get((line.side, line.code), set())) == 1 else "",
            amount=line.amount,
        )
        for line in lines
    ]


async def _names(session: ReadSession, vouchers: Iterable[Voucher]) -> dict[UUID | None, str]:
    ids = {one for who in vouchers for one in (who.prepared_by, who.reviewed_by, who.posted_by)}
    rows = await session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def of_range(
    session: ReadSession, organization_id: UUID, month: date, first: int, last: int
) -> list[VoucherNumber]:
    """Return a month's numbered vouchers from one number to another, or refuse: none, or too many."""
    if last - first >= RANGE_MAX:
        raise RangeTooLong(
            "a longer range is asked for by POST, and printed by a job",
            "更大范围请以 POST 提交，由后台任务打印",
            at_most=RANGE_MAX,
        )
    found = await next_of(session, organization_id, month, (first, last), RANGE_MAX)
    if not found:
        raise VoucherNotFound
    return found


async def count(session: ReadSession, organization_id: UUID, month: date, numbers: tuple[int, int]) -> int:
    """Return how many numbered vouchers of a month a range holds."""
    query = _within(organization_id, month, numbers).subquery()
    return await session.scalar(select(func.count()).select_from(query)) or 0


async def next_of(
    session: ReadSession, organization_id: UUID, month: date, numbers: tuple[int, int], at_most: int
) -> list[VoucherNumber]:
    """Return the first numbered vouchers of a month's range, in the order of their numbers."""
    query = _within(organization_id, month, numbers).order_by(VoucherNumber.number).limit(at_most)
    return list(await session.scalars(query))


def _within(organization_id: UUID, month: date, numbers: tuple[int, int]) -> Select[VoucherNumber]:
    return select(VoucherNumber).where(
        VoucherNumber.organization_id == organization_id,
        VoucherNumber.month == month_of(month),
        VoucherNumber.number.between(*numbers),
    )
