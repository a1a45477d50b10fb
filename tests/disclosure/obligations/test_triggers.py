"""Every rule has a source: what really happens on the dates of its text makes the obligation, on its day."""

from datetime import date, timedelta

import pytest

from app.disclosure.models import Obligation
from app.disclosure.obligations.checklists import checklist
from app.disclosure.rules import law
from app.disclosure.rules.law import Rule, Who
from app.kit.database import WriteSession
from app.organizations.models import LegalForm
from tests.disclosure.obligations.scenes import association, made
from tests.disclosure.obligations.trigger_scenes import SCENES
from tests.disclosure.rules.dates import TABLE

MADE = [row for row in TABLE if not law.BY_VERSION[row[0], row[1]].not_made]
FORMS = {Who.foundation: LegalForm.foundation}


async def happens(session: WriteSession, rule: Rule, day: date) -> list[Obligation]:
    """Let a rule's trigger happen on a day, and return what the organization owes half a year later."""
    member = await association(
        session,
        books_from=f"{day.year - 1}-01-01",
        certified=None if rule.who is Who.unqualified else "2016-09-01",
        legal_form=FORMS.get(rule.who, LegalForm.association),
    )
    await SCENES[rule.trigger](session, member, day)
    await session.flush()
    return await made(session, member, day + timedelta(days=200))


def test_every_trigger_has_a_scene_or_its_rule_says_why_not() -> None:
    assert set(SCENES) == {rule.trigger for rule in law.RULES if not rule.not_made}
    assert not set(SCENES) & {rule.trigger for rule in law.RULES if rule.not_made}


@pytest.mark.parametrize(("rule_id", "version", "trigger", "due", "rolled"), MADE)
async def test_what_happens_on_an_articles_date_is_owed_on_its_day(
    session: WriteSession, rule_id: str, version: str, trigger: str, due: str, rolled: str
) -> None:
    rule, day = law.BY_VERSION[rule_id, version], date.fromisoformat(trigger)

    rows = await happens(session, rule, day)

    mine = [one for one in rows if (one.rule_id, one.trigger_on) == (rule_id, day) and one.lapsed_on is None]
    first = min(mine, key=lambda one: one.number)
    assert (first.regulation, str(first.due_on), str(first.rolled_on)) == (version, due, rolled)
    assert first.mark is rule.mark
    # One thing happened, and of what reaches no threshold nothing is owed.
    assert len({one.subject_id for one in mine}) == 1
    await each_item_has_its_place(session, rule, first)


async def each_item_has_its_place(session: WriteSession, rule: Rule, one: Obligation) -> None:
    """Of everything that must be told the checklist knows where it stands, or that we keep no place."""
    told = {item.content.code: item.state.value for item in await checklist.of(session, one)}
    assert list(told) == [item.code for item in rule.content]
    for code, state in told.items():
        about = (one.subject_kind, code)
        places = [
            code in checklist.FROM_THE_BOOKS,
            about in checklist.LOOKS,
            about in checklist.NOT_KEPT,
            about in checklist.IN_PART,
        ]
        assert places.count(True) == 1, about
        assert (state == "not_kept") is places[2], about
        assert (state == "partly") is places[3], about


def test_what_asks_for_nothing_in_particular_has_no_checklist() -> None:
    bare = {rule.id for rule in law.RULES if not rule.content and not rule.not_made}
    # Reports whose form the authority keeps, and what is no publication at all.
    assert bare == {"OB-B4a-supervisor", "OB-B4a-authority", "OB-B4a-foundation", "OB-E7"}
