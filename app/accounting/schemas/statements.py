"""What accounting says of the three statements over HTTP."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.schemas.book_examples import STATEMENT
from app.kit.fields import MoneyOut, shown
from app.ledger.statements.forms import Confidence, Name
from app.ledger.statements.papers import Paper, PaperLine, Proof
from app.organizations.models import Organization


class StatementQuery(BaseModel):
    """Of which month or year."""

    model_config = ConfigDict(extra="forbid")

    period: str = Field(description="A year (2026) or a month (2026-05).", examples=["2026-05"], max_length=7)


class StatementColumnOut(BaseModel):
    """A column of amounts."""

    key: str
    title: str
    title_zh: str


class StatementLineOut(BaseModel):
    """A line: `number` counts the lines of the form in their order; a line that explains another has none."""

    key: str
    number: int | None
    label: str
    label_zh: str
    level: int
    total: bool
    amounts: list[MoneyOut] = Field(description="One for each column.")

    @classmethod
    def of(cls, line: PaperLine) -> "StatementLineOut":
        """Return a line as JSON says it."""
        return cls(
            key=line.key,
            number=line.number,
            label=line.label,
            label_zh=line.label_zh,
            level=line.level,
            total=line.total,
            amounts=[MoneyOut.of(amount) for amount in line.amounts],
        )


class StatementProofOut(BaseModel):
    """Two sums that must be equal; a difference is said, never hidden."""

    name: str
    title: str
    title_zh: str
    left: MoneyOut
    right: MoneyOut
    difference: MoneyOut
    holds: bool

    @classmethod
    def of(cls, proof: Proof) -> "StatementProofOut":
        """Return a proof as JSON says it."""
        return cls(
            name=proof.name,
            title=proof.title,
            title_zh=proof.title_zh,
            left=MoneyOut.of(proof.left),
            right=MoneyOut.of(proof.right),
            difference=MoneyOut.of(proof.difference),
            holds=proof.difference == 0,
        )


class StatementOut(BaseModel):
    """A statement of one organization, line by line, with the proofs that it ties."""

    model_config = ConfigDict(json_schema_extra=shown(STATEMENT))

    organization_id: UUID
    organization_code: str
    statement: Name
    form: str
    title: str
    title_zh: str
    chart: str
    confidence: Confidence = Field(description="A1: the form's text was read. C: not read, to be checked.")
    period: str
    basis: Literal["entity"] = "entity"
    first_day: date
    last_day: date
    demo: bool
    ties: bool
    columns: list[StatementColumnOut]
    lines: list[StatementLineOut]
    proofs: list[StatementProofOut]

    @classmethod
    def of(cls, organization: Organization, paper: Paper) -> "StatementOut":
        """Return a statement as JSON says it."""
        form, title_zh, title = paper.form.names[paper.name]
        return cls(
            organization_id=organization.id,
            organization_code=organization.code,
            statement=paper.name,
            form=form,
            title=title,
            title_zh=title_zh,
            chart=paper.form.chart,
            confidence=paper.form.confidence,
            period=str(paper.term),
            first_day=paper.term.first,
            last_day=paper.term.until,
            demo=organization.demo,
            ties=paper.ties,
            columns=[
                StatementColumnOut(key=one.key, title=one.title, title_zh=one.title_zh)
                for one in paper.columns
            ],
            lines=[StatementLineOut.of(line) for line in paper.lines],
            proofs=[StatementProofOut.of(proof) for proof in paper.proofs],
        )
