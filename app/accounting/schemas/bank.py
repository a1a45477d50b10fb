"""Bank statements, their lines and the rules about them as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.bank.lines import Search, Words
from app.accounting.bank.readings import Controls
from app.accounting.bank.statements import Gap, Taken
from app.accounting.models import BankLine, BankStatement, LineKind
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Day, MoneyOut, shown
from app.kit.http.pages import FRAME, PageQuery
from app.kit.money import AMOUNT_MINOR_MAX

_Balance = Field(default=None, ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX, description="Fen.")
_Fen = Field(default=None, ge=0, le=AMOUNT_MINOR_MAX, description="Fen, whichever way it went.")


class StatementControls(BaseModel):
    """What is told beside a file and must agree with it; a list without balances or days needs it."""

    model_config = ConfigDict(extra="forbid")

    opening: int | None = _Balance
    closing: int | None = _Balance
    count: int | None = Field(default=None, ge=1, le=1_000_000)
    day: Day | None = Field(default=None, description="The day of every line, where the file tells none.")

    def controls(self) -> Controls:
        """Return the same in the words of the rules."""
        return Controls(**dict(self))


class BankStatementQuery(PageQuery):
    """Where to continue, and how much to return."""


class BankStatementOut(BaseModel):
    """A bank's statement of an account: opening balance and lines give the closing balance."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STATEMENT))

    id: UUID
    channel_id: UUID
    begins_on: date
    ends_on: date
    opening: MoneyOut
    came_in: MoneyOut
    went_out: MoneyOut
    closing: MoneyOut
    line_count: int
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, statement: BankStatement, **more: Any) -> Self:  # noqa: ANN401
        """Return a statement as JSON shows it."""
        return cls(
            **{name: getattr(statement, name) for name in _OF_STATEMENTS},
            opening=MoneyOut.of(statement.opening_minor),
            came_in=MoneyOut.of(statement.in_minor),
            went_out=MoneyOut.of(statement.out_minor),
            closing=MoneyOut.of(statement.closing_minor),
            **more,
        )


_OF_STATEMENTS = ("id", "channel_id", "begins_on", "ends_on", "line_count", "actor", "created_at")


class GapOut(BaseModel):
    """That something is missing between two statements: the later does not go on where the earlier ended."""

    model_config = ConfigDict(json_schema_extra=shown(examples.GAP))

    after_on: date
    before_on: date
    closing: MoneyOut
    opening: MoneyOut

    @classmethod
    def of(cls, gap: Gap) -> Self:
        """Return a gap as JSON shows it."""
        return cls(
            after_on=gap.after_on,
            before_on=gap.before_on,
            closing=MoneyOut.of(gap.closing),
            opening=MoneyOut.of(gap.opening),
        )


class StatementTakenOut(BankStatementOut):
    """What became of a file: `new_count` lines were new, `known_count` had come in another file before."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.STATEMENT | {"repeated": False, "new_count": 4, "known_count": 0, "gaps": [examples.GAP]}
        )
    )

    repeated: bool
    new_count: int
    known_count: int
    gaps: list[GapOut]

    @classmethod
    def taken(cls, taken: Taken, gaps: Sequence[Gap]) -> Self:
        """Return what became of a file as JSON shows it."""
        return cls.of(
            taken.statement,
            repeated=taken.repeated,
            new_count=taken.new_count,
            known_count=taken.statement.line_count - taken.new_count,
            gaps=[GapOut.of(gap) for gap in gaps],
        )


class BankLineQuery(PageQuery):
    """Which lines to list. `decided` are those of which a person said what they are.

    Decided, but not `booked`, are the exceptions that wait for projects.
    """

    organization_id: UUID | None = None
    channel_id: UUID | None = None
    statement_id: UUID | None = None
    kind: LineKind | None = None
    proposed_kind: LineKind | None = None
    decided: bool | None = None
    matched: bool | None = None
    booked: bool | None = None
    happened_on_from: Day | None = None
    happened_on_to: Day | None = None
    amount_from: int | None = _Fen
    amount_to: int | None = _Fen

    def search(self) -> Search:
        """Return the same in the words of the register."""
        return Search(**self.model_dump(exclude=FRAME))


class CounterpartyOut(BaseModel):
    """Who stands on the other side and what was written; masked without the right to read donors."""

    name: str | None
    account: str | None
    summary: str | None
    remark: str | None
    masked: bool


class ProposalOut(BaseModel):
    """What a line probably is, and why; `code` is the channel, member or campaign that it is about."""

    kind: LineKind
    because: str
    code: str | None


class BankLineOut(BaseModel):
    """A line of a bank's statement: above zero came in, below zero went out."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LINE))

    id: UUID
    organization_id: UUID
    channel_id: UUID
    statement_id: UUID
    number: int
    happened_on: date
    amount: MoneyOut
    balance: MoneyOut | None
    matched: MoneyOut
    counterparty: CounterpartyOut
    proposal: ProposalOut | None
    kind: LineKind | None
    decided_by: str | None
    decided_at: datetime | None
    entry_id: UUID | None

    @classmethod
    def of(cls, line: BankLine, words: Words) -> Self:
        """Return a line as JSON shows it."""
        proposal = None
        if line.proposed_kind and line.proposed_because:
            kind = LineKind(line.proposed_kind)
            proposal = ProposalOut(kind=kind, because=line.proposed_because, code=line.proposed_code)
        said = {name: getattr(words, name) for name in CounterpartyOut.model_fields}
        return cls(
            **{name: getattr(line, name) for name in _OF_LINES},
            amount=MoneyOut.of(line.amount),
            balance=None if line.balance_minor is None else MoneyOut.of(line.balance_minor),
            matched=MoneyOut.of(line.matched_minor),
            counterparty=CounterpartyOut(**said),
            proposal=proposal,
        )


_OF_LINES = (
    *("id", "organization_id", "channel_id", "statement_id", "number", "happened_on"),
    *("kind", "decided_by", "decided_at", "entry_id"),
)
