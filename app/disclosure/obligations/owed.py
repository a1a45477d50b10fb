"""Owed: what the rules make of facts, by calculation alone: the same facts owe the same, whoever asks."""

from collections.abc import Iterable, Iterator, Sequence
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
            if not rule.recurring and _asked(member, rule, fact):
                yield _once(rule, fact, number=fact.year or 1)
        last = min(fact.until or date.max, on + HORIZON)
        for texts in law.recurring(fact.trigger):
            yield from _again([one for one in texts if _asked(member, one, fact)], fact, last)
    yield from _unmeasured(member, on)


def _asked(member: Member, rule: Rule, fact: Fact) -> bool:
    if not member.bound(rule, fact):
        return False
    if rule.first_year is not None and (fact.year or 0) < rule.first_year:
        return False
    if rule.needs_threshold:
        threshold = member.threshold(rule, fact.happened_on)
        return threshold is not None and fact.amount >= threshold.amount
    return True


def _once(rule: Rule, fact: Fact, *, number: int, turn: int = 1) -> Owed:
    # A report tells of the time since the last day before it; the first of them of everything until then.
    ready = fact.ready_after(rule.deadline.due(fact.happened_on, turn - 1) if turn > 1 else date.min)
    return Owed(
        rule_id=rule.id,
        regulation=rule.regulation.code,
        mark=rule.mark_of(turn),
        subject_kind=fact.kind,
        subject_id=fact.id,
        subject=fact.title,
        number=number,
        trigger_on=fact.happened_on,
        due_on=rule.deadline.due(fact.happened_on, turn),
        rolled_on=rule.deadline.rolled(fact.happened_on, turn),
        complete=fact.complete,
        done_on=fact.done_on(rule),
        ready_on=ready.since if ready else None,
        ready_as=ready.what if ready else None,
    )


def _again(texts: Sequence[Rule], fact: Fact, last: date) -> Iterator[Owed]:
    """Yield each turn of what recurs by the text in force on its last day, counted from the beginning."""
    turns = [
        (due, turn, rule)
        for rule in texts
        for turn, due in _turns(rule, fact.happened_on, last)
        if rule.holds(due) and _lasts(rule, fact, due)
    ]
    # Two texts never hold on one day: no two turns fall on the same one.
    for number, (_, turn, rule) in enumerate(sorted(turns, key=lambda one: one[0]), 1):
        yield _once(rule, fact, number=number, turn=turn)


def _turns(rule: Rule, since: date, last: date) -> Iterator[tuple[int, date]]:
    turn = 1
    while (due := rule.deadline.due(since, turn)) <= last:
        yield turn, due
        turn += 1


def _lasts(rule: Rule, fact: Fact, day: date) -> bool:
    # As planned on that day: who plans for longer was not late before, who plans for less is not excused.
    planned = fact.planned_on(day)
    if rule.longer_than_months is None or planned is None:
        return True
    return planned > terms.months_after(fact.happened_on, rule.longer_than_months)


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
