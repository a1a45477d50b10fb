"""Results: the finance system's answer as a workbook; each line finds its receipt or is listed."""

import enum
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.fundraising.models import Receipt, ReceiptState
from app.fundraising.receipts import batches, requests, reversals, words
from app.fundraising.receipts.errors import GiftReceipted
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import read_code
from app.kit.sheets import sheetfuls
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form

ROWS_MAX = 5000


def _matching(pattern: str, en: str, zh: str) -> Any:  # noqa: ANN401 - what a field's `read` is
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(Said(en, zh))
        return text

    return read


FORM = Form(
    name="results",
    zh="开票结果",
    en="results",
    fields=[
        Field(name="reference", zh="申请编号", en="reference", required=True, read=read_code),
        Field(
            name="kind",
            zh="业务类型",
            en="kind",
            required=True,
            choices={
                batches.ISSUE: "issue",
                batches.REVERSE: "reverse",
                "issue": "issue",
                "reverse": "reverse",
            },
        ),
        Field(
            name="code",
            zh="票据代码",
            en="code",
            read=_matching(r"[0-9]{8}", "eight digits", "应为 8 位数字"),
        ),
        Field(
            name="number",
            zh="票据号码",
            en="number",
            read=_matching(r"[0-9]{8,20}", "8 to 20 digits", "应为 8 至 20 位数字"),
        ),
        Field(
            name="check_code",
            zh="校验码",
            en="check code",
            read=_matching(r"[0-9A-Za-z]{4,20}", "4 to 20 letters and digits", "应为 4 至 20 位字母或数字"),
        ),
        Field(name="issued_on", zh="开票日期", en="issued on", kind=Kind.day),
        Field(name="amount", zh="金额", en="amount", kind=Kind.money),
        Field(name="refused", zh="失败原因", en="refused because", length_max=2000),
    ],
)
"""The answer to a batch: of a receipt that was issued all numbers and the amount, else why it was not."""


class LineFate(enum.StrEnum):
    """What became of a line; everything below `unchanged` is unmatched and listed."""

    issued = "issued"
    red_reversed = "red_reversed"
    refused = "refused"
    unchanged = "unchanged"
    incomplete = "incomplete"
    unknown = "unknown"
    not_awaited = "not_awaited"
    amount_differs = "amount_differs"
    numbers_differ = "numbers_differ"
    number_taken = "number_taken"


MATCHED = {LineFate.issued, LineFate.red_reversed, LineFate.refused, LineFate.unchanged}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line that found no receipt, or not one that waits for this answer."""

    row: int
    reference: str
    fate: LineFate


@dataclass(slots=True)
class Taken:
    """What a result file did: how many lines of each fate, and the unmatched ones by row."""

    counts: dict[LineFate, int] = field(default_factory=dict[LineFate, int])
    unmatched: list[Unmatched] = field(default_factory=list["Unmatched"])

    def add(self, row: Row, fate: LineFate) -> None:
        """Count one line."""
        self.counts[fate] = self.counts.get(fate, 0) + 1
        if fate not in MATCHED:
            self.unmatched.append(Unmatched(row.line, str(row.values["reference"]), fate))


async def take_in(session: WriteSession, organization_id: UUID, path: Path) -> Taken:
    """Take an organization's result file in: what matches takes effect, the rest is listed by row.

    A cell that cannot be read refuses the whole file. Taken in again, nothing changes.
    """
    taken = Taken()
    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    sheet.faults.refuse()
    for row in sheet.rows:
        taken.add(row, await _apply(session, organization_id, _Answer.of(row)))
    return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A line, its missing cells None."""

    reference: str
    kind: str
    code: str | None
    number: str | None
    check_code: str | None
    issued_on: date | None
    amount: int | None
    refused: str | None

    @classmethod
    def of(cls, row: Row) -> "_Answer":
        told: dict[str, Any] = {name: row.values.get(name) for name in cls.__slots__}
        return cls(**told)

    @property
    def numbers(self) -> tuple[str | None, str | None, date | None]:
        return self.code, self.number, self.issued_on


async def _apply(session: WriteSession, organization_id: UUID, answer: _Answer) -> LineFate:
    query = select(Receipt).where(
        Receipt.reference == answer.reference, Receipt.organization_id == organization_id
    )
    query = query.with_for_update().execution_options(populate_existing=True)
    receipt = await session.scalar(query)
    if receipt is None:
        return LineFate.unknown
    if answer.refused is not None:
        return await _refused(session, receipt, answer)
    issuing = answer.kind == "issue"
    # A red-letter receipt has no check code of its own that anybody would ask for.
    if None in answer.numbers or answer.amount is None or (issuing and answer.check_code is None):
        return LineFate.incomplete
    if abs(answer.amount) != receipt.amount:
        return LineFate.amount_differs
    try:
        async with constraints.told(
            session,
            {
                "receipts_code_number_key": GiftReceipted(),
                "receipts_red_code_red_number_key": GiftReceipted(),
            },
        ):
            return await (_issue if issuing else _reverse)(session, receipt, answer)
    except GiftReceipted:
        await session.refresh(receipt)
        return LineFate.number_taken


async def _issue(session: WriteSession, receipt: Receipt, answer: _Answer) -> LineFate:
    if receipt.number is not None:
        same = (receipt.code, receipt.number, receipt.issued_on) == answer.numbers
        return LineFate.unchanged if same else LineFate.numbers_differ
    if receipt.state is not ReceiptState.requested or receipt.batch_id is None:
        return LineFate.not_awaited
    receipt.code, receipt.number, receipt.issued_on = answer.numbers
    receipt.check_code = answer.check_code
    await requests.move(session, receipt, ReceiptState.issued)
    if receipt.replaces_id is not None:
        reversed_one = await requests.get(session, receipt.replaces_id, lock=True)
        await requests.move(session, reversed_one, ReceiptState.replaced)
    return LineFate.issued


async def _reverse(session: WriteSession, receipt: Receipt, answer: _Answer) -> LineFate:
    if receipt.red_number is not None:
        same = (receipt.red_code, receipt.red_number, receipt.reversed_on) == answer.numbers
        return LineFate.unchanged if same else LineFate.numbers_differ
    if receipt.state is not ReceiptState.issued or receipt.reversal_batch_id is None:
        return LineFate.not_awaited
    receipt.red_code, receipt.red_number, receipt.reversed_on = answer.numbers
    await requests.move(session, receipt, ReceiptState.red_reversed)
    return LineFate.red_reversed


async def _refused(session: WriteSession, receipt: Receipt, answer: _Answer) -> LineFate:
    """Take note that the finance system did not do it: the receipt waits for the next batch again."""
    if answer.kind == "reverse" and receipt.reversal_batch_id and receipt.state is ReceiptState.issued:
        receipt.reversal_batch_id = None
    elif answer.kind == "issue" and receipt.batch_id and receipt.state is ReceiptState.requested:
        receipt.batch_id = receipt.reversal_reason = receipt.reversal_by = receipt.reversal_at = None
        covered = [line.donation_id for line in await requests.lines(session, receipt)]
        await reversals.resize(session, receipt, await requests.hold(session, covered))
    else:
        return LineFate.not_awaited
    receipt.refused_at = now()
    await session.flush()
    await words.note_refusal(session, receipt, answer.refused or "")
    return LineFate.refused
