"""Owed: what the rules make of facts, by calculation alone: the same facts owe the same, whoever asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.disclosure.models import SubjectKind
from app.disclosure.obligations.facts import Fact, Member
from app.disclosure.rules import law
from app.disclosure.rules.law import Mark, Rule, Trigger
from app.kit.calendars import terms

HORIZON = timedelta(days=40)
"""How far ahead of today what recurs is written down: a little further than people are reminded."""

Key = tuple[str, UUID, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One obligation as the rules make it, in the columns of its row."""

    rule_id: str
    regulation: str
    mark: Mark
    subject_kind: SubjectKind
    subject_id: UUID
    subject: str
    number: int
    trigger_on: date
    due_on: date | None
    rolled_on: date | None
    complete: bool
    done_on: date | None
    ready_on: date | None = None
    ready_as: str | None = None

    @property
    def key(self) -> Key:
        """By what it is the same when it is made again."""
        return self.rule_id, self.subject_id, self.number


def of(member: Member, facts: Iterable[Fact], on: date) -> Iterator[Owed]:
    """Yield everything that a member owes by the facts; what recurs up to a little after a day."""
    for fact in facts:
        for rule in law.on(fact.trigger, fact.happened_on):
            if not _asked(member, rule, fact):
                continue
            if not rule.recurring:
                yield _once(rule, fact, 1)
                continue
            yield from _again(rule, fact, min(fact.until or date.max, on + HORIZON))
    yield from _unmeasured(member, on)


def _asked(member: Member, rule: Rule, fact: Fact) -> bool:
    if not member.bound(rule, fact):
        return False
    if rule.first_year is not None and (fact.year or 0) < rule.first_year:
        return False
    if rule.longer_than_months is not None and fact.planned_until is not None:
        longest = terms.months_after(fact.happened_on, rule.longer_than_months)
        if fact.planned_until <= longest:
            return False
    if rule.needs_threshold:
        threshold = member.threshold(rule, fact.happened_on)
        return threshold is not None and fact.amount >= threshold.amount
    return True


def _once(rule: Rule, fact: Fact, number: int) -> Owed:
    # A report tells of the time since the last day before it; the first of them of everything until then.
    ready = fact.ready_after(rule.deadline.due(fact.happened_on, number - 1) if number > 1 else date.min)
    return Owed(
        rule_id=rule.id,
        regulation=rule.regulation.code,
        mark=rule.mark_of(number),
        subject_kind=fact.kind,
        subject_id=fact.id,
        subject=fact.title,
        number=number if rule.recurring else fact.year or 1,
        trigger_on=fact.happened_on,
        due_on=rule.deadline.due(fact.happened_on, number),
        rolled_on=rule.deadline.rolled(fact.happened_on, number),
        complete=fact.complete,
        done_on=fact.done_on(rule),
        ready_on=ready.since if ready else None,
        ready_as=ready.what if ready else None,
    )


def _again(rule: Rule, fact: Fact, last: date) -> Iterator[Owed]:
    number = 1
    while rule.deadline.due(fact.happened_on, number) <= last:
        yield _once(rule, fact, number)
        number += 1


def _unmeasured(member: Member, on: date) -> Iterator[Owed]:
    """Yield the rules whose threshold is the member's to set, and is not set: nobody knows what they ask."""
    if member.gone(on):
        return
    for rule in law.on(Trigger.major_event, on):
        if rule.needs_threshold and member.threshold(rule, on) is None:
            yield Owed(
                rule_id=rule.id,
                regulation=rule.regulation.code,
                mark=rule.mark,
                subject_kind=SubjectKind.organization,
                subject_id=member.id,
                subject="",
                number=0,
                trigger_on=max(rule.regulation.effective_from, member.books_from),
                due_on=None,
                rolled_on=None,
                complete=False,
                done_on=None,
            )
