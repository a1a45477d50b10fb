"""Compilations: a form filled from the books, its items in their order, filled or said to be missing."""

from collections.abc import Sequence
from datetime import date

from app.disclosure.obligations.sources import members
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Content, Section
from app.disclosure.publications.forms import FORMS, Form, Span
from app.disclosure.rules import law
from app.disclosure.rules.law import Content as Item
from app.disclosure.rules.law import Rule, Who
from app.kit.database import ReadSession


async def compiled(session: ReadSession, asked: Asked) -> Content:
    """Return what a publication says, from the books: the form's items in their order, filled or missing."""
    form, day = FORMS[asked.kind], _judged_on(FORMS[asked.kind], asked)
    rules = _versions(form, day)
    whom = (await members.of(session, asked.organization)).whom(day)
    sections: list[Section] = []
    if form.head is not None:
        title_zh, title, write = form.head
        sections.append(Section("subject", title_zh, title, await write(session, asked)))
    owed = _owed(rules, whom)
    items: dict[str, Item] = {}
    for item in (item for rule in rules for item in rule.content):
        # What two rules ask for is said once, in the place and in the words of the first.
        items.setdefault(item.code, item)
    for item in items.values():
        source = form.items.get(item.code)
        fields = await source(session, asked) if source else ()
        # What is asked of others is told where there is something to tell, and is no gap where there is not.
        if fields or item.code in owed:
            sections.append(Section(item.code, item.title_zh, item.title, fields))
    for one in form.more:
        fields = await one.write(session, asked)
        if fields or not one.who or one.who & whom:
            sections.append(Section(one.code, one.title_zh, one.title, fields))
    binding = rules[0].holds(day) and asked.first.year >= (rules[0].first_year or 0)
    return Content(_named(rules[0], binding=binding), sections)


def _owed(rules: Sequence[Rule], whom: frozenset[Who]) -> set[str]:
    """Return the items that are asked of an organization; by making a form it is asked what its rule asks."""
    return {
        item.code
        for at, rule in enumerate(rules)
        for item in rule.content
        if (at == 0 or rule.who in whom) and item.binds(whom)
    }


def _judged_on(form: Form, asked: Asked) -> date:
    # The fiscal year sets its clocks off when it is over; everything else is judged by the law of the last
    # day that is told of.
    return date(asked.first.year + 1, 1, 1) if form.span is Span.year else asked.last


def _versions(form: Form, day: date) -> Sequence[Rule]:
    """Return the rules of a form as they read on a day; one that there was not yet asked for nothing."""
    held = [rule for rule_id in form.rules for rule in law.RULES if rule.id == rule_id and rule.holds(day)]
    # Before its first text a form had none: then the earliest is the nearest.
    first = next(rule for rule in law.RULES if rule.id == form.rules[0])
    return held if held and held[0].id == first.id else [first, *held]


def _named(rule: Rule, *, binding: bool) -> dict[str, str | bool]:
    named: dict[str, str | bool] = {
        "rule": rule.id,
        "regulation": rule.regulation.code,
        "regulation_title_zh": rule.regulation.title_zh,
        "regulation_title": rule.regulation.title,
        "article": rule.article,
    }
    # No text asked for it yet: the form is borrowed, and nobody says that the law wanted it.
    return named if binding else named | {"by_analogy": True}
