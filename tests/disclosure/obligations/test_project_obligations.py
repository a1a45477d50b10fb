"""What projects and payments to partners set off: by which text, on which days, and what lies ready."""

from typing import Any

import pytest

from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.obligations import states
from app.disclosure.obligations.states import Readings
from app.disclosure.rules import workdays
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import funds
from app.ledger.movements.transfers import Nature
from app.projects.models import ProjectState, Transfer, TransferState, TransferStep
from tests.disclosure.obligations.project_scenes import closed, leftover, project, report
from tests.disclosure.obligations.scenes import association, day, days, made
from tests.factories import organizations as members

Due = tuple[str, str, int, str, str]


def progress(regulation: str, *due: str) -> set[Due]:
    return {
        ("OB-B8-progress", regulation, number, on, "A" if number == 1 else "B")
        for number, on in enumerate(due, 1)
    }


# Charity Law of 2016, article 73; of 2023, article 79; 81号令 9 and 10 with Charity Law 58.
CASES: list[tuple[dict[str, str], str, str, set[Due]]] = [
    (
        {"approved": "2020-01-02", "begun": "2020-01-15", "planned": "2020-12-31", "ended": "2020-11-30"},
        "2020-01-01",
        "2021-06-30",
        progress("CL-2016", "2020-04-15", "2020-07-15", "2020-10-15")
        | {("OB-B8-final", "CL-2016", 1, "2021-02-28", "A")},
    ),
    # Exactly six months are not more than six months.
    (
        {"begun": "2020-03-01", "planned": "2020-09-01", "ended": "2020-08-31"},
        "2020-01-01",
        "2021-06-30",
        {("OB-B8-final", "CL-2016", 1, "2020-11-30", "A")},
    ),
    # Month ends do not wear down, and what recurs is written down forty days ahead.
    (
        {"approved": "2026-01-05", "begun": "2026-01-31", "planned": "2026-12-31"},
        "2026-01-01",
        "2026-12-20",
        progress("XX-81", "2026-04-30", "2026-07-31", "2026-10-31")
        | {("OB-B7", "XX-81", 1, "2026-01-05", "B")},
    ),
    # The day on which a text changes: what falls due after it is judged by the new one.
    (
        {"begun": "2024-09-04", "planned": "2025-06-30", "ended": "2024-12-05"},
        "2024-01-01",
        "2025-06-30",
        progress("CL-2023", "2024-12-04") | {("OB-B8-final", "CL-2023", 1, "2025-03-05", "A")},
    ),
    # Approved and not begun: its name and content, and nothing else.
    (
        {"approved": "2026-05-06", "planned": "2027-05-06"},
        "2026-01-01",
        "2026-12-20",
        {("OB-B7", "XX-81", 1, "2026-05-06", "B")},
    ),
    ({"approved": "2025-12-31", "planned": "2026-12-31"}, "2025-01-01", "2026-12-20", set()),
]


def days_of(told: dict[str, str]) -> dict[str, Any]:
    return {name: day(value) for name, value in told.items()}


@pytest.mark.parametrize(("told", "books_from", "on", "expected"), CASES)
async def test_a_project_owes_what_the_text_of_its_days_asks(
    session: WriteSession, told: dict[str, str], books_from: str, on: str, expected: set[Due]
) -> None:
    member = await association(session, books_from=books_from)
    values = days_of(told)
    row = await project(session, member, values.pop("begun", None), values.pop("planned"), **values)

    assert days(await made(session, member, on), row.id) == expected


async def test_who_may_not_ask_the_public_owes_no_progress(session: WriteSession) -> None:
    member = await association(session, certified=None)
    row = await project(session, member, day("2026-01-31"), day("2026-12-31"), approved=day("2026-01-05"))
    found = days(await made(session, member, "2026-12-20"), row.id)
    assert {one[0] for one in found} == {"OB-B7"}


async def test_a_draft_and_what_was_given_up_before_it_began_owe_nothing(session: WriteSession) -> None:
    member = await association(session)
    for state in (ProjectState.draft, ProjectState.proposed, ProjectState.stopped):
        row = await project(session, member, None, day("2026-12-31"), state=state)
        assert days(await made(session, member, "2026-12-20"), row.id) == set()


async def owed_by(session: WriteSession, member: Any, on: str, rule_id: str) -> list[Obligation]:
    return [one for one in await made(session, member, on) if one.rule_id == rule_id]


async def test_a_published_report_lies_ready_and_is_not_yet_filed(session: WriteSession) -> None:
    member = await association(session)
    row = await project(session, member, day("2026-01-31"), day("2026-12-31"))
    await report(session, row, 1, day("2026-04-15"), day("2026-04-20"))
    await report(session, row, 2, day("2026-07-31"), day("2026-08-10"))
    await report(session, row, 3, day("2026-10-31"), None)

    found = await owed_by(session, member, "2026-12-31", "OB-B8-progress")

    # What came late tells of the quarter before as well as of its own; the last one waits in a drawer.
    assert [(one.number, one.ready_on, one.ready_as) for one in found] == [
        (1, day("2026-04-20"), "进展报告第1期"),
        (2, day("2026-08-10"), "进展报告第2期"),
        (3, day("2026-08-10"), "进展报告第2期"),
        (4, None, None),
    ]
    first, second = found[0], found[1]
    assert states.of(first, day("2026-04-25"), Readings()).value == "prepared"
    assert states.of(first, day("2026-05-06"), Readings()).value == "late"
    assert states.of(second, day("2026-08-10"), Readings()).value == "late"
    assert states.fulfilled_on(first) is None


async def test_the_account_of_an_ended_project_lies_ready_when_it_is_judged_or_told(
    session: WriteSession,
) -> None:
    member = await association(session)
    judged, told, bare = [
        await project(session, member, day("2026-01-31"), day("2026-12-31"), ended=day("2026-08-31"))
        for _ in range(3)
    ]
    await closed(session, judged, day("2026-09-20"))
    await report(session, told, 1, day("2026-06-30"), day("2026-07-02"))
    await report(session, told, 2, day("2026-08-31"), day("2026-09-10"))

    found = {one.subject_id: one for one in await owed_by(session, member, "2026-10-01", "OB-B8-final")}

    assert {one.due_on for one in found.values()} == {day("2026-11-30")}
    assert (found[judged.id].ready_on, found[judged.id].ready_as) == (day("2026-09-20"), "结项评价")
    assert found[told.id].ready_on == day("2026-09-10")
    assert found[bare.id].ready_on is None


async def test_what_took_longer_than_planned_and_what_began_elsewhere_is_not_sure(
    session: WriteSession,
) -> None:
    member = await association(session)
    longer = await project(session, member, day("2026-01-05"), day("2026-05-31"))
    before = await project(session, member, day("2025-11-03"), day("2026-12-31"), ended=day("2026-09-30"))
    first = await made(session, member, "2026-07-01")
    assert not [one for one in first if one.subject_id == longer.id]

    rows = await made(session, member, "2026-08-01")

    late = [one for one in rows if one.subject_id == longer.id]
    assert [(one.due_on, one.complete) for one in late] == [
        (day("2026-04-05"), False),
        (day("2026-07-05"), False),
    ]
    elsewhere = [one for one in rows if one.subject_id == before.id]
    assert elsewhere
    assert {one.complete for one in elsewhere} == {False}


async def test_what_is_left_over_is_told_within_three_months(session: WriteSession) -> None:
    member = await association(session, books_from="2025-01-01")
    ended = [day("2026-08-31"), day("2026-08-31"), day("2025-12-31"), day("2026-08-31")]
    decided, proposed, old, nothing = [
        await project(session, member, day("2025-03-01"), one, ended=one) for one in ended
    ]
    await leftover(session, decided, 10_000_00, day("2026-09-15"))
    await leftover(session, proposed, 10_000_00, None)
    await leftover(session, old, 10_000_00, day("2026-01-10"))

    found = {one.subject_id: one for one in await owed_by(session, member, "2026-12-20", "OB-B10")}

    # What ended before 2026 was judged by a text without this rule.
    assert found.keys() == {decided.id, proposed.id}
    assert nothing.id not in found
    assert {(one.regulation, one.due_on, one.mark.value) for one in found.values()} == {
        ("XX-81", day("2026-11-30"), "A")
    }
    assert (found[decided.id].ready_on, found[proposed.id].ready_on) == (day("2026-09-15"), None)


async def test_a_project_that_goes_on_again_has_not_ended(session: WriteSession) -> None:
    member = await association(session)
    row = await project(session, member, day("2026-01-31"), day("2026-12-31"), ended=day("2026-08-31"))
    [final] = await owed_by(session, member, "2026-09-01", "OB-B8-final")
    row.state, row.executed_to = ProjectState.running, None
    await session.flush()

    [lapsed] = await owed_by(session, member, "2026-09-02", "OB-B8-final")

    assert (lapsed.id, lapsed.lapsed_on) == (final.id, day("2026-09-02"))


async def test_an_advance_is_accounted_for_within_fifteen_worked_days(session: WriteSession) -> None:
    member = await association(session)
    below = await members.organization(session, parent=member)
    general = await funds.general(session, member.id)

    async def sent(nature: Nature, state: TransferState) -> Transfer:
        row = Transfer(
            sender_id=member.id,
            receiver_id=below.id,
            code=f"T{new_code(10)}",
            nature=nature,
            amount=1_00,
            purpose="项目款",
            requested_by="test",
            fund_id=general.id,
            state=state,
            sent_on=day("2026-09-28"),
            received_on=None if state is TransferState.sent else day("2026-09-28"),
        )
        session.add(row)
        await session.flush()
        return row

    waiting = await sent(Nature.advance, TransferState.sent)
    settled = await sent(Nature.advance, TransferState.settled)
    await sent(Nature.grant, TransferState.received)
    session.add(
        TransferStep(transfer_id=settled.id, number=1, to_state=TransferState.accounted, actor="test")
    )
    await session.flush()

    found = {one.subject_id: one for one in await owed_by(session, member, "2026-11-27", "OB-E7")}

    assert found.keys() == {waiting.id, settled.id}
    assert {one.subject_kind for one in found.values()} == {SubjectKind.transfer}
    # Over the National Day's week of 2026, which nobody works.
    assert found[waiting.id].due_on == workdays.after(day("2026-09-28"), 15) > day("2026-10-20")
    assert found[waiting.id].done_on is None
    assert found[settled.id].done_on == today()
