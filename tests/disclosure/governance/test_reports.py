"""Audits of a year's accounts and cooperation abroad: recorded in versions, read in the annual reports."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.disclosure.obligations.checklists import checklist
from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.obligations.scenes import made, the
from tests.disclosure.publications.press import Press, value
from tests.factories import organizations as members

AUDIT: dict[str, Any] = {
    "year": 2025,
    "firm": "某会计师事务所",
    "report_no": "审字〔2026〕第0123号",
    "opinion": "qualified",
    "signed_on": "2026-03-28",
}
TRAINING: dict[str, Any] = {
    "partner": "某国际发展基金会",
    "place": "新加坡",
    "matter": "乡村卫生人员培训",
    "amount": {"amount": 500_000_00, "currency": "CNY"},
}
VISIT: dict[str, Any] = {"place": "日本", "matter": "防灾经验交流"}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


@pytest.fixture
async def desk(app: FastAPI, session: WriteSession, here: Board) -> Press:
    return Press(
        client=here.client,
        organization=here.member,
        campaign_id="",
        officer=here.headers,
        colleague=here.headers,
        reviewer=await members.sign_in(app, session, Role.reviewer, here.member),
    )


async def report(desk: Press, kind: str = "annual_work_report") -> dict[str, Any]:
    return await desk.draft(kind=kind, subject_id=None, period_to=None, year=2025)


async def uploaded(here: Board) -> dict[str, Any]:
    form = {"organization_id": here.at, "kind": "report", "access": "internal"}
    files = {"file": ("审计报告.pdf", b"%PDF-1.7\nof an audit", "application/pdf")}
    answer = await here.client.post("/v1/attachments", data=form, files=files, headers=here.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_audit_is_recorded_in_versions_and_read_in_both_reports(
    here: Board, desk: Press, app: FastAPI, tmp_path: Path
) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}")
    before = await report(desk)
    await desk.post(f"/drafts/{before['id']}/withdrawal", {"reason": "待审计"})
    paper = await uploaded(here)
    first = await here.made("/annual-audits", **AUDIT)
    second = await here.made("/annual-audits", **AUDIT | {"opinion": "unqualified"}, documents=[paper["id"]])
    listed = (await here.get("/annual-audits")).json()["items"]
    after = [await report(desk, kind) for kind in ("annual_work_report", "annual_financial_report")]

    assert {"section": "audit_report", "field": None} in before["missing"]
    assert [(one["version"], one["opinion"]) for one in listed] == [(1, "qualified"), (2, "unqualified")]
    assert [one["id"] for one in listed] == [first["id"], second["id"]]
    for one in after:
        assert value(one, "audit_report", "firm") == "某会计师事务所"
        assert value(one, "audit_report", "report_no") == AUDIT["report_no"]
        assert value(one, "audit_report", "opinion") == "无保留意见"
        assert value(one, "audit_report", "signed_on") == "2026-03-28"
        # The report itself is told from any other by its hash.
        assert value(one, "audit_report", "documents") == [[paper["sha256"]]]


async def test_no_audit_is_of_a_year_that_runs_or_signed_before_its_end(here: Board) -> None:
    running = await here.post("/annual-audits", **AUDIT | {"year": today().year})
    early = await here.post("/annual-audits", **AUDIT | {"signed_on": "2025-12-30"})
    ahead = await here.post("/annual-audits", **AUDIT | {"signed_on": "2999-01-01"})
    abroad = await here.post("/foreign-cooperations", year=today().year, lines=[])

    for answer in (running, early, ahead, abroad):
        assert refused(answer) == (422, "happened-ahead")


@pytest.mark.parametrize("table", ["annual_audits", "foreign_cooperations"])
async def test_what_was_recorded_of_a_year_is_never_changed(
    here: Board, session: WriteSession, table: str
) -> None:
    await here.made("/annual-audits", **AUDIT)
    await here.made("/foreign-cooperations", year=2025, lines=[])
    with pytest.raises(DBAPIError, match="permission denied"):
        await session.execute(text(f"update {table} set version = 9"))


async def test_that_there_was_no_cooperation_abroad_is_said_and_not_concluded(
    here: Board, desk: Press
) -> None:
    unsaid = await report(desk)
    await desk.post(f"/drafts/{unsaid['id']}/withdrawal", {"reason": "待补充"})
    await here.made("/foreign-cooperations", year=2025, lines=[])
    none = await report(desk)
    await desk.post(f"/drafts/{none['id']}/withdrawal", {"reason": "待补充"})
    made = await here.made("/foreign-cooperations", year=2025, lines=[TRAINING, VISIT])
    listed = (await here.get("/foreign-cooperations")).json()["items"]
    told = await report(desk)

    assert {"section": "foreign_cooperation", "field": None} in unsaid["missing"]
    assert value(none, "foreign_cooperation", "count") == 0
    assert value(none, "foreign_cooperation", "cooperations") == []
    assert made["lines"] == [TRAINING, {"partner": None, "amount": None} | VISIT]
    assert [one["version"] for one in listed] == [1, 2]
    assert value(told, "foreign_cooperation", "cooperations") == [
        ["某国际发展基金会", "新加坡", "乡村卫生人员培训", "50000000"],
        ["境外个人", "日本", "防灾经验交流", None],
    ]


async def test_a_report_explains_why_costs_were_above_their_cap(here: Board, desk: Press) -> None:
    unsaid = await report(desk)
    await desk.post(f"/drafts/{unsaid['id']}/withdrawal", {"reason": "待补充"})
    line = {"exception_id": "provisions", "explanation": "诉讼赔偿计提预计负债"}
    said = {"year": 2025, "authority": "省民政厅", "reported_on": "2026-02-10", "lines": [line]}
    await here.made("/exception-reports", **said)
    told = await report(desk)

    [section] = [one for one in unsaid["sections"] if one["code"] == "spending_ratios"]
    assert "administration_exceptions" not in {one["code"] for one in section["fields"]}
    [[ground, explanation]] = value(told, "spending_ratios", "administration_exceptions")
    assert "突发性增长" in ground
    assert explanation == "诉讼赔偿计提预计负债"


async def test_the_checklist_says_what_of_a_report_is_there(here: Board, session: WriteSession) -> None:
    await made(session, here.member, "2026-04-30")
    owed = await the(session, here.member, "OB-B4", number=2025)

    async def states() -> dict[str, str]:
        return {one.content.code: one.state.value for one in await checklist.of(session, owed)}

    before = await states()
    await here.made("/annual-audits", **AUDIT)
    await here.made("/foreign-cooperations", year=2025, lines=[])
    after = await states()

    told = ("foreign_cooperation", "audit_report")
    assert [before[code] for code in told] == ["empty", "empty"]
    assert [after[code] for code in told] == ["filled", "filled"]
    assert after["spending_ratios"] == "filled"
    assert "not_kept" not in after.values()


async def test_whoever_does_not_govern_records_nothing(
    here: Board, app: FastAPI, session: WriteSession
) -> None:
    other = await members.sign_in(app, session, Role.accountant, here.member)
    body = {"organization_id": here.at, **AUDIT}
    answer = await here.client.post(f"{BASE}/annual-audits", json=body, headers=other)
    assert answer.status_code == 403
