"""Rules as JSON."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.rules.deadlines import Unit
from app.disclosure.rules.law import BY_VERSION, Content, Mark, Rule, Trigger, Who
from app.disclosure.schemas.obligations import examples
from app.kit.fields import Day, Line, shown
from app.kit.http.pages import PageQuery


class RuleQuery(PageQuery):
    """Which rules to list."""

    id: Line | None = None
    mark: Mark | None = None
    who: Who | None = None
    trigger: Trigger | None = None
    day: Day | None = Field(default=None, description="Only the versions that judge what happens on it.")

    def found(self) -> list[Rule]:
        """Return the rules that are asked for, in the order of their ids and days."""
        wanted = {name: getattr(self, name) for name in ("id", "mark", "who", "trigger")}
        return [
            rule
            for rule in BY_VERSION.values()
            if all(value in (None, getattr(rule, name)) for name, value in wanted.items())
            and (self.day is None or rule.holds(self.day))
        ]


class ContentOut(BaseModel):
    """One thing that must be told."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str
    title_zh: str

    @classmethod
    def of(cls, content: Content) -> Self:
        """Return the same as JSON shows it."""
        return cls(code=content.code, title=content.title, title_zh=content.title_zh)


class RuleOut(BaseModel):
    """A duty with a clock, as one version of a text has it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RULE))

    id: str
    regulation: str = Field(description="The version of the text, as obligations name it.")
    regulation_title: str
    regulation_title_zh: str
    regulation_number: str
    article: str = Field(description="Of the text itself, and of others by their short names.")
    effective_from: date
    effective_to: date | None
    title: str
    title_zh: str
    who: Who
    trigger: Trigger
    unit: Unit
    count: int
    day_of_year: str | None = Field(description="Month and day, of a deadline that is one.")
    recurring: bool
    mark: Mark = Field(description="A and A1: the text was read; B: remembered or our reading; C: no law.")
    mark_later: Mark | None
    longer_than_months: int | None
    needs_threshold: bool
    sourced: bool = Field(description="Whether obligations are made of it: the database tells its trigger.")
    not_made: str = Field(description="Why none are made of it, where none are.")
    note: str
    content: list[ContentOut]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Return a rule as JSON shows it."""
        deadline = rule.deadline
        dated = deadline.unit is Unit.day_of_year
        names = ("id", "article", "title", "title_zh", "who", "trigger", "recurring", "mark", "mark_later")
        more = ("longer_than_months", "needs_threshold", "note", "not_made")
        return cls(
            **text_of(rule),
            effective_from=rule.regulation.effective_from,
            effective_to=rule.regulation.effective_to,
            unit=deadline.unit,
            count=deadline.count,
            day_of_year=f"{deadline.month:02}-{deadline.day:02}" if dated else None,
            sourced=not rule.not_made,
            content=[ContentOut.of(one) for one in rule.content],
            **{name: getattr(rule, name) for name in names + more},
        )


def text_of(rule: Rule) -> dict[str, Any]:
    """Return what names the version of the text that a rule is from."""
    return {
        "regulation": rule.regulation.code,
        "regulation_title": rule.regulation.title,
        "regulation_title_zh": rule.regulation.title_zh,
        "regulation_number": rule.regulation.number,
    }
