"""Compilations: a form filled from the books, its items in their order, filled or said to be missing."""

from collections.abc import Sequence
from datetime import date

from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Content, Section
from app.disclosure.publications.forms import FORMS, Form, Span
from app.disclosure.publications.subjects import ThingKind
from app.disclosure.rules import law
from app.disclosure.rules.law import Content as Item
from app.disclosure.rules.law import Rule
from app.kit.database import ReadSession


async def compiled(session: ReadSession, asked: Asked) -> Content:
    """Return what a publication says, from the books: the form's items in their order, filled or missing."""
    form = FORMS[asked.kind]
    rules = [_version(rule_id, _judged_on(form, asked)) for rule_id in form.rules]
    sections: list[Section] = []
    if form.head is not None:
        title_zh, title, write = form.head
        sections.append(Section("subject", title_zh, title, await write(session, asked)))
    items: dict[str, Item] = {}
    for item in (item for rule in rules for item in rule.content):
        # What two rules ask for is said once, in the place and in the words of the first.
        items.setdefault(item.code, item)
    for item in items.values():
        source = form.items.get(item.code)
        fields = await source(session, asked) if source else ()
        sections.append(Section(item.code, item.title_zh, item.title, fields))
    for code, title_zh, title, write in form.more:
        sections.append(Section(code, title_zh, title, await write(session, asked)))
    return Content(_named(rules[0]), sections)


def _judged_on(form: Form, asked: Asked) -> date:
    if form.span is Span.year:
        return date(asked.first.year + 1, 1, 1)
    # A clock is set off by the end of what is told of as a whole, and by the beginning of what still goes on;
    # what an organization is, it is by the law of the day.
    now = form.span is Span.whole or form.thing is ThingKind.organization
    return asked.last if now else asked.subject.starts_on


def _version(rule_id: str, day: date) -> Rule:
    known: Sequence[Rule] = [rule for rule in law.RULES if rule.id == rule_id]
    # Before the first text there was no form: then the earliest is the nearest.
    return next((rule for rule in known if rule.holds(day)), known[0])


def _named(rule: Rule) -> dict[str, str]:
    return {
        "rule": rule.id,
        "regulation": rule.regulation.code,
        "regulation_title_zh": rule.regulation.title_zh,
        "regulation_title": rule.regulation.title,
        "article": rule.article,
    }
