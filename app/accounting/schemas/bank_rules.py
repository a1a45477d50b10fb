"""Rules about bank lines as JSON."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.bank.rules import NewRule, Patterns
from app.accounting.models import BankRule, LineKind
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Code, Line, Minor, shown
from app.kit.http.pages import PageQuery


class BankRuleIn(Body):
    """What an organization has learned: lines like these are probably of that kind."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RULE_IN))

    organization_id: UUID
    kind: LineKind
    title: Line = Field(description="Shown as the reason of what it proposes: no names of people.")
    counterparty: Line | None = Field(default=None, description="Words in the other side's name; * for any.")
    remark: Line | None = Field(default=None, description="Words in summary or remark; * for any.")
    amount_from: Minor | None = None
    amount_to: Minor | None = None
    code: Code | None = Field(default=None, description="The channel or campaign that such lines are about.")

    def as_rule(self) -> NewRule:
        """Return the same in the words of the rules."""
        told = {name: value for name, value in self if name not in {"counterparty", "remark"}}
        return NewRule(patterns=Patterns(self.counterparty, self.remark), **told)


class BankRuleQuery(PageQuery):
    """Which rules to list."""

    organization_id: UUID | None = None
    ended: bool | None = None


class BankRuleOut(BaseModel):
    """A rule about bank lines; its words are shown to those who may read donors."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RULE))

    id: UUID
    organization_id: UUID
    kind: LineKind
    title: str
    counterparty: str | None
    remark: str | None
    amount_from: int | None
    amount_to: int | None
    code: str | None
    made_by: str
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, rule: BankRule, patterns: Patterns | None) -> Self:
        """Return a rule as JSON shows it."""
        words = patterns or Patterns()
        facts = {
            name: getattr(rule, name) for name in cls.model_fields if name not in {"counterparty", "remark"}
        }
        return cls(counterparty=words.counterparty, remark=words.remark, **facts)
