"""Layouts: the columns in which platforms write their bills, and how a line of them is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.fundraising.models import BillKind, BillLayout
from app.fundraising.paying import remarks
from app.kit.cells.headers import spelling
from app.kit.cells.values import amount, moment, plain, tidy
from app.kit.tables import Cell

NUMBER_LENGTH_MAX = 200


class BillRead(NamedTuple):
    """A line as it was read; amounts in fen, the fee negative where the platform gives it back."""

    line: int
    kind: BillKind
    their_id: str
    gift_id: str | None
    amount: int
    fee: int
    happened_at: datetime
    remark: str | None


Told = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of writing bills: which header holds which field, and what a line says with them."""

    name: BillLayout
    headers: Mapping[str, Sequence[str]]
    needed: frozenset[str]
    read: Callable[[int, Told], BillRead | None]

    def places(self, header: Sequence[str]) -> dict[str, int] | None:
        """Return where each field stands in this header; None if it is another layout's."""
        known = {spelling(title): place for place, title in reversed(list(enumerate(header)))}
        found = {
            field: known[spelling(title)]
            for field, titles in self.headers.items()
            for title in reversed(titles)
            if spelling(title) in known
        }
        return found if self.needed <= found.keys() else None


def _text(told: Told, field: str) -> str:
    # WeChat Pay puts a backtick before every cell, Alipay tabs behind, so that spreadsheets leave them alone.
    return tidy(plain(told.get(field)).strip().removeprefix("`"))


def _number(told: Told, field: str) -> str:
    number = _text(told, field)
    if isinstance(told.get(field), float) or re.fullmatch(r"[0-9.]+E\+?[0-9]+", number, re.IGNORECASE):
        # Spreadsheets round long numbers: whoever saved the file so has lost the last digits.
        raise ValueError(f"{field}: the number was rounded by a spreadsheet")
    if not 0 < len(number) <= NUMBER_LENGTH_MAX:
        raise ValueError(f"{field}: there is no number")
    return number


def _fen(told: Told, *fields: str) -> int:
    for field in fields:
        if _text(told, field):
            try:
                return amount(_text(told, field))
            except ValueError as error:
                raise ValueError(f"{field}: {error}") from None
    return 0


def _moment(told: Told) -> datetime:
    cell = told.get("happened_at")
    try:
        return moment(_text(told, "happened_at") if isinstance(cell, str) else cell)
    except ValueError as error:
        raise ValueError(f"happened_at: {error}") from None


def _wechat(line: int, told: Told) -> BillRead | None:
    state = _text(told, "state")
    if state == "SUCCESS":
        number, back = _number(told, "their_id"), None
        value = _fen(told, "total", "settled_total")
    elif state == "REFUND":
        number, back = _number(told, "refund_id"), _number(told, "their_id")
        value = _fen(told, "refund_asked", "refund")
        if _text(told, "refund_state") not in {"", "SUCCESS"}:
            # Asked for and not done, or failed: the money is still there.
            return None
    else:
        raise ValueError("state: neither SUCCESS nor REFUND")
    kind = BillKind.payment if back is None else BillKind.refund
    remark = remarks.codes(_text(told, "remark"))
    return BillRead(line, kind, number, back, value, _fen(told, "fee"), _moment(told), remark)


def _alipay(line: int, told: Told) -> BillRead | None:
    kind = _text(told, "kind")
    trade, value = _number(told, "their_id"), _fen(told, "total")
    # Alipay writes its charge as what it takes away: below zero for a payment.
    fee, at, remark = -_fen(told, "fee"), _moment(told), remarks.codes(_text(told, "remark"))
    if kind == "交易":
        return BillRead(line, BillKind.payment, trade, None, value, fee, at, remark)
    if kind == "退款":
        number = f"{trade}/{_number(told, 'refund_id')}"
        return BillRead(line, BillKind.refund, number, trade, abs(value), fee, at, remark)
    raise ValueError("kind: neither 交易 nor 退款")


_REFUNDS = frozenset({"退款", "refund", "donation.refunded"})
_PAYMENTS = frozenset({"", "捐赠", "支付", "交易", "payment", "donation", "donation.succeeded"})


def _plain(line: int, told: Told) -> BillRead | None:
    said, value = _text(told, "kind").lower(), _fen(told, "total")
    if said not in _REFUNDS | _PAYMENTS:
        raise ValueError("kind: neither a payment nor a refund")
    trade, fee, at = _number(told, "their_id"), _fen(told, "fee"), _moment(told)
    remark = remarks.codes(_text(told, "remark"))
    if said in _REFUNDS or (not said and value < 0):
        number = _number(told, "refund_id")
        return BillRead(line, BillKind.refund, number, trade, abs(value), fee, at, remark)
    return BillRead(line, BillKind.payment, trade, None, value, fee, at, remark)


LAYOUTS = (
    Layout(
        BillLayout.wechat_pay,
        {
            "happened_at": ["交易时间"],
            "their_id": ["商户订单号"],
            "state": ["交易状态"],
            "total": ["订单金额"],
            "settled_total": ["应结订单金额"],
            "refund_id": ["微信退款单号"],
            "refund": ["退款金额"],
            "refund_asked": ["申请退款金额"],
            "refund_state": ["退款状态"],
            "remark": ["商户数据包"],
            "fee": ["手续费"],
        },
        frozenset({"happened_at", "their_id", "state", "settled_total", "refund_id", "refund", "fee"}),
        _wechat,
    ),
    Layout(
        BillLayout.alipay,
        {
            "their_id": ["商户订单号"],
            "kind": ["业务类型"],
            "happened_at": ["完成时间"],
            "total": ["订单金额（元）"],
            "refund_id": ["退款批次号/请求号"],
            "fee": ["服务费（元）"],
            "remark": ["备注"],
        },
        frozenset({"their_id", "kind", "happened_at", "total", "refund_id", "fee"}),
        _alipay,
    ),
    Layout(
        BillLayout.plain,
        {
            "their_id": ["donation_id", "捐赠号", "交易号", "平台交易号", "流水号", "transaction_id"],
            "kind": ["kind", "type", "类型", "业务类型"],
            "happened_at": ["paid_at", "donated_at", "time", "date", "时间", "交易时间", "捐赠时间", "日期"],
            "total": ["amount", "gross", "金额", "金额（元）", "交易金额", "捐赠金额"],
            "refund_id": ["refund_id", "退款号", "退款单号"],
            "fee": ["fee", "手续费", "手续费（元）", "服务费"],
            "remark": ["campaign", "募捐活动", "活动代码", "备注", "remark"],
        },
        frozenset({"their_id", "happened_at", "total"}),
        _plain,
    ),
)
"""The most particular first: a bill of WeChat Pay is not read as any table."""
