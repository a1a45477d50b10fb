"""Facts: what has happened, or will, and sets clocks off; each source of them gives its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.disclosure.models import SubjectKind
from app.disclosure.rules.law import Rule, Trigger, Who

ANY = ""
"""Stands for every rule of a trigger in `Fact.done`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A publication of ours that tells of something: since when it is there, and which it is."""

    since: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that set a clock off, or will; `until` is the last day of what goes on, if it is known."""

    trigger: Trigger
    happened_on: date
    kind: SubjectKind
    id: UUID
    title: str
    until: date | None = None
    planned_until: date | None = None
    replanned: Sequence[tuple[date, date | None]] = ()
    """The days on which it was planned anew, each with the last day that was planned until then."""
    year: int | None = None
    amount: int = 0
    binding: frozenset[Who] = frozenset()
    """Whom it makes of the organization, besides what that is anyway: a campaign's asks the public."""
    complete: bool = True
    done: Mapping[str, date | None] = field(default_factory=dict[str, date | None])
    """When the books know that it was done, by rule or for `ANY`."""
    ready: Sequence[Ready] = ()
    """Publications of ours that tell of it, in the order of their days: prepared, but filed nowhere yet."""

    def planned_on(self, day: date) -> date | None:
        """Return until when it was planned on a day; None if nobody knew."""
        return next((until for anew, until in self.replanned if day < anew), self.planned_until)

    def done_on(self, rule: Rule) -> date | None:
        """Return the day on which the books know that a rule was kept."""
        return self.done.get(rule.id, self.done.get(ANY))

    def ready_after(self, day: date) -> Ready | None:
        """Return the first publication of ours after a day."""
        return next((one for one in self.ready if one.since > day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From which amount on, since when, something is major by a rule."""

    rule_id: str
    amount: int
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What of an organization decides whom it is to a rule."""

    id: UUID
    form: Who | None
    books_from: date
    founded_on: date | None
    ended_on: date | None = None
    struck_off_on: date | None = None
    certificates: Sequence[tuple[date, date | None]] = ()
    thresholds: Sequence[Threshold] = ()

    def qualified(self, day: date) -> bool:
        """Return whether it held a certificate for public fundraising on a day."""
        return any(since <= day and (end is None or day < end) for since, end in self.certificates)

    def gone(self, day: date) -> bool:
        """Return whether a day is past its last, or past that on which it was struck off the register."""
        return any(end is not None and end < day for end in (self.ended_on, self.struck_off_on))

    def whom(self, day: date) -> frozenset[Who]:
        """Return all that it was to a rule on a day."""
        may_ask = Who.qualified if self.qualified(day) else Who.unqualified
        return frozenset({Who.everyone, may_ask} | ({self.form} if self.form else set()))

    def bound(self, rule: Rule, fact: Fact) -> bool:
        """Return whether a rule binds it in view of a fact."""
        return rule.who in self.whom(fact.happened_on) | fact.binding

    def threshold(self, rule: Rule, day: date) -> Threshold | None:
        """Return the threshold that was in force for a rule on a day."""
        known = [one for one in self.thresholds if one.rule_id == rule.id and one.valid_from <= day]
        return max(known, key=lambda one: one.valid_from, default=None)
