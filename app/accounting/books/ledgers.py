"""Ledgers: account balances, general and detail ledger and the chronicle, also as spreadsheets in Chinese."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date

from app.kit.clock import LEGAL_ZONE
from app.kit.database import ReadSession, Transactions
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Cells, Sheet
from app.ledger import balances
from app.ledger.balances import Row
from app.ledger.ledgers import chronicle, details
from app.ledger.ledgers.general_ledger import MonthRow
from app.organizations.models import Organization

PIECE_ROWS = 2_000
"""So many rows are fetched at once while a spreadsheet is being sent."""


@dataclass(frozen=True, slots=True)
class Days:
    """From which day to which."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"{self.since} 至 {self.until}"


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A line of the account balances: level 1 adds up the leaf accounts of level 2 below it."""

    level: int
    row: Row


async def account_balances(
    session: ReadSession, organization: Organization, days: Days, *, leaves: bool
) -> list[BalanceRow]:
    """Return what stood, moved and stands on every account, by statutory code and, if asked, its leaves."""
    rows = await balances.trial_balance(session, [organization.id], since=days.since, as_of=days.until)
    lines: list[BalanceRow] = []
    for code in balances.by_code(rows):
        lines.append(BalanceRow(1, code))
        if leaves:
            of_code = [row for row in rows if (row.chart, row.code) == (code.chart, code.code)]
            lines += [BalanceRow(2, row) for row in of_code]
    return lines


def _titles(organization: Organization, title: str, days: Days) -> list[str]:
    titles = [title, f"编制单位：{organization.name}", f"期间：{days}　单位：元"]
    return [*titles, "演示数据，并非真实账目"] if organization.demo else titles


def balances_sheet(organization: Organization, days: Days, lines: Sequence[BalanceRow]) -> Sheet:
    """Return 科目余额表: debit and credit columns for what stood, moved and stands."""
    money = ("期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方")
    columns = [Column("科目编码", width=30), Column("科目名称"), *(Column(one, Kind.money) for one in money)]
    rows: list[Cells] = []
    sums = [0] * len(money)
    for line in lines:
        one = line.row
        amounts = [*_sides(one.opening), one.debit, one.credit, *_sides(one.balance)]
        cells = [one.label if line.level > 1 else one.code, one.name_zh, *amounts]
        rows.append(Strong(cells) if line.level == 1 else cells)
        if line.level == 1:
            sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
    rows.append(Strong(["合计", None, *sums]))
    return Sheet("科目余额表", columns, rows, _titles(organization, "科目余额表", days))


def _sides(balance: int) -> tuple[int, int]:
    return max(balance, 0), max(-balance, 0)


def general_sheet(organization: Organization, days: Days, rows: Sequence[MonthRow]) -> Sheet:
    """Return 总账: every account month by month."""
    money = ("期初余额", "本月借方", "本月贷方", "本年累计借方", "本年累计贷方")
    columns = [Column("科目编码"), Column("科目名称"), Column("月份")]
    columns += [
        *(Column(one, Kind.money) for one in money),
        Column("方向", width=6),
        Column("期末余额", Kind.money),
    ]
    written = [
        [
            *(row.code, row.name_zh, f"{row.month:%Y-%m}", row.opening, row.debit, row.credit),
            *(row.year_debit, row.year_credit, side(row.balance), abs(row.balance)),
        ]
        for row in rows
    ]
    return Sheet("总账", columns, written, _titles(organization, "总账", days))


def side(balance: int) -> str:
    """Return on which side a balance stands, as bookkeepers write it."""
    return "借" if balance > 0 else "贷" if balance < 0 else "平"


def detail_sheet(organization: Organization, asked: details.Asked, transactions: Transactions) -> Sheet:
    """Return 明细账 with all its rows, fetched piece by piece while it is being sent."""
    columns = [
        Column("日期", Kind.day),
        Column("凭据", width=44),
        Column("摘要", width=36),
        Column("科目", width=30),
    ]
    columns += [Column("对方科目", width=30), Column("借方", Kind.money), Column("贷方", Kind.money)]
    columns += [Column("方向", width=6), Column("余额", Kind.money)]
    days = Days(asked.since, asked.until)
    titles = _titles(organization, f"明细账：{asked.label or asked.code}", days)
    return Sheet("明细账", columns, _details(asked, transactions), titles)


async def _details(asked: details.Asked, transactions: Transactions) -> AsyncGenerator[Cells]:
    async with transactions.reading() as session:
        balance = await details.opening(session, asked)
    yield [asked.since, None, "期初余额", None, None, None, None, side(balance), abs(balance)]
    after: details.Place | None = None
    debited = credited = 0
    while True:
        async with transactions.reading() as session:
            rows = await details.rows(session, asked, after, PIECE_ROWS)
        for row in rows:
            where = (row.booked_on, row.reference, row.summary, row.label, row.other_label)
            yield [*where, row.debit or None, row.credit or None, side(row.balance), abs(row.balance)]
            debited, credited, balance = debited + row.debit, credited + row.credit, row.balance
        if len(rows) < PIECE_ROWS:
            break
        after = rows[-1].place
    sums = ["本期合计及期末余额", None, None, debited, credited, side(balance), abs(balance)]
    yield Strong([asked.until, None, *sums])


def chronicle_sheet(organization: Organization, asked: chronicle.Asked, transactions: Transactions) -> Sheet:
    """Return 序时账 with all its entries, one line for each posting."""
    title = "迟到分录" if asked.only_late else "序时账"
    columns = [Column("记账日期", Kind.day), Column("发生时间", Kind.moment), Column("凭据", width=44)]
    columns += [Column("摘要", width=36), Column("行", Kind.integer, 6), Column("借方科目", width=30)]
    columns += [Column("贷方科目", width=30), Column("金额", Kind.money), Column("经手", width=30)]
    titles = _titles(organization, title, Days(asked.since, asked.until))
    return Sheet(title, columns, _entries(asked, transactions), titles)


async def _entries(asked: chronicle.Asked, transactions: Transactions) -> AsyncGenerator[Cells]:
    after: tuple[date, chronicle.UUID] | None = None
    while True:
        async with transactions.reading() as session:
            entries = await chronicle.entries(session, asked, after, PIECE_ROWS)
        for one in entries:
            for posting in one.postings:
                sides = (
                    f"{posting.debit_label} {posting.debit_name_zh}",
                    f"{posting.credit_label} {posting.credit_name_zh}",
                )
                when = (one.booked_on, one.occurred_at.astimezone(LEGAL_ZONE), one.reference, one.summary)
                yield [*when, posting.line, *sides, posting.amount, one.actor]
        if len(entries) < PIECE_ROWS:
            return
        after = (entries[-1].booked_on, entries[-1].id)
