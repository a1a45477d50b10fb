"""Templates: entries that recur (domain.md 3.3), as data that asks for a few inputs and makes the lines."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.accounting.models import Side
from app.accounting.vouchers.errors import InputUnfit, MovedElsewhere
from app.accounting.vouchers.lines import NewLine
from app.kit.money import AMOUNT_MINOR_MAX
from app.ledger import charts


class AskKind(enum.StrEnum):
    """What kind of input a template asks for."""

    amount = "amount"
    channel = "channel"
    fund = "fund"
    project = "project"
    counterparty = "counterparty"
    account = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One input: fen, the id of something, or one of the statutory codes in `choices`."""

    name: str
    kind: AskKind
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a template: a code, or the name of the input that chooses it, and where inputs go."""

    side: Side
    code: str
    amount: str = "amount"
    sub: str | None = None
    channel: str | None = None
    fund: str | None = None
    project: str | None = None
    counterparty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An entry that recurs. With a `door` it is booked there, and never by a voucher.

    `opens` names codes that free vouchers may not touch; `fact` says that it has happened when it is told,
    so that it is booked whatever the fund holds; `activity` is where the statements show it; `documents`
    names the kinds of files of which one must support the voucher.
    """

    code: str
    title_zh: str
    title: str
    source: str
    activity: str
    asks: tuple[Ask, ...] = ()
    rows: tuple[Row, ...] = ()
    door: str | None = None
    door_zh: str = ""
    opens: frozenset[str] = frozenset()
    fact: bool = False
    documents: frozenset[str] = frozenset()
    chart: str = "2026"


Inputs = Mapping[str, str | int]


def fill(template: Template, inputs: Inputs, *, chart: str, at_its_door: bool = False) -> list[NewLine]:
    """Return the lines that a template makes of these inputs on a chart. Raises MovedElsewhere, InputUnfit.

    A row whose optional amount was not told is left out. What has a door is filled there only. Templates
    are written in the codes of 2026: on another chart each code is that of the same concept.
    """
    if template.door is not None and not at_its_door:
        raise MovedElsewhere(template.door, template.door_zh, template=template.code)
    unknown = inputs.keys() - {ask.name for ask in template.asks}
    if unknown:
        raise InputUnfit("the template asks for no such input", "模板没有该输入项", inputs=sorted(unknown))
    read = {ask.name: _read(ask, inputs.get(ask.name), chart) for ask in template.asks}
    lines = [_line(row, read, chart) for row in template.rows]
    return [line for line in lines if line is not None]


def _read(ask: Ask, value: str | int | None, chart: str) -> str | int | UUID | None:
    if value is None:
        if ask.required:
            raise InputUnfit("an input is missing", "缺少输入项", input=ask.name, kind=ask.kind.value)
        return None
    if ask.kind is AskKind.amount:
        if not isinstance(value, int) or not 1 <= value <= AMOUNT_MINOR_MAX:
            raise InputUnfit("an amount is whole fen above zero", "金额须为大于零的整数分", input=ask.name)
        return value
    if ask.kind is AskKind.account:
        choices = [code for one in ask.choices if (code := charts.on(chart, one)) is not None]
        if value not in choices:
            raise InputUnfit(
                "the template does not offer that account",
                "模板不提供该科目",
                input=ask.name,
                choices=choices,
            )
        return value
    try:
        return UUID(str(value))
    except ValueError:
        raise InputUnfit("an id is a UUID", "标识须为 UUID", input=ask.name) from None


def _line(row: Row, read: Mapping[str, str | int | UUID | None], chart: str) -> NewLine | None:
    amount = read[row.amount]
    if amount is None:
        return None
    code = str(read[row.code]) if row.code in read else charts.on(chart, row.code)
    if code is None:
        raise InputUnfit("the chart has no such account", "科目表中没有该科目", account=row.code, chart=chart)
    asked = {name: getattr(row, name) for name in ("channel", "fund", "project", "counterparty")}
    dimensions: dict[str, Any] = {f"{name}_id": read[wanted] for name, wanted in asked.items() if wanted}
    return NewLine(
        side=row.side,
        code=code,
        amount=int(str(amount)),
        sub=row.sub,
        **dimensions,
    )
