"""Corrections of any kind: what differs from today's books, old and new, why, and the history of it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.governance.years import pay
from app.disclosure.models import OrganizationUnit, Publication, PublicationKind, StaffTotal, UnitKind
from app.kit.database import WriteSession
from app.projects.models import Project
from app.transparency.models import Submission
from tests.disclosure.publications import kinds
from tests.disclosure.publications.kinds import MADE, Case

K = PublicationKind
REASON = "补记，见更正说明"


async def one_more_gift(case: Case, session: WriteSession) -> None:
    assert case.scene is not None
    await case.scene.give(case.scene.gift(7_00))


async def other_words(case: Case, session: WriteSession) -> None:
    project = await session.get_one(Project, UUID(case.wish["subject_id"]))
    project.content = "修桥二期"
    await session.flush()


async def one_more_dealing(case: Case, session: WriteSession) -> None:
    await kinds.deal(session, case.here.organization, on=date(2025, 6, 6))


async def one_more_unit(case: Case, session: WriteSession) -> None:
    session.add(
        OrganizationUnit(
            organization_id=case.here.organization.id,
            kind=UnitKind.branch,
            name="安康办事处",
            founded_on=date(2026, 3, 3),
            scope="项目",
            recorded_by="test",
        )
    )
    await session.flush()


async def staff_counted(case: Case, session: WriteSession) -> None:
    said = StaffTotal(
        organization_id=case.here.organization.id,
        year=2025,
        version=0,
        headcount=3,
        full_time_count=2,
        pay_minor=100_00,
        benefits_minor=10_00,
        recorded_by="test",
    )
    await pay.total(session, said)


Change = Callable[[Case, WriteSession], Awaitable[None]]
CHANGES: Mapping[PublicationKind, tuple[Change, Mapping[tuple[str, str], tuple[object, object]]]] = {
    K.campaign_final: (
        one_more_gift,
        {("raised", "received"): ("2035000", "2035700"), ("unspent_plan", "left"): ("1530000", "1530700")},
    ),
    K.emergency_receipts: (one_more_gift, {("raised", "gift_count"): (3, 4)}),
    K.project_progress: (other_words, {("project_content", "content"): ("修桥", "修桥二期")}),
    K.project_final: (other_words, {("project_content", "content"): ("修桥", "修桥二期")}),
    K.annual_work_report: (
        staff_counted,
        {("staff_pay", "headcount"): (None, 3), ("staff_pay", "benefits"): (None, "1000")},
    ),
    K.basic_information: (
        one_more_unit,
        {("units", "units"): (None, ["安康办事处", "分支机构", "2026-03-03", "存续", "项目", None])},
    ),
    K.related_parties: (
        one_more_dealing,
        {("related_parties", "events"): (None, ["2025-06-06", "交易", "被投资方", "20000000"])},
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
async def test_what_differs_is_told_corrected_with_its_reason_and_kept(
    app: FastAPI, client: AsyncClient, session: WriteSession, kind: PublicationKind
) -> None:
    case = await MADE[kind](app, client, session)
    here, (change, wanted) = case.here, CHANGES[kind]
    first = await here.publish(await here.draft(kind=kind.value, **case.wish))
    before = (await here.get(f"/{first['id']}/snapshot")).content
    same = (await here.get(f"/{first['id']}/difference", here.officer)).json()["changes"]
    await change(case, session)
    differs = (await here.get(f"/{first['id']}/difference", here.officer)).json()["changes"]
    second = await here.publish(await here.correct(first, REASON))
    history = (await here.get(f"/{second['id']}/history")).json()["publications"]
    row = await session.get_one(Publication, UUID(second["id"]))
    leaf = json.loads((await session.get_one(Submission, row.submission_id)).body)
    page = (await here.get(f"/{second['id']}/paper")).text

    assert same == []
    told = {(one["section"], one["field"]): (one["old"], one["new"]) for one in differs}
    assert told.items() >= wanted.items()
    # The correction names the old one by its hash, says old and new and why, and stands in the log.
    assert second["correction"]["changes"] == differs
    assert (second["correction"]["reason"], second["correction"]["sha256"]) == (REASON, first["sha256"])
    assert (leaf["corrects"], leaf["sha256"]) == (first["id"], second["sha256"])
    assert REASON in page
    assert [one["id"] for one in history] == [first["id"], second["id"]]
    assert [one["corrected_by_id"] for one in history] == [second["id"], None]
    # What was published stays as it was, and the corrected one agrees with today's books.
    assert (await here.get(f"/{first['id']}/snapshot")).content == before
    assert (await here.get(f"/{second['id']}/difference", here.officer)).json()["changes"] == []


async def test_a_correction_prepares_nothing_and_the_obligation_keeps_what_was_ready(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    case = await MADE[K.campaign_final](app, client, session)
    first = await case.here.publish(await case.here.draft(kind="campaign_final", **case.wish))
    before = await kinds.prepared(session, case.here.organization)
    await one_more_gift(case, session)
    await case.here.publish(await case.here.correct(first))

    assert await kinds.prepared(session, case.here.organization) == before
