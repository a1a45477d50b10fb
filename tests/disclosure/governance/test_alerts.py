"""A term's end is told of ahead, once at each step; and whether the audit before the re-election is there."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.disclosure.governance import alerts
from app.disclosure.models import CouncilBody, CouncilTerm
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations import addresses
from app.organizations.access import Role
from app.organizations.desk import letters, mailing
from app.organizations.models import Notification
from tests.disclosure.governance.board import Board, board
from tests.disclosure.obligations.scenes import association, day
from tests.factories import organizations as members

ADDRESS = "board@example.org"


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def told(session: WriteSession) -> list[tuple[str, str, int, int, bool]]:
    query = select(OutboxEvent).where(OutboxEvent.topic.in_((alerts.ENDING, alerts.OVER)))
    return [
        (
            one.topic,
            one.payload["body"],
            one.payload["number"],
            one.payload["days_left"],
            one.payload["audited"],
        )
        for one in await session.scalars(query.order_by(OutboxEvent.id))
    ]


async def test_people_are_told_once_at_each_step_and_when_it_ran_over(
    here: Board, session: WriteSession
) -> None:
    await here.term("2021-07-01", "2026-06-30")
    seen: list[list[int]] = []
    for on in (
        *("2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-05-31"),
        *("2026-06-22", "2026-06-23", "2026-06-30", "2026-07-01", "2026-08-01"),
    ):
        for _ in range(2):
            await alerts.send(session, day(on))
        seen.append([one[3] for one in await told(session)])
    assert seen == [
        [],
        [180],
        [180],
        [180, 90],
        [180, 90, 30],
        [180, 90, 30],
        [180, 90, 30, 7],
        [180, 90, 30, 7],
        [180, 90, 30, 7, -1],
        [180, 90, 30, 7, -1],
    ]
    assert {one[0] for one in await told(session)} == {alerts.ENDING, alerts.OVER}


async def test_missed_steps_are_not_caught_up_and_who_was_elected_is_left_alone(
    here: Board, session: WriteSession
) -> None:
    await here.term("2021-03-20", "2026-03-19")
    await here.term("2021-03-20", "2026-03-19", body="supervisory_board", number=2)
    elected = await here.elect(audit_id=await here.audit())
    assert elected.status_code == 201, elected.text
    await alerts.send(session, day("2026-03-15"))
    # The audit has elected a council; of the board it may elect the next one still.
    assert await told(session) == [(alerts.ENDING, "supervisory_board", 2, 4, True)]


async def test_one_audit_serves_both_bodies(here: Board) -> None:
    await here.term("2021-03-20", "2026-03-19")
    await here.term("2021-03-20", "2026-03-19", body="supervisory_board", number=2)
    audit = await here.audit()
    council = await here.elect(audit_id=audit)
    board_ = await here.elect(body="supervisory_board", audit_id=audit)
    assert (council.status_code, board_.status_code) == (201, 201)


async def test_an_audit_that_changed_the_representative_re_elects_nobody(here: Board) -> None:
    await here.term("2021-03-20", "2026-03-19")
    audit = await here.audit()
    changed = await here.elect("2026-03-01", audit_id=audit, kind="representative_change", term=None)
    again = await here.elect(audit_id=audit)
    assert changed.status_code == 201, changed.text
    assert (again.status_code, again.json()["code"]) == (409, "audit-served")


async def test_an_audit_of_before_the_term_elects_nobody(here: Board, session: WriteSession) -> None:
    await here.term("2021-03-20", "2026-03-19")
    old = await here.made(
        "/audits",
        auditor="某会计师事务所",
        report_no="审字〔2021〕第1号",
        period_from="2016-01-01",
        period_to="2021-03-19",
        reported_on="2021-04-01",
        finding="未发现重大问题",
    )
    answer = await here.elect(audit_id=old["id"])
    await alerts.send(session, day("2026-03-01"))

    assert (answer.status_code, answer.json()["code"]) == (409, "pre-election-audit-missing")
    assert [one[4] for one in await told(session)] == [False]


async def test_the_audit_is_a_task_until_it_is_there(here: Board) -> None:
    async def waiting() -> list[str]:
        items = (await here.client.get("/v1/me/tasks", headers=here.headers)).json()["items"]
        return [one["title"] for one in items if one["kind"] == "council_audit_missing"]

    await here.term("2022-03-20", str(today() + timedelta(days=179)))
    await here.term("2022-03-20", str(today() + timedelta(days=181)), body="supervisory_board")
    before = await waiting()
    await here.audit(str(today()))
    assert (before, await waiting()) == (["第4届理事会换届前须审计"], [])


async def test_who_looks_after_governance_gets_a_notice_and_a_letter(committed: Database) -> None:
    on = today()
    async with committed.writing() as session:
        member = await association(session)
        officer = await members.staff(session, member, Role.disclosure_officer)
        await members.staff(session, member, Role.accountant)
        await addresses.put(session, officer, ADDRESS)
        session.add(term(member.id, on + timedelta(days=60)))
    for _ in range(2):
        await alerts.make_due(committed, on)
        await mailing.tell_people(committed)

    async with committed.reading() as session:
        [notice] = await session.scalars(select(Notification).filter_by(topic=alerts.ENDING))
        letter = await letters.about(session, notice.id)
    assert notice.staff_id == officer.id
    assert letter is not None
    assert (letter.to, letter.subject) == (ADDRESS, "征信录：任期即将届满，换届前须完成财务审计")


def term(organization_id: Any, ends_on: date) -> CouncilTerm:
    return CouncilTerm(
        organization_id=organization_id,
        body=CouncilBody.council,
        number=4,
        starts_on=ends_on - timedelta(days=365 * 4),
        ends_on=ends_on,
        found=True,
        recorded_by="test",
    )
