"""Law: every duty that has a clock, in each of its versions, read from `texts/` and checked at start."""

import enum
import itertools
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.rules.deadlines import Deadline

TEXTS = Path(__file__).with_name("texts")


class Mark(enum.StrEnum):
    """How sure we are of a rule: A its text was read twice, A1 once, B it is remembered, C it is practice.

    Staff see the mark, and may overrule B and C. C claims no law.
    """

    a = "A"
    a1 = "A1"
    b = "B"
    c = "C"


OVERRIDABLE = frozenset({Mark.b, Mark.c})


class Who(enum.StrEnum):
    """Whom a rule binds. Qualified is whoever holds a certificate for public fundraising."""

    everyone = "everyone"
    qualified = "qualified"
    unqualified = "unqualified"
    association = "association"
    foundation = "foundation"
    trustee = "trustee"
    settlor = "settlor"
    authority = "authority"


class Trigger(enum.StrEnum):
    """What sets a clock off."""

    campaign_start = "campaign_start"
    emergency_campaign_start = "emergency_campaign_start"
    offsite_campaign_start = "offsite_campaign_start"
    campaign_run = "campaign_run"
    campaign_end = "campaign_end"
    emergency_response = "emergency_response"
    plan_submitted = "plan_submitted"
    plan_returned = "plan_returned"
    plan_changed = "plan_changed"
    certificate_applied = "certificate_applied"
    certificate_revoked = "certificate_revoked"
    organization_founded = "organization_founded"
    basic_information_changed = "basic_information_changed"
    year_ended = "year_ended"
    project_created = "project_created"
    project_run = "project_run"
    project_end = "project_end"
    project_remainder = "project_remainder"
    major_event = "major_event"
    related_party_event = "related_party_event"
    partner_paid = "partner_paid"
    gift_received = "gift_received"
    documents_asked = "documents_asked"
    receipt_lost = "receipt_lost"
    dissolution = "dissolution"
    liquidation_ended = "liquidation_ended"
    trust_signed = "trust_signed"
    trustee_changed = "trustee_changed"
    trust_settled = "trust_settled"
    trust_year_ended = "trust_year_ended"


ENDS = frozenset(
    {
        *(Trigger.campaign_end, Trigger.project_end, Trigger.project_remainder),
        *(Trigger.year_ended, Trigger.trust_year_ended, Trigger.liquidation_ended),
    }
)
"""Triggers that are an end: what is told of before has not ended."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Content(_Told):
    """One thing that must be told, under a code by which the checklist knows it."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    title: str
    title_zh: str
    who: frozenset[Who] = frozenset()
    """Whom of those that the rule binds it is asked of; nobody in particular: of all of them."""

    def binds(self, whom: frozenset[Who]) -> bool:
        """Return whether it is asked of an organization that is all this to a rule."""
        return not self.who or bool(self.who & whom)


class Regulation(_Told):
    """One version of a text, with the days on which it is in force. Practice is in force by nobody's word."""

    code: str = Field(pattern=r"^[A-Z]+-[0-9A-Z-]+$")
    title: str
    title_zh: str
    number: str
    effective_from: date
    effective_to: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether the text is in force on a day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class Rule(_Told):
    """A duty with a clock as one version of a regulation has it."""

    id: str = Field(pattern=r"^OB-[A-Z][0-9]+[a-z]?(-[a-z]+)?$")
    regulation: Regulation
    article: str
    title: str
    title_zh: str
    who: Who
    trigger: Trigger
    deadline: Deadline
    mark: Mark
    recurring: bool = False
    """It falls due again and again for as long as the thing runs."""
    mark_later: Mark | None = None
    """Of a recurring duty, how sure we are of the days after the first."""
    longer_than_months: int | None = None
    first_year: int | None = None
    """The first fiscal year that the text is about, where that is not the one in which it came into force."""
    displaced_on: date | None = None
    """The day from which another text says the same more exactly, though this one is still in force."""
    needs_threshold: bool = False
    content: tuple[Content, ...] = ()
    note: str = ""
    not_made: str = ""
    """Why no obligation is made of it. What does not say so has a source: a test tries each."""

    @model_validator(mode="after")
    def _others_owe_it(self) -> Self:
        if self.who is Who.authority and not self.not_made:
            raise ValueError("what the authority owes is no obligation of ours: it says so")
        return self

    def holds(self, day: date) -> bool:
        """Return whether what happened on a day is judged by this version."""
        return self.regulation.holds(day) and (self.displaced_on is None or day < self.displaced_on)

    def mark_of(self, number: int) -> Mark:
        """Return how sure we are of the n-th day on which it falls due."""
        return self.mark if number == 1 else self.mark_later or self.mark


class _Text(_Told):
    regulation: Regulation
    rules: Annotated[tuple[Mapping[str, object], ...], Field(min_length=1)]


class LawBroken(ValueError):  # noqa: N818 - it states what happened
    """The files of rules contradict each other: a fault of ours, found at start."""


def read(folder: Path = TEXTS) -> Sequence[Rule]:
    """Return every rule of the files in a folder, in the order of their ids and days; LawBroken if unfit."""
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.toml")):
        text = _Text.model_validate(tomllib.loads(path.read_text("utf-8")))
        rules += [Rule.model_validate({**told, "regulation": text.regulation}) for told in text.rules]
    rules.sort(key=lambda rule: (rule.id, rule.regulation.effective_from))
    for one, after in itertools.pairwise(rules):
        if one.id == after.id and one.holds(after.regulation.effective_from):
            raise LawBroken(f"two texts of {one.id} hold on one day")
    return tuple(rules)


RULES = read()
"""All duties with a clock, in all their versions."""

BY_VERSION: Mapping[tuple[str, str], Rule] = {(rule.id, rule.regulation.code): rule for rule in RULES}


def on(trigger: Trigger, day: date) -> list[Rule]:
    """Return the rules by which something that happened on a day is judged: those in force then."""
    return [rule for rule in RULES if rule.trigger is trigger and rule.holds(day)]


def recurring(trigger: Trigger) -> list[list[Rule]]:
    """Return the duties that recur once a trigger set them off, each with all its texts."""
    rules = [rule for rule in RULES if rule.trigger is trigger and rule.recurring]
    return [list(texts) for _, texts in itertools.groupby(rules, lambda rule: rule.id)]
