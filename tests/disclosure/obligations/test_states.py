"""Where an obligation stands on a day, computed here and in the database alike."""

import itertools
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.obligations import states
from app.disclosure.obligations.states import ObligationState, Readings
from app.disclosure.rules.law import Mark
from app.kit.database import WriteSession
from app.kit.ids import new_id
from tests.disclosure.obligations.scenes import association, day

DUE, ROLLED = day("2027-02-28"), day("2027-03-01")


def obligation(**over: object) -> Obligation:
    values = {
        "rule_id": "OB-B4b",
        "regulation": "KJ-2024-25",
        "mark": Mark.b,
        "subject_kind": SubjectKind.year,
        "subject_id": new_id(),
        "subject": "2026",
        "number": 2026,
        "trigger_on": day("2026-11-30"),
        "due_on": DUE,
        "rolled_on": ROLLED,
        "complete": True,
    } | over
    return Obligation(organization_id=values.pop("organization_id", new_id()), **values)


@pytest.mark.parametrize(
    ("over", "on", "expected"),
    [
        ({}, "2027-01-28", "upcoming"),
        ({}, "2027-01-29", "due"),
        ({}, "2027-02-28", "due"),
        # The last day is a Sunday: by the Civil Code it ends with Monday.
        ({}, "2027-03-01", "due"),
        ({}, "2027-03-02", "late"),
        ({"prepared_on": DUE, "preparation": "稿"}, "2027-03-01", "prepared"),
        ({"prepared_on": DUE, "preparation": "稿"}, "2027-03-02", "late"),
        ({"filed_on": DUE}, "2027-06-01", "fulfilled"),
        ({"done_on": DUE}, "2027-06-01", "fulfilled"),
        ({"own_day_on": day("2027-06-30")}, "2027-06-30", "due"),
        ({"own_day_on": day("2027-06-30")}, "2027-07-01", "late"),
        ({"waived_reason": "本会不适用"}, "2027-06-01", "not_applicable"),
        ({"lapsed_on": DUE, "filed_on": DUE}, "2027-06-01", "not_applicable"),
        ({"due_on": None, "rolled_on": None}, "2027-06-01", "threshold_not_set"),
    ],
)
def test_states(over: dict[str, object], on: str, expected: str) -> None:
    assert states.of(obligation(**over), day(on), Readings()).value == expected


def test_both_readings_can_be_chosen() -> None:
    one, monday = obligation(), day("2027-03-01")
    assert states.of(one, monday, Readings(lateness_rolls=False)) is ObligationState.late
    assert states.reminded_on(one, Readings()) == DUE
    assert states.reminded_on(one, Readings(reminders_roll=True)) == ROLLED


def test_done_twice_the_first_day_counts() -> None:
    one = obligation(filed_on=day("2027-01-05"), done_on=day("2027-01-03"))
    assert states.fulfilled_on(one) == day("2027-01-03")


async def test_the_database_computes_the_same(session: WriteSession) -> None:
    member = await association(session)
    choices = itertools.product(
        (None, DUE),
        ({}, {"due_on": None, "rolled_on": None}),
        ({}, {"own_day_on": day("2027-05-31")}, {"waived_reason": "本会不适用"}),
        ({}, {"prepared_on": DUE, "preparation": "稿"}, {"filed_on": DUE}, {"done_on": DUE}),
    )
    rows = [
        obligation(organization_id=member.id, lapsed_on=lapsed, **one, **own, **did)
        for lapsed, one, own, did in choices
    ]
    session.add_all(rows)
    await session.flush()
    compared = 0
    for read, shift in itertools.product(
        (Readings(), Readings(reminders_roll=True, lateness_rolls=False)), (-31, -30, -29, 0, 1, 2, 62, 93)
    ):
        on: date = DUE + timedelta(days=shift)
        for state in ObligationState:
            query = select(Obligation.id).where(
                Obligation.organization_id == member.id, states.within(state, on, read)
            )
            found = set(await session.scalars(query))
            assert found == {row.id for row in rows if states.of(row, on, read) is state}, (state, on)
            compared += len(found)
    assert compared == len(rows) * 16
