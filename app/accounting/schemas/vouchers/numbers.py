"""Numbered vouchers as JSON."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Side, VoucherNumber
from app.accounting.schemas.vouchers import examples
from app.accounting.vouchers.register import Printed
from app.kit.fields import Body, Day, MoneyOut
from app.kit.http.pages import PageQuery

_NUMBER = "01997d5d-ac96-774b-bcce-b302099a8021"
_SHOWN = {
    "id": _NUMBER,
    "organization_id": examples.ORGANIZATION,
    "label": "记-202605-0012",
    "month": "2026-05-01",
    "number": 12,
    "day": "2026-05-08",
    "amount": examples.fen(800000),
    "entry_count": 1,
    "entry_id": examples.ENTRY,
    "channel_id": None,
}


class NumberQuery(PageQuery):
    """Which numbered vouchers to list."""

    organization_id: UUID | None = None
    month: Day | None = Field(default=None, description="The first day of a month.")
    day_from: Day | None = None
    day_to: Day | None = None
    number_from: int | None = Field(default=None, ge=1, le=10**9)
    number_to: int | None = Field(default=None, ge=1, le=10**9)
    channel_id: UUID | None = Field(default=None, description="The summaries of one channel's gifts.")


class RangeQuery(BaseModel):
    """Which numbers of one month to print."""

    model_config = ConfigDict(extra="forbid")

    organization_id: UUID
    month: Day = Field(description="The first day of a month.")
    number_from: int = Field(default=1, ge=1, le=10**9)
    number_to: int = Field(ge=1, le=10**9)


class NumberRangeIn(Body):
    """Which numbers of one month to print, however many."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "organization_id": examples.ORGANIZATION,
                "month": "2026-05-01",
                "number_from": 1,
                "number_to": 1200,
            }
        )
    )

    organization_id: UUID
    month: Day = Field(description="The first day of a month.")
    number_from: int = Field(default=1, strict=True, ge=1, le=10**9)
    number_to: int = Field(strict=True, ge=1, le=10**9)


class NumberOut(BaseModel):
    """A numbered voucher: an entry, or a day's gifts through one merchant or bank account."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_SHOWN))

    id: UUID
    organization_id: UUID
    label: str
    month: date
    number: int
    day: date
    amount: MoneyOut
    entry_count: int
    entry_id: UUID | None
    channel_id: UUID | None

    @classmethod
    def of(cls, number: VoucherNumber) -> Self:
        """Return a number as JSON shows it."""
        return cls(
            id=number.id,
            organization_id=number.organization_id,
            label=number.label,
            month=number.month,
            number=number.number,
            day=number.day,
            amount=MoneyOut.of(number.amount),
            entry_count=number.entry_count,
            entry_id=number.entry_id,
            channel_id=number.channel_id,
        )


class PrintedLineOut(BaseModel):
    """One line as it is printed."""

    summary: str
    side: Side
    code: str
    name_zh: str
    name: str
    detail: str
    amount: MoneyOut


class NumberDetail(NumberOut):
    """A numbered voucher with its lines and who prepared, reviewed and posted it."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            _SHOWN
            | {
                "summary": "支付五月房租",
                "attachment_count": 2,
                "voucher_id": examples.VOUCHER_ID,
                "prepared": "王会计",
                "reviewed": "李主任",
                "posted": "张会计",
                "lines": [
                    {
                        "summary": "支付五月房租",
                        "side": "debit",
                        "code": "5301",
                        "name_zh": "管理费用",
                        "name": "Administrative expense",
                        "detail": "GENERAL",
                        "amount": examples.fen(800000),
                    }
                ],
            }
        )
    )

    summary: str
    attachment_count: int
    voucher_id: UUID | None
    prepared: str
    reviewed: str
    posted: str
    lines: list[PrintedLineOut]

    @classmethod
    def printed(cls, one: Printed) -> Self:
        """Return a numbered voucher as JSON shows it whole."""
        lines = [
            PrintedLineOut(
                summary=line.summary,
                side=line.side,
                code=line.code,
                name_zh=line.name_zh,
                name=line.name,
                detail=line.detail,
                amount=MoneyOut.of(line.amount),
            )
            for line in one.lines
        ]
        return cls(
            **dict(NumberOut.of(one.number)),
            summary=one.summary,
            attachment_count=one.attachment_count,
            voucher_id=one.voucher.id if one.voucher else None,
            prepared=one.prepared,
            reviewed=one.reviewed,
            posted=one.posted,
            lines=lines,
        )


class NumberedEntryOut(BaseModel):
    """One entry under a number."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"entry_id": examples.ENTRY, "reference": "donation:01997d5d"})
    )

    entry_id: UUID
    reference: str
