"""Layouts: which column of a bank's statement tells what, by its header in Chinese or English."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.kit import tables
from app.kit.cells.headers import spelling
from app.kit.tables import Cell, Table

HEADERS: Mapping[str, tuple[str, ...]] = {
    "day": (
        *(
            "交易日期",
            "交易日",
            "记账日期",
            "记账日",
            "入账日期",
            "交易时间",
            "交易日期时间",
            "入账时间",
            "日期",
        ),
        *("date", "transaction date", "posting date", "booked on"),
    ),
    "amount_in": (
        *(
            "贷方发生额",
            "贷方发生额(收入)",
            "贷方金额",
            "收入金额",
            "收入",
            "贷方",
            "转入金额",
            "存入金额",
            "存入",
        ),
        *("credit", "credit amount", "deposit", "paid in", "amount_cny"),
    ),
    "amount_out": (
        *(
            "借方发生额",
            "借方发生额(支取)",
            "借方金额",
            "支出金额",
            "支出",
            "借方",
            "转出金额",
            "支取金额",
            "支取",
        ),
        *("debit", "debit amount", "withdrawal", "paid out"),
    ),
    "amount": ("交易金额", "发生额", "金额", "交易额", "amount", "trade amount"),
    "sign": ("借贷标志", "借贷方向", "收支标志", "收支", "借贷", "收/支", "dc", "debit/credit", "direction"),
    "balance": (
        *("余额", "账户余额", "本次余额", "账面余额", "联机余额", "交易后余额", "交易后账户余额", "当前余额"),
        *("balance", "after-transaction balance"),
    ),
    "name": (
        *("对方户名", "对方名称", "对方账户名称", "对方单位", "对方账户名", "交易对手名称", "收(付)方名称"),
        *("对方账号名称", "付款人名称", "付款人", "对方", "counterparty", "counterparty name"),
        *("捐赠人", "捐款人", "捐赠单位/姓名", "donor_name"),
    ),
    "account": (
        *("对方账号", "对方账户", "对方帐号", "交易对手账号", "收(付)方账号", "对方卡号/账号", "付款人账号"),
        *("counterparty account", "counterparty account number"),
    ),
    "summary": (
        *("摘要", "交易摘要", "交易类型", "业务类型", "交易说明", "交易名称"),
        *("summary", "description", "transaction type"),
    ),
    "remark": (
        *("附言", "备注", "用途", "交易附言", "客户附言", "交易备注", "备注/附言", "用途/附言"),
        *("remark", "remarks", "note", "purpose", "memo"),
    ),
    "serial": (
        *("交易流水号", "流水号", "核心交易流水号", "交易参考号", "账户明细编号-交易流水号", "银行流水号"),
        *("交易流水", "日志号", "serial", "serial no", "serial number", "transaction id", "reference"),
    ),
}
"""What a field may be called, in the statements that ICBC, CCB, ABC, BOC, BOCOM, CMB and others hand out.

Where a bank gives two columns of one meaning (记账日期 beside 交易日期) the name listed first counts.
"""

_UNITS = re.compile(r"\[.*?\]|\((?:元|rmb|cny|人民币)\)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a line each field stands."""

    places: Mapping[str, int]
    header: Sequence[str]

    def cell(self, cells: Sequence[Cell], field: str) -> Cell:
        """Return what a line has in a field; None if the bank does not tell it."""
        place = self.places.get(field)
        return cells[place] if place is not None and place < len(cells) else None

    def header_of(self, field: str) -> str:
        """Return a field's header as the bank spells it."""
        return self.header[self.places[field]] if field in self.places else field


def _spelled(header: str) -> str:
    """Return a header without its translation and its unit: 交易日期[ Transaction Date ] -> 交易日期."""
    return _UNITS.sub("", spelling(header)) or spelling(header)


_RANKS = {
    _spelled(name): (field, rank) for field, names in HEADERS.items() for rank, name in enumerate(names)
}


def find(path: Path, *, dated: bool = False) -> tuple[Table, Layout]:
    """Return a statement's table and its layout; HeaderNotFound if no line names a day and amounts.

    `dated` files come with their one day told beside them, and need no column for it.
    """

    def is_header(cells: Sequence[str]) -> bool:
        told = {_RANKS[name][0] for cell in cells if (name := _spelled(cell)) in _RANKS}
        return bool(told & {"amount_in", "amount_out", "amount"}) and (dated or "day" in told)

    table = tables.find(path, is_header)
    return table, Layout(_places(table.header), table.header)


def _places(header: Sequence[str]) -> dict[str, int]:
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(header):
        field, rank = _RANKS.get(_spelled(cell), ("", 0))
        if field and (field not in best or rank < best[field][0]):
            best[field] = (rank, place)
    return {field: place for field, (_, place) in best.items()}
