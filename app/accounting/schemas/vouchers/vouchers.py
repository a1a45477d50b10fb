"""Vouchers as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, model_validator

from app.accounting.models import Side, Voucher, VoucherLine, VoucherState
from app.accounting.models.vouchers import VOUCHER_LINES_MAX
from app.accounting.schemas.vouchers import examples
from app.accounting.vouchers import catalogue, templates
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.lines import NewLine
from app.kit.fields import Body, Code, Day, Line, MoneyIn, MoneyOut, wrong
from app.kit.http.pages import PageQuery
from app.ledger.charts import CHARTS

ChartCode = Annotated[str, Field(pattern=r"^[0-9]{4}$", examples=["5301"])]


class VoucherLineIn(Body):
    """One line: a statutory account with its dimensions, debited or credited."""

    side: Side
    code: ChartCode
    amount: MoneyIn
    sub: Code | None = None
    summary: Line | None = None
    fund_id: UUID | None = Field(
        default=None, description="Of income, cost and net assets; else the general fund."
    )
    channel_id: UUID | None = Field(default=None, description="Where the money lies: 1001, 1002 and 1009.")
    project_id: UUID | None = None
    counterparty_id: UUID | None = None

    def as_line(self) -> NewLine:
        """Return the same in the words of the rules."""
        told: dict[str, Any] = dict(self) | {"amount": self.amount.amount}
        return NewLine(**told)


class VoucherContent(Body):
    """What a voucher says: lines of its own, or a template with its inputs."""

    happened_on: Day
    summary: Line
    attachment_count: int = Field(default=0, strict=True, ge=0, le=9999, description="附件张数")
    lines: list[VoucherLineIn] | None = Field(default=None, min_length=2, max_length=VOUCHER_LINES_MAX)
    template: Code | None = Field(default=None, examples=["RENT"])
    inputs: dict[Annotated[str, Field(max_length=40)], StrictInt | StrictStr] | None = Field(
        default=None,
        max_length=20,
        description="What the template asks for: fen, ids, or a statutory account.",
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.lines is None) == (self.template is None):
            raise wrong(
                "a voucher has lines, or a template that makes them",
                "凭证须有分录，或选用生成分录的模板",
            )
        if (self.inputs is not None) != (self.template is not None):
            raise wrong("inputs go with a template", "仅在选用模板时填写 inputs")
        return self

    def as_written(self, chart: str) -> Written:
        """Return the same in the words of the rules; a template is filled. Raises what `fill` refuses."""
        if self.template is not None:
            lines = templates.fill(catalogue.find(self.template), self.inputs or {}, chart=chart)
        else:
            lines = [line.as_line() for line in self.lines or []]
        return Written(
            happened_on=self.happened_on,
            summary=self.summary,
            lines=lines,
            attachment_count=self.attachment_count,
            template=self.template,
        )


_CONTENT = {
    "happened_on": "2026-05-08",
    "summary": "支付五月房租",
    "attachment_count": 2,
    "template": "RENT",
    "inputs": {"amount": 800000, "money_account": "1002", "channel_id": examples.BANK},
}


class VoucherIn(VoucherContent):
    """A voucher of one organization, to be written as a draft."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"organization_id": examples.ORGANIZATION, **_CONTENT})
    )

    organization_id: UUID


class VoucherChanges(VoucherContent):
    """What a draft says from now on."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_CONTENT))


class VoucherQuery(PageQuery):
    """Which vouchers to list."""

    organization_id: UUID | None = None
    state: VoucherState | None = None
    template: Code | None = None
    happened_on_from: Day | None = None
    happened_on_to: Day | None = None
    q: Line | None = Field(default=None, description="Part of the summary.")


class VoucherLineOut(BaseModel):
    """One line as it was written, with the account's names."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.VOUCHER["lines"][0]))

    number: int
    side: Side
    code: str
    name_zh: str
    name: str
    amount: MoneyOut
    sub: str | None
    summary: str | None
    fund_id: UUID | None
    channel_id: UUID | None
    project_id: UUID | None
    counterparty_id: UUID | None

    @classmethod
    def of(cls, line: VoucherLine) -> Self:
        """Return a line as JSON shows it."""
        account = next(one for one in CHARTS[line.chart] if one.code == line.code)
        named: dict[str, Any] = {
            "name_zh": account.name_zh,
            "name": account.name,
            "amount": MoneyOut.of(line.amount),
        }
        return cls(**(named | {name: getattr(line, name) for name in cls.model_fields if name not in named}))


class VoucherOut(BaseModel):
    """A voucher as it stands: its lines, who took which step, and what you may do with it."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.VOUCHER))

    id: UUID
    organization_id: UUID
    happened_on: Day
    summary: str
    template: str | None
    state: VoucherState
    attachment_count: int
    file_count: int = Field(description="How many uploaded files support it.")
    lines: list[VoucherLineOut]
    total: MoneyOut
    made_by: str
    prepared_by: UUID | None
    prepared_at: datetime | None
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    posted_by: UUID | None
    posted_at: datetime | None
    exception_reason: str | None
    return_reason: str | None
    entry_id: UUID | None
    reversal_entry_id: UUID | None
    reversed_by: UUID | None
    reversed_at: datetime | None
    reversal_reason: str | None
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(
        cls, voucher: Voucher, lines: Sequence[VoucherLine], allowed: Sequence[str], *, file_count: int
    ) -> Self:
        """Return a voucher as JSON shows it."""
        told: dict[str, Any] = {
            "lines": [VoucherLineOut.of(line) for line in lines],
            "total": MoneyOut.of(sum(line.amount for line in lines if line.side is Side.debit)),
            "allowed_actions": list(allowed),
            "file_count": file_count,
        }
        return cls(**(told | {name: getattr(voucher, name) for name in cls.model_fields if name not in told}))
