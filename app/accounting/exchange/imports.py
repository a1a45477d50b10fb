"""Imports: vouchers of another program become drafts here, all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.accounting.exchange import mappings
from app.accounting.models import Program, Side, Voucher
from app.accounting.vouchers import drafts
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.errors import VoucherUnbalanced
from app.accounting.vouchers.lines import NewLine, Place, fit
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.http import problems
from app.kit.sheets import sheetfuls
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Faults, Said, told_by
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.sheetfuls import Sheetful
from app.ledger.charts import CHARTS
from app.ledger.models import Account
from app.organizations.models import Organization

ROWS_MAX = 50_000
"""A workbook is one transaction; a longer one comes in several."""

FORM = Form(
    name="vouchers",
    zh="凭证",
    en="Page1",
    fields=(
        Field(
            name="day",
            zh="凭证日期",
            en="Date",
            kind=Kind.day,
            required=True,
            aliases=("制单日期", "日期"),
        ),
        Field(name="word", zh="凭证字", en="Type", aliases=("凭证类别",)),
        Field(name="number", zh="凭证号", en="Number", required=True, aliases=("凭证编号",)),
        Field(name="papers", zh="附件数", en="Attachments", kind=Kind.integer, aliases=("附单据数",)),
        Field(name="summary", zh="凭证摘要", en="Summary", required=True, aliases=("摘要",), length_max=2000),
        Field(name="code", zh="科目代码", en="Account", required=True, aliases=("科目编码",)),
        Field(name="debit", zh="借方", en="Debit", kind=Kind.money, aliases=("借方金额",)),
        Field(name="credit", zh="贷方", en="Credit", kind=Kind.money, aliases=("贷方金额",)),
    ),
)
"""What we read of either layout: their other columns are theirs."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a workbook: how many vouchers it holds, and the drafts, if they were wanted."""

    voucher_count: int
    vouchers: Sequence[Voucher]


async def read(path: Path) -> Sheetful:
    """Read a workbook. Raises TableUnreadable; WorkbookFaulty for a longer one than we take."""
    return await sheetfuls.read(path, FORM, rows_max=ROWS_MAX, text=False)


async def carry_out(
    session: WriteSession,
    organization: Organization,
    program: Program,
    sheetful: Sheetful,
    *,
    made_by: str | None,
) -> Imported:
    """Write a draft for every voucher of a workbook; without `made_by` only look whether that would do.

    Raises WorkbookFaulty with every fault at its line and column, and then nothing is written.
    """
    faults = sheetful.faults
    names = await _Accounts.of(session, organization, program)
    read = [_voucher(rows, names, faults) for rows in _vouchers(sheetful.rows)]
    found = [(row, one) for row, one in read if one is not None]
    for row, one in found:
        await _try(session, organization, row, one, faults)
    faults.refuse()
    made: list[Voucher] = []
    if made_by is not None:
        for _, one in found:
            at = (organization.id, organization.chart_version)
            made.append(await drafts.create(session, *at, one, made_by=made_by))
    return Imported(len(found), made)


def _vouchers(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for _, lines in groupby(rows, _same):
        yield list(lines)


def _same(row: Row) -> tuple[object, ...]:
    return row.values["day"], row.values.get("word"), row.values["number"]


def _voucher(rows: Sequence[Row], names: "_Accounts", faults: Faults) -> tuple[Row, Written | None]:
    lines = [_line(row, names, faults) for row in rows]
    first = rows[0]
    good = [line for line in lines if line is not None]
    if len(good) < len(lines):
        return first, None
    written = Written(
        happened_on=first.values["day"],
        summary=str(first.values["summary"])[:200],
        attachment_count=min(max(first.values.get("papers") or 0, 0), 9999),
        lines=good,
    )
    return first, written


def _line(row: Row, names: "_Accounts", faults: Faults) -> NewLine | None:
    debit, credit = row.values.get("debit") or 0, row.values.get("credit") or 0
    if (debit > 0) == (credit > 0) or min(debit, credit) < 0:
        detail = Said(
            "one of debit and credit is an amount above zero, the other is empty",
            "借方与贷方须恰有一方为大于零的金额，另一方为空",
        )
        faults.add(row.sheet, row.line, "借方", code="sides", detail=detail)
        return None
    account = names.find(str(row.values["code"]))
    if account is None:
        detail = Said("no account here has this code: map it first", "没有科目对应该编码，请先建立科目对照")
        faults.add(row.sheet, row.line, "科目代码", code="account_unknown", detail=detail)
        return None
    side = Side.debit if debit else Side.credit
    return NewLine(side=side, amount=debit or credit, summary=str(row.values["summary"])[:200], **account)


async def _try(
    session: ReadSession, organization: Organization, row: Row, one: Written, faults: Faults
) -> None:
    place = Place(
        organization_id=organization.id, chart=organization.chart_version, happened_on=one.happened_on
    )
    try:
        await fit(session, place, one.lines)
    except VoucherUnbalanced as refusal:
        debit, credit = refusal.facts["debit"], refusal.facts["credit"]
        detail = Said(f"debit {debit}, credit {credit} fen", f"借方 {debit} 分，贷方 {credit} 分")
        faults.add(row.sheet, row.line, "借方", code="voucher-unbalanced", detail=detail)
    except Refusal as refusal:
        at = row.line + int(str(refusal.facts.get("line", 1))) - 1
        faults.add(row.sheet, at, "科目代码", code=problems.slug(type(refusal)), detail=told_by(refusal))


@dataclass(frozen=True, slots=True)
class _Accounts:
    """An organization's accounts by the codes of another program."""

    by_code: Mapping[str, dict[str, Any]]
    statutory: frozenset[str]

    @classmethod
    async def of(cls, session: ReadSession, organization: Organization, program: Program) -> "_Accounts":
        """Look up what the mapping names; a label of its own need not exist as an account yet."""
        codes = await mappings.of(session, organization.id, program)
        query = select(Account).where(
            Account.organization_id == organization.id,
            Account.chart == organization.chart_version,
            Account.label.in_(codes),
        )
        known = {
            codes[one.label]: {
                "code": one.code,
                "sub": one.sub,
                "fund_id": one.fund_id,
                "channel_id": one.channel_id,
                "project_id": one.project_id,
                "counterparty_id": one.counterparty_id,
            }
            for one in await session.scalars(query)
        }
        plain = {theirs: {"code": label} for label, theirs in codes.items() if "/" not in label}
        statutory = frozenset(one.code for one in CHARTS[organization.chart_version])
        return cls(plain | known, statutory)

    def find(self, code: str) -> dict[str, Any] | None:
        """Return the account of a code: the mapped one, or the statutory one of the same code."""
        return self.by_code.get(code) or ({"code": code} if code in self.statutory else None)
