"""Columns: which column of a file tells what, by its header in Chinese or English."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.fundraising.imports.errors import ColumnAmbiguous, ColumnNotFound, FieldUnknown
from app.kit import tables
from app.kit.cells.headers import spelling
from app.kit.tables import HeaderNotFound, Table

HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": (
        *("订单号", "订单编号", "交易号", "交易单号", "交易订单号", "交易流水号", "流水号", "支付单号"),
        *("商户单号", "商户订单号", "支付宝交易号", "微信支付单号", "捐赠编号"),
        *("order_no", "order_id", "order_number", "transaction_id", "transaction_no", "donation_id"),
    ),
    "seq": ("序号", "编号", "seq", "no", "no."),
    "donated_on": (
        *("捐赠日期", "捐款日期", "日期", "到账日期", "捐赠时间", "捐款时间", "交易时间", "支付时间"),
        *("donated_on", "donated_at", "date", "donation_date"),
    ),
    "name": (
        *(
            "捐赠人",
            "捐款人",
            "捐赠者",
            "捐赠方",
            "姓名",
            "捐赠人姓名",
            "捐款人姓名",
            "捐赠单位",
            "单位/姓名",
        ),
        *(
            "捐赠(单位/姓名)",
            "捐赠单位/姓名",
            "捐赠单位(个人)",
            "捐赠人(单位)",
            "捐赠单位/个人",
            "捐赠者名称",
        ),
        *("donor_name", "donor", "name"),
    ),
    "payer": ("付款人", "付款方", "转账人", "汇款人", "付款户名", "对方户名", "payer", "payer_name"),
    "amount": (
        *("金额", "金额(元)", "捐赠金额", "捐赠金额(元)", "捐款金额", "捐款金额(元)", "捐赠额(元)"),
        *("amount", "amount_cny", "amount_yuan"),
    ),
    "currency": ("币种", "币别", "货币", "货币种类", "currency"),
    "original_currency": (
        *("原币", "原币种", "原币币种", "外币", "外币币种"),
        *("original_currency", "foreign_currency"),
    ),
    "original_amount": (
        *("原币金额", "外币金额", "原币捐赠金额", "外币捐赠金额"),
        *("original_amount", "foreign_amount"),
    ),
    "remark": (
        *("备注", "备注(用途)", "用途", "捐赠用途", "捐款用途", "附言", "摘要", "备注/用途", "捐赠意向"),
        *("remark", "remarks", "purpose", "remark_purpose", "note"),
    ),
    "kind": (
        "捐赠人类型",
        "捐赠者类型",
        "捐赠方类型",
        "类型",
        "donor_kind",
        "donor_kind_guess",
        "donor_type",
    ),
}
"""What a field may be called. A running number (`seq`) is no identity: every list begins again at 1."""

NEEDED = ("donated_on", "amount")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a line each field stands; `designation` and `group` only if they were asked for."""

    places: Mapping[str, int]
    header: Sequence[str]

    def header_of(self, field: str) -> str:
        """Return a field's header as the file spells it."""
        return self.header[self.places[field]] if field in self.places else field


_FIELDS = {spelling(header): field for field, headers in HEADERS.items() for header in headers}


def find(path: Path, asked: Mapping[str, str]) -> tuple[Table, Columns]:
    """Return a file's table and its columns; `asked` names the headers of some fields, which then count.

    Raises HeaderNotFound if no line names a date and an amount, which tells what the line that comes nearest
    lacks, and the refusals of imports/errors.py.
    """
    unknown = sorted(set(asked) - {*HEADERS, "designation", "group"})
    if unknown:
        raise FieldUnknown(fields=unknown, known=[*HEADERS])
    named = {spelling(header): field for field, header in asked.items()}
    missing = set(NEEDED)

    def is_header(cells: Sequence[str]) -> bool:
        told = {
            field for cell in cells if (field := named.get(spelling(cell)) or _FIELDS.get(spelling(cell)))
        }
        nonlocal missing
        lacking = set(NEEDED) - told
        missing = min(missing, lacking, key=len)
        return not lacking

    try:
        table = tables.find(path, is_header)
    except HeaderNotFound as refused:
        raise _nowhere(missing, asked, **refused.facts) from None
    return table, _columns(table, asked)


def _nowhere(missing: Collection[str], asked: Mapping[str, str], **facts: object) -> HeaderNotFound:
    called = {
        field: ", ".join([asked[field]] if field in asked else HEADERS[field])
        for field in NEEDED
        if field in missing
    }
    english = "; ".join(f"none for {field}, called {names}" for field, names in called.items())
    chinese = "；".join(f"缺少 {field} 列（可用列名：{names}）" for field, names in called.items())
    return HeaderNotFound(
        f"Of its columns there is {english}. `--columns FIELD=HEADER` names any other.",
        f"{chinese}；其他列名可用 --columns FIELD=HEADER 指定",
        **facts,
    )


def _columns(table: Table, asked: Mapping[str, str]) -> Columns:
    spelled = [spelling(cell) for cell in table.header]
    places: dict[str, int] = {}
    for field, header in asked.items():
        found = [place for place, cell in enumerate(spelled) if cell == spelling(header)]
        if not found:
            raise ColumnNotFound(column=header, columns=list(table.header))
        places[field] = _only(table, field, found)
    for field in HEADERS:
        # A column that was given a meaning by name has no other by its header.
        found = [
            place
            for place, cell in enumerate(spelled)
            if _FIELDS.get(cell) == field and place not in places.values()
        ]
        if found and field not in places:
            places[field] = _only(table, field, found)
    return Columns(places, table.header)


def _only(table: Table, field: str, found: Sequence[int]) -> int:
    if len(found) > 1:
        raise ColumnAmbiguous(field=field, columns=[table.header[place] for place in found])
    return found[0]
