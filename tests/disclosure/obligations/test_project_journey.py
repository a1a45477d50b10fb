"""A project as staff carry it out, what it owes at each step, and what of it our data can tell."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.obligations.checklists import checklist
from app.disclosure.rules import workdays
from app.fundraising.models import FundraisingCertificate
from app.kit.attachments import stores
from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.projects.models import PayeeReport, PayeeReportState
from tests.disclosure.obligations.scenes import day, made
from tests.disclosure.projects.works import budgeted, line, published
from tests.factories import organizations as members
from tests.projects.till import DAY, Till, till


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Till:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    made = await till(app, client, session)
    session.add(
        FundraisingCertificate(
            organization_id=made.organization.id,
            number=f"53610000{new_code(8)}",
            authority="陕西省民政厅",
            issued_on=day("2018-01-15"),
            recorded_by="test",
        )
    )
    await session.flush()
    return made


async def owed(at: Till, subject_id: Any) -> dict[str, Obligation]:
    """What is owed about something today; of what recurs the first time."""
    rows = await made(at.session, at.organization, today())
    mine = [one for one in rows if str(one.subject_id) == str(subject_id) and one.lapsed_on is None]
    return {one.rule_id: one for one in reversed(mine)}


async def checked(at: Till, one: Obligation) -> dict[str, str]:
    return {item.content.code: item.state.value for item in await checklist.of(at.session, one)}


async def test_a_project_owes_more_at_each_step_and_its_reports_lie_ready(at: Till, app: FastAPI) -> None:
    fund = await at.fund(50_000_00)
    project = await budgeted(at, line(50_000_00, fund), planned_to="2026-12-31")
    progress = (await owed(at, project["id"]))["OB-B8-progress"]
    assert (progress.due_on, progress.ready_on) == (day("2026-06-10"), None)
    await published(at, app, project)
    officer = await members.sign_in(app, at.session, Role.disclosure_officer, at.organization)
    found = await owed(at, project["id"])
    assert found["OB-B7"].trigger_on == found["OB-B7"].ready_on == today()
    read = await at.client.get(f"/v1/disclosure/obligations/{progress.id}", headers=officer)
    told = read.json()
    assert (told["prepared_on"], told["preparation"]) == (today().isoformat(), "进展报告第1期")
    assert told["fulfilled_on"] is None
    assert {item["code"]: item["state"] for item in told["checklist"]} == dict.fromkeys(
        (
            *("project_name", "project_content", "project_time", "project_place", "project_beneficiaries"),
            *("project_income", "project_expenditure", "project_executor"),
        ),
        "filled",
    )

    await at.made(f"/{project['id']}/end", {"on": "2026-11-01"})
    left = (await owed(at, project["id"]))["OB-B10"]
    assert (left.due_on, left.ready_on) == (day("2027-02-01"), None)
    assert await checked(at, left) == {"remainder_amount": "empty", "remainder_project": "empty"}
    await at.made(f"/{project['id']}/leftover-decisions", {"use": "as_agreed", "ground": "募捐方案"})
    assert (await at.decide()).status_code == 200
    body = {"evaluation": "完成", "lessons": "无", "rating": 5}
    await at.made(f"/{project['id']}/closure", body, by=at.reviewer)

    found = await owed(at, project["id"])

    assert found["OB-B10"].ready_on == found["OB-B8-final"].ready_on == today()
    assert await checked(at, found["OB-B10"]) == {"remainder_amount": "filled", "remainder_project": "filled"}
    year = next(
        one
        for one in await made(at.session, at.organization, today())
        if (one.rule_id, one.number) == ("OB-B4", 2026)
    )
    assert (await checked(at, year))["project_implementation"] == "filled"


async def test_a_partner_shows_vouchers_within_fifteen_worked_days(at: Till) -> None:
    fund = await at.fund(50_000_00)
    project = await budgeted(at, line(50_000_00, fund), planned_to="2026-12-31")
    payee = await at.payee()
    await at.account(payee)
    agreement = await at.agreement(project, payee)
    asked = at.asked(project, fund, payee, 10_000_00, kind="partner", agreement_id=agreement["id"])
    paid = await at.paid(asked)

    one = (await owed(at, paid["id"]))["OB-E7"]
    assert (one.subject_kind, one.subject, one.trigger_on) == (SubjectKind.disbursement, paid["code"], DAY)
    assert (one.mark.value, one.done_on) == ("C", None)
    assert one.due_on == workdays.after(DAY, 15)
    # Whoever was paid to carry it out is named, or the checklist says that nobody is.
    progress = (await owed(at, project["id"]))["OB-B8-progress"]
    assert (await checked(at, progress))["project_executor"] == "empty"
    await at.made(f"/{project['id']}/partners", {"name": "示例社工中心", "task": "执行"})
    assert (await checked(at, progress))["project_executor"] == "filled"

    report = {"state": PayeeReportState.accepted, "decided_by": "other", "decided_at": now()}
    at.session.add(
        PayeeReport(
            disbursement_id=paid["id"],
            number=1,
            reached_minor=0,
            reported_on=DAY,
            content="凭证齐全",
            submitted_by="one",
            **report,
        )
    )
    await at.session.flush()
    assert (await owed(at, paid["id"]))["OB-E7"].done_on == DAY
