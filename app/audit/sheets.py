"""Sheets: what auditors test in detail and the trial balance, as spreadsheets in Chinese."""

from collections.abc import Sequence
from datetime import date

from app.accounting.books.ledgers import side
from app.audit.exceptions import Open
from app.audit.labels import CODES
from app.audit.samples import Drawn, Terms
from app.audit.schemas.registers import TrialBalanceOut
from app.kit.labels import Labels
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Cells, Sheet
from app.organizations.models import Organization

_WORDS = Labels(CODES, {})
_ENTRIES = (
    *(Column("日志序号", Kind.integer), Column("分录类型"), Column("凭据", width=44)),
    *(Column("发生日期", Kind.day), Column("记账日期", Kind.day), Column("录入日期", Kind.day)),
    *(Column("跨月入账", Kind.flag), Column("金额（元）", Kind.money), Column("分录标识", width=38)),
)
_MATTERS = (
    *(Column("事项"), Column("起始日期", Kind.day), Column("账龄（天）", Kind.integer)),
    *(Column("金额（元）", Kind.money), Column("明细科目", width=30)),
    *(Column("对象", width=38), Column("分录标识", width=38)),
)
_BALANCE = (
    *(Column("科目编码"), Column("科目名称", width=24), Column("明细科目", width=30)),
    *(Column(one, Kind.money) for one in ("期初余额", "借方发生额", "贷方发生额")),
    *(Column("方向", width=6), Column("期末余额", Kind.money)),
)


def sample(organization: Organization, terms: Terms, size: int, drawn: Sequence[Drawn]) -> Sheet:
    """Return 审计抽样 with all that it takes to draw it again."""
    method = _WORDS.code("Method", terms.method, "zh")
    how = f"抽样方法：{method}　种子：{terms.seed}　日志前 {size} 条"
    return Sheet("审计抽样", _ENTRIES, _entries(drawn), _titles(organization, "审计抽样", how))


def cut_off(organization: Organization, days: tuple[date, date], found: Sequence[Drawn]) -> Sheet:
    """Return 截止测试: the entries around a day."""
    titles = _titles(organization, "截止测试", f"期间：{days[0]} 至 {days[1]}")
    return Sheet("截止测试", _ENTRIES, _entries(found), titles)


def open_matters(organization: Organization, on: date, found: Sequence[Open]) -> Sheet:
    """Return 未结事项 with their ages."""
    rows = [
        [
            *(_WORDS.code("Matter", one.matter, "zh"), one.since, one.age_days(on), one.amount),
            *(one.account, one.subject, one.entry_id),
        ]
        for one in found
    ]
    return Sheet("未结事项", _MATTERS, rows, _titles(organization, "未结事项", f"截至：{on}"))


def trial_balance(organization: Organization, drawn: TrialBalanceOut) -> Sheet:
    """Return 试算平衡表: what stood, moved and stands, with its totals."""
    rows: list[Cells] = [
        [
            *(line.code, line.name_zh, line.label, line.opening.amount, line.debit.amount),
            *(line.credit.amount, *_standing(line.balance.amount)),
        ]
        for line in drawn.lines
    ]
    sums = (drawn.debit.amount, drawn.credit.amount, *_standing(drawn.balance.amount))
    rows.append(Strong(["合计", None, None, sum(line.opening.amount for line in drawn.lines), *sums]))
    basis = _WORDS.code("Basis", drawn.basis, "zh")
    until = "截至：" + str(drawn.as_of or "最近一笔")
    covered = until if drawn.as_of_index is None else f"日志前 {drawn.as_of_index} 条　摘要：{drawn.digest}"
    titles = _titles(organization, "试算平衡表", f"口径：{basis}　{covered}　单位：元")
    return Sheet("试算平衡表", _BALANCE, rows, titles)


def _standing(balance: int) -> tuple[str, int]:
    return side(balance), abs(balance)


def _entries(drawn: Sequence[Drawn]) -> list[Cells]:
    return [
        [
            *(one.index, _WORDS.code("EntryKind", one.kind, "zh"), one.reference),
            *(one.occurred_on, one.booked_on, one.created_on),
            *("是" if one.late else "否", one.amount, one.entry_id),
        ]
        for one in drawn
    ]


def _titles(organization: Organization, title: str, below: str) -> list[str]:
    titles = [title, f"被审计单位：{organization.name}", below]
    return [*titles, "演示数据，并非真实账目"] if organization.demo else titles
