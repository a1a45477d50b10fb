"""What else is published: pay by post, standards, units, and basic information as one document."""

import asyncio
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.governance import compiled
from app.disclosure.governance.years import pay
from app.disclosure.models import StaffTotal
from app.fundraising.legal import registers
from app.fundraising.legal.registers import NewFund
from app.fundraising.models import NamedFundKind
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.governance.test_terms import CHARTER
from tests.disclosure.obligations.scenes import association, made
from tests.disclosure.publications.press import BASE as PUBLICATIONS
from tests.disclosure.publications.press import value

STANDARD: dict[str, Any] = {
    "kind": "reception",
    "title": "公务接待管理办法",
    "adopted_by": "理事会",
    "adopted_on": "2026-03-20",
    "effective_from": "2026-04-01",
    "lines": [{"item": "工作餐", "per": "人次", "amount": {"amount": 8_000, "currency": "CNY"}}],
}


def lines(*amounts: int) -> list[dict[str, Any]]:
    return [{"post": "秘书长", "amount": {"amount": amount, "currency": "CNY"}} for amount in amounts]


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def public(here: Board, path: str, **asked: Any) -> Any:
    answer = await here.client.get(f"{BASE}/organizations/{here.at}/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_five_highest_pays_are_told_by_post(here: Board) -> None:
    first = await here.made("/pay-lists", year=2025, lines=lines(500, 400))
    second = await here.made("/pay-lists", year=2025, lines=lines(500, 450, 300, 200, 100))
    turned = await here.post("/pay-lists", year=2025, lines=lines(400, 500))
    six = await here.post("/pay-lists", year=2025, lines=lines(6, 5, 4, 3, 2, 1))
    running = await here.post("/pay-lists", year=today().year, lines=lines(1))
    # The certificate was issued in January 2018.
    unqualified = await here.post("/pay-lists", year=2017, lines=lines(1))

    assert (first["version"], second["version"]) == (1, 2)
    assert refused(turned) == (422, "pay-unordered")
    assert six.status_code == 422
    assert refused(running) == (422, "happened-ahead")
    assert refused(unqualified) == (409, "public-qualification-missing")
    assert unqualified.json()["mark"] == "B"
    shown = (await public(here, "pay-lists"))["items"]
    assert [(one["version"], len(one["lines"])) for one in shown] == [(1, 2), (2, 5)]
    assert set(shown[0]["lines"][0]) == {"post", "amount"}


async def test_of_two_versions_at_once_each_has_its_number(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session)

    async def total() -> int:
        async with committed.writing() as session:
            said = StaffTotal(
                organization_id=member.id,
                year=2025,
                version=0,
                headcount=3,
                full_time_count=2,
                pay_minor=100,
                benefits_minor=10,
                recorded_by="test",
            )
            return (await pay.total(session, said)).version

    assert sorted(await asyncio.gather(*(total() for _ in range(4)))) == [1, 2, 3, 4]


async def test_totals_of_staff_feed_the_annual_report_and_name_nobody(
    here: Board, session: WriteSession
) -> None:
    rows = await made(session, here.member, "2026-04-01")
    [annual] = [row for row in rows if (row.rule_id, row.number) == ("OB-B4", 2025)]

    async def staff_pay() -> dict[str, str]:
        path = f"/v1/disclosure/obligations/{annual.id}"
        answer = (await here.client.get(path, headers=here.headers)).json()
        return {item["code"]: item["state"] for item in answer["checklist"]}

    before = await staff_pay()
    money = {"currency": "CNY"}
    body = {"pay": {"amount": 100, **money}, "benefits": {"amount": 10, **money}}
    await here.made("/staff-totals", year=2025, headcount=3, full_time_count=2, **body)
    after = await staff_pay()

    assert (before["staff_pay"], after["staff_pay"]) == ("empty", "filled")
    [listed] = (await here.get("/staff-totals")).json()["items"]
    assert (listed["headcount"], listed["pay"]["amount"]) == (3, 100)


async def test_standards_have_versions_and_units_an_end(here: Board, session: WriteSession) -> None:
    await here.made("/standards", **STANDARD)
    later = {"effective_from": "2026-06-01", "title": "公务接待管理办法（修订）"}
    await here.made("/standards", **(STANDARD | later))
    again = await here.post("/standards", **STANDARD)
    unit = {"kind": "branch", "name": "助学工作委员会", "founded_on": "2026-05-01", "scope": "助学"}
    opened = await here.made("/units", **unit)
    twice = await here.post("/units", **unit)
    path = f"{BASE}/units/{opened['id']}/closing"
    early = await here.client.post(path, json={"closed_on": "2026-04-30"}, headers=here.headers)
    closed = await here.client.post(path, json={"closed_on": "2026-06-30"}, headers=here.headers)

    assert refused(again) == (409, "standard-known")
    assert (refused(twice), refused(early)) == ((409, "unit-known"), (409, "unit-known"))
    assert closed.json()["closed_on"] == "2026-06-30"
    shown = (await public(here, "standards"))["items"]
    assert [one["title"] for one in shown] == [STANDARD["title"], later["title"]]
    assert shown[0]["lines"] == STANDARD["lines"]
    assert [one["name"] for one in (await public(here, "units"))["items"]] == ["助学工作委员会"]
    # Whether it still is, is published of each unit, of one that went too.
    wish = {"organization_id": here.at, "kind": "basic_information"}
    draft = await here.client.post(f"{PUBLICATIONS}/drafts", json=wish, headers=here.headers)
    [told] = [one for one in draft.json()["sections"] if one["code"] == "units"]
    assert [row[3] for row in told["fields"][0]["rows"]] == ["已于2026-06-30终止"]
    # That a unit came and went is basic information that changed.
    rows = [row for row in await made(session, here.member, "2026-07-02") if row.rule_id == "OB-B2-change"]
    assert sorted((str(row.trigger_on), str(row.due_on), row.subject) for row in rows) == [
        ("2026-05-01", "2026-05-31", "内部机构、分支机构"),
        ("2026-07-01", "2026-07-31", "内部机构、分支机构"),
    ]


async def test_the_work_report_tells_the_highest_pay_and_what_may_be_spent(here: Board) -> None:
    await here.made("/pay-lists", year=2025, lines=lines(500, 400))
    held = {"adopted_on": "2025-03-20", "effective_from": "2025-04-01"}
    await here.made("/standards", **(STANDARD | held))
    travel = {"kind": "travel", "title": "差旅费管理办法", "lines": [STANDARD["lines"][0] | {"item": "住宿"}]}
    await here.made("/standards", **(STANDARD | held | travel))
    # One that holds from the year after is no part of it.
    await here.made("/standards", **STANDARD)
    asked = {"organization_id": here.at, "kind": "annual_work_report", "year": 2025}
    draft = await here.client.post(f"{PUBLICATIONS}/drafts", json=asked, headers=here.headers)
    assert draft.status_code == 201, draft.text

    assert value(draft.json(), "highest_paid", "pay") == [[1, "秘书长", "500"], [2, "秘书长", "400"]]
    assert value(draft.json(), "standards", "amounts") == [
        ["招待", "工作餐", "人次", "8000"],
        ["差旅", "住宿", "人次", "8000"],
    ]


async def test_basic_information_is_read_as_of_a_day(here: Board, session: WriteSession) -> None:
    await here.made("/charters", **CHARTER)
    await here.made("/standards", **STANDARD)
    term = await here.term("2021-03-20", "2026-03-19")
    one = await here.officer("演示理事一", phone="029-00000000")
    await here.appoint(one, "director", "2021-03-20", term_id=term)
    await here.made("/units", kind="department", name="办公室", founded_on="2020-01-01", scope="综合")
    fund = NewFund(
        organization_id=here.member.id,
        code="ZX-01",
        title="某助学基金",
        kind=NamedFundKind.named,
        purpose="助学",
        founded_on=date(2025, 1, 1),
    )
    await registers.found(session, fund, by="test")

    then = await public(here, "basic-information", on="2024-12-31")
    now = await public(here, "basic-information")

    assert then["charter"]["number"] == 1
    assert [one["name"] for one in then["roster"]] == ["演示理事一"]
    assert [one["name"] for one in then["units"]] == ["办公室"]
    assert (then["funds"], then["standards"]) == ([], [])
    assert [one["code"] for one in now["funds"]] == ["ZX-01"]
    assert [one["title"] for one in now["standards"]] == ["公务接待管理办法"]
    assert [(one["number"], one["overdue"]) for one in now["terms"]] == [(4, today() > date(2026, 3, 19))]
    assert "029-" not in str(now)
    early = await compiled.basic_information(session, here.member, date(2020, 5, 31))
    assert (early.charter, early.roster, early.terms) == (None, [], [])
