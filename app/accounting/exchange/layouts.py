"""Layouts: the columns in which Kingdee and Yonyou take vouchers, as far as is publicly known.

Their makers publish no specification that we could test against, so nobody is promised conformity: the
columns bear the names that these programs' import sheets show; an organization maps its own account codes.
"""

from collections.abc import Mapping, Sequence

from app.accounting.models import Program, Side
from app.accounting.vouchers.register import Printed, PrintedLine
from app.kit.sheets.cells import Column, Kind

COLUMNS: Mapping[Program, Sequence[Column]] = {
    Program.kingdee: [
        Column("凭证日期", Kind.day),
        Column("会计年度", Kind.integer),
        Column("会计期间", Kind.integer),
        Column("凭证字"),
        Column("凭证号", Kind.integer),
        Column("科目代码"),
        Column("科目名称"),
        Column("币别代码"),
        Column("币别名称"),
        Column("原币金额", Kind.money),
        Column("借方", Kind.money),
        Column("贷方", Kind.money),
        Column("制单"),
        Column("审核"),
        Column("凭证摘要", width=40),
        Column("业务日期", Kind.day),
        Column("附件数", Kind.integer),
        Column("序号", Kind.integer),
        Column("汇率", Kind.integer),
        Column("分录序号", Kind.integer),
    ],
    Program.yonyou: [
        Column("制单日期", Kind.day),
        Column("凭证类别"),
        Column("凭证编号", Kind.integer),
        Column("附单据数", Kind.integer),
        Column("摘要", width=40),
        Column("科目编码"),
        Column("科目名称"),
        Column("借方金额", Kind.money),
        Column("贷方金额", Kind.money),
        Column("币种"),
        Column("汇率", Kind.integer),
        Column("制单人"),
        Column("审核人"),
        Column("记账人"),
    ],
}
SHEETS = {Program.kingdee: "Page1", Program.yonyou: "凭证"}


def theirs(mappings: Mapping[str, str], line: PrintedLine) -> str:
    """Return another program's code of a line: the mapping of its label, or of the longest part of it.

    Without any it is the statutory code, which every program in the country has.
    """
    parts = [line.code, *line.detail.split("/")] if line.detail else [line.code]
    for length in range(len(parts), 0, -1):
        known = mappings.get("/".join(parts[:length]))
        if known is not None:
            return known
    return line.code


def rows(program: Program, one: Printed, mappings: Mapping[str, str]) -> list[list[object]]:
    """Return a voucher's lines in a program's columns."""
    write = _kingdee if program is Program.kingdee else _yonyou
    return [write(one, number, line, theirs(mappings, line)) for number, line in enumerate(one.lines)]


def _kingdee(one: Printed, number: int, line: PrintedLine, code: str) -> list[object]:
    day = one.number.day
    return [
        *(day, day.year, day.month, "记", one.number.number, code, line.name_zh, "RMB", "人民币"),
        *(line.amount, *_sides(line), one.prepared, one.reviewed, line.summary, day),
        *(one.attachment_count, one.number.number, 1, number),
    ]


def _yonyou(one: Printed, _number: int, line: PrintedLine, code: str) -> list[object]:
    return [
        *(one.number.day, "记", one.number.number, one.attachment_count, line.summary, code, line.name_zh),
        *(*_sides(line), "人民币", 1, one.prepared, one.reviewed, one.posted),
    ]


def _sides(line: PrintedLine) -> tuple[int | None, int | None]:
    return (line.amount, None) if line.side is Side.debit else (None, line.amount)
