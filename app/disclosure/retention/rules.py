"""Rules: how long what is kept, and by which text, read from `rules.toml` and checked at start."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.models import Fate
from app.disclosure.rules.law import Mark

TEXT = Path(__file__).with_name("rules.toml")
OURS = "retention"
"""What is done by this feature's daily round."""


class RetentionRule(BaseModel):
    """For how long a kind of record is kept, since when, by which text, and what is done then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    record: str
    record_zh: str
    article: str
    mark: Mark
    fate: Fate
    since: str
    since_zh: str
    done_by: str
    years: int = Field(default=0, ge=0)
    days: int = Field(default=0, ge=0)
    part_of: str | None = None
    """The rule of the record that this is a part of, of the same subjects: what holds that one holds it."""

    @property
    def held_by(self) -> tuple[str, ...]:
        """Return the rules whose holds keep this record."""
        return (self.id,) if self.part_of is None else (self.id, self.part_of)

    @model_validator(mode="after")
    def _timed(self) -> Self:
        if self.years and self.days:
            raise ValueError("a rule counts in years or in days")
        if self.fate is not Fate.keep and not (self.years or self.days):
            raise ValueError("what is not kept for ever has an end")
        return self


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[RetentionRule, ...]


def read(path: Path = TEXT) -> Sequence[RetentionRule]:
    """Return the rules of a file in its order; ValueError if two have one name, or a whole is missing."""
    rules = _Text.model_validate(tomllib.loads(path.read_text("utf-8"))).rules
    if len({rule.id for rule in rules}) < len(rules):
        raise ValueError("two rules of retention have one name")
    if not {rule.part_of for rule in rules if rule.part_of} <= {rule.id for rule in rules}:
        raise ValueError("of the rules of retention one is part of another that is not there")
    return rules


RULES = read()
BY_ID: Mapping[str, RetentionRule] = {rule.id: rule for rule in RULES}
