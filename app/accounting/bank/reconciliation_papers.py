"""Reconciliation papers: a month's 余额调节表 as a spreadsheet and as a document."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from app.accounting.models import Channel
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Cells, Sheet
from app.kit.typesetting import papers
from app.organizations.models import Organization

TITLE = "银行存款余额调节表"
_TEMPLATE = Path(__file__).parent / "reconciliation.typ"
_SIDES = (
    ("bank_balance", "银行对账单余额", "adjusted_bank", "调节后银行余额"),
    ("ledger_balance", "账面余额", "adjusted_ledger", "调节后账面余额"),
)
_CLASSES = {
    "bank_balance": (
        ("received_in_books", "加：企业已收、银行未收"),
        ("paid_in_books", "减：企业已付、银行未付"),
    ),
    "ledger_balance": (
        ("received_by_bank", "加：银行已收、企业未收"),
        ("paid_by_bank", "减：银行已付、企业未付"),
    ),
}


def sheet(organization: Organization, channel: Channel, told: dict[str, Any]) -> Sheet:
    """Return the reconciliation as a sheet in Chinese, in yuan."""
    columns = [Column("项目", width=40), Column("日期", Kind.text, 12), Column("金额", Kind.money)]
    titles = [
        TITLE,
        f"编制单位：{organization.name}",
        f"账户：{channel.name}　截至 {told['until']}　单位：元",
    ]
    return Sheet(TITLE, columns, list(_rows(told)), titles)


def _rows(told: dict[str, Any]) -> Iterator[Cells]:
    for balance, title, adjusted, adjusted_title in _SIDES:
        yield Strong([title, None, told[balance]])
        for name, words in _CLASSES[balance]:
            yield [words, None, sum(item["amount"] for item in told[name])]
            for item in told[name]:
                cheque = f"　支票 {item['cheque']}" if item.get("cheque") else ""
                yield [f"　{item['about']}{cheque}", item["on"], item["amount"]]
        yield Strong([adjusted_title, None, told[adjusted]])
    yield ["差额", None, told["difference"]]
    for item in told.get("cheques_received", ()):
        yield [f"备查：收到未兑付支票 {item['about']}", item["on"], item["amount"]]
    yield [f"编制人：{told['prepared_by']}　复核人：{told['reviewed_by']}", None, None]


async def pdf(
    organization: Organization, channel: Channel, told: dict[str, Any], *, made_at: datetime
) -> bytes:
    """Return the reconciliation as a document; of a signed one it is always the same."""
    data = told | {"title": TITLE, "issuer": organization.name, "account": channel.name}
    return await papers.pdf(_TEMPLATE, data, made_at=made_at)
