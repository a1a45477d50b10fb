"""Happy Home villages: five items, a public book that never holds less than nothing, and the county's eye."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.ledger.models import Dimension, DimensionKind
from app.organizations import grants
from app.organizations.access import Role
from app.projects.models import VillageFund, VillageItem
from app.projects.villages import statements
from tests.factories import organizations as make
from tests.projects.helped import money
from tests.projects.office import Office, office
from tests.projects.till import Till, till

NOTES = {"note": "村委会二楼"}
RESOLUTION = {
    "amount": money(8000),
    "purpose": "关爱中心添置设备",
    "resolved_on": "2026-02-01",
    "resolution": "监管会第2次会议",
    "present_count": 7,
    "for_count": 4,
}


async def village(desk: Office, **over: Any) -> dict[str, Any]:
    body = {
        "organization_id": str(desk.organization.id),
        "code": f"HH{new_code(8)}",
        "region_code": "610924",
        "town": "汉王镇",
        "name": f"示例村{new_code(4)}",
        "pilot_phase": 1,
        "started_on": "2026-01-10",
    }
    return await desk.made("/villages", body | over)


async def tick(desk: Office, home: dict[str, Any], *items: str) -> dict[str, Any]:
    for item in items:
        body = NOTES | {"item": item, "done_on": "2026-01-20"}
        home = await desk.made(f"/villages/{home['id']}/items", body)
    return home


async def funded(desk: Office) -> dict[str, Any]:
    return await tick(desk, await village(desk), "fund")


async def book(desk: Office, home: dict[str, Any], kind: str, yuan: int, **over: Any) -> Any:
    body = {"kind": kind, "booked_on": "2026-02-10", "amount": money(yuan), "words": "乡贤捐赠"}
    return await desk.post(f"/villages/{home['id']}/book", body | over)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_from_a_pilot_to_its_statement(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    home = await village(desk)
    path = f"/villages/{home['id']}"
    assert (home["phase"], home["missing"], home["balance"]) == ("pilot", [*VillageItem], None)
    dimension = await session.get_one(Dimension, home["id"])
    assert (dimension.kind, dimension.organization_id) == (DimensionKind.counterparty, desk.organization.id)
    early = await desk.post(f"{path}/establishment", {"on": "2026-01-21"})
    assert code(early) == (409, "item-missing")
    assert early.json()["missing"] == sorted(VillageItem)
    home = await tick(desk, home, *VillageItem)
    assert (home["missing"], home["balance"]["amount"]) == ([], 0)
    twice = await desk.post(f"{path}/items", NOTES | {"item": "fund", "done_on": "2026-01-20"})
    assert code(twice) == (409, "item-done")
    home = await desk.made(f"{path}/establishment", {"on": "2026-01-21"})
    assert (home["phase"], home["established_on"]) == ("established", "2026-01-21")

    minutes = await desk.upload()
    asked = await desk.made(f"{path}/requests", RESOLUTION | {"attachment_ids": [minutes]})
    assert asked["attachment_ids"] == [minutes]
    request = f"{path}/requests/{asked['id']}"
    at = await till(app, client, session, desk.organization)
    source = await paying(at, home, 8000)
    unpaid = await at.post(f"{request}/disbursement", source)
    assert code(unpaid) == (409, "request-not-in-state")
    approved = await desk.made(f"{request}/approval", None, by=desk.reviewer)
    assert approved["state"] == "approved"
    paid = await at.carried_out(await at.made(f"{request}/disbursement", source), on="2026-02-08")
    [now] = (await desk.get(f"{path}/requests")).json()["items"]
    assert now["attachment_ids"] == [minutes]
    again = await desk.post(f"{path}/requests", RESOLUTION | {"attachment_ids": [minutes]})
    assert code(again) == (409, "attachment-not-free")
    assert (now["state"], now["paid_on"], now["payment_reference"]) == ("paid", "2026-02-08", paid["code"])
    coal = {"booked_on": "2026-02-12", "words": "过冬煤炭", "request_id": asked["id"]}
    spent = await book(desk, home, "expense", 1200, **coal)
    assert (spent.json()["number"], spent.json()["balance"]["amount"]) == (2, 680_000)
    over = await book(desk, home, "expense", 6801, **coal)
    assert code(over) == (409, "request-spent")
    wrong = await desk.made(
        f"{path}/book/{spent.json()['id']}/reversal", {"booked_on": "2026-02-13", "words": "有误"}
    )
    assert (wrong["amount"]["amount"], wrong["balance"]["amount"]) == (-120_000, 800_000)
    again = await desk.post(
        f"{path}/book/{spent.json()['id']}/reversal", {"booked_on": "2026-02-13", "words": "x"}
    )
    assert code(again) == (409, "line-reversed")
    assert (await book(desk, home, "expense", 8000, **coal)).status_code == 201

    told = await desk.made(f"{path}/statements", {"year": 2026, "quarter": 1})
    assert [told[name]["amount"] for name in ("opening", "income", "expense", "closing")] == [
        *(0, 800_000, 800_000, 0),
    ]
    assert (told["received"]["amount"], told["given_back"]["amount"]) == (800_000, 0)
    late = await book(desk, home, "income", 5, booked_on="2026-03-31")
    assert code(late) == (409, "quarter-closed")
    assert (await desk.made(f"{path}/statements", {"year": 2026, "quarter": 2}))["line_count"] == 0
    # Everybody reads the book and the statements, and nothing in them names who wrote them.
    public = await desk.client.get(f"/v1/projects{path}/book")
    assert [one["amount"]["amount"] for one in public.json()["items"]] == [
        *(800_000, 120_000, -120_000, 800_000),
    ]
    quarters = await desk.client.get(f"/v1/projects{path}/statements")
    assert [one["quarter"] for one in quarters.json()["items"]] == [1, 2]
    assert "staff:" not in public.text + quarters.text
    ended = await desk.made(f"{path}/end", {"on": "2026-10-01", "reason": "村组合并"})
    assert ended["phase"] == "ended"
    assert code(await book(desk, home, "income", 5)) == (409, "village-ended")


async def paying(at: Till, home: dict[str, Any], yuan: int) -> dict[str, Any]:
    """Out of what a village's request is paid: a fund that holds so much, and an agreement."""
    project = await at.running()
    fund = await at.fund(yuan * 100, project)
    await at.account(home["id"])
    agreement = await at.agreement(project, home["id"])
    return {
        "project_id": project["id"],
        "fund_id": str(fund.id),
        "agreement_id": agreement["id"],
        "cost": "equipment",
    }


async def test_a_resolution_is_carried_by_more_than_half_and_decided_by_another(
    app: FastAPI, session: WriteSession, desk: Office
) -> None:
    home = await funded(desk)
    path = f"/villages/{home['id']}/requests"
    even = await desk.post(path, RESOLUTION | {"present_count": 8})
    assert code(even) == (422, "resolution-not-carried")
    both = await make.staff(session, desk.organization, Role.project_officer)
    await grants.give(session, both, desk.organization, role=Role.reviewer, given_by="test")
    headers = await make.headers(app, session, both)
    asked = await desk.made(path, RESOLUTION, by=headers)
    own = await desk.post(f"{path}/{asked['id']}/approval", None, by=headers)
    assert code(own) == (409, "request-by-you")
    refused = await desk.made(f"{path}/{asked['id']}/refusal", {"reason": "用途不符"}, by=desk.reviewer)
    assert (refused["state"], refused["refusal_reason"]) == ("refused", "用途不符")
    listed = await desk.get(path)
    assert [one["state"] for one in listed.json()["items"]] == ["refused"]
    without = await village(desk)
    fundless = await desk.post(f"/villages/{without['id']}/requests", RESOLUTION)
    assert code(fundless) == (409, "village-fund-missing")


async def test_statements_follow_one_another_and_wait_for_the_quarters_end(desk: Office) -> None:
    home = await funded(desk)
    path = f"/villages/{home['id']}/statements"
    await book(desk, home, "income", 100)
    this = {"year": today().year, "quarter": (today().month + 2) // 3}
    assert code(await desk.post(path, this)) == (409, "quarter-running")
    skipped = await desk.post(path, {"year": 2026, "quarter": 2})
    assert code(skipped) == (409, "quarter-out-of-order")
    await desk.made(path, {"year": 2026, "quarter": 1})
    assert code(await desk.post(path, {"year": 2026, "quarter": 1})) == (409, "quarter-out-of-order")


@pytest.mark.parametrize(
    ("year", "quarter", "days"),
    [
        (2026, 1, ("2026-01-01", "2026-03-31")),
        (2026, 4, ("2026-10-01", "2026-12-31")),
        (2024, 1, ("2024-01-01", "2024-03-31")),
    ],
)
def test_a_quarter_is_three_calendar_months(year: int, quarter: int, days: tuple[str, str]) -> None:
    assert tuple(day.isoformat() for day in statements.bounds(year, quarter)) == days


async def test_the_county_looks_and_sees_that_it_is_set_right(desk: Office) -> None:
    home = await village(desk)
    path = f"/villages/{home['id']}/inspections"
    body = {"inspected_on": "2026-03-20", "findings": "公示栏未更新", "due_on": "2026-04-10"}
    found = await desk.made(path, body)
    assert found["late"] is True
    clean = await desk.made(path, {"inspected_on": "2026-04-20", "findings": "运行正常"})
    assert clean["late"] is False
    told = {"remedied_on": "2026-04-02", "words": "已更新"}
    nothing = await desk.post(f"{path}/{clean['id']}/remedy", told)
    assert code(nothing) == (409, "remedy-not-due")
    done = await desk.made(f"{path}/{found['id']}/remedy", told)
    assert (done["remedy"], done["late"]) == ("已更新", False)
    assert len((await desk.get(path)).json()["items"]) == 2
    ahead = body | {"inspected_on": (today() + timedelta(days=1)).isoformat()}
    assert code(await desk.post(path, ahead)) == (422, "village-day-outside")


async def test_villages_are_found_and_counted_up_the_tree(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    county = await office(app, client, session, await make.organization(session, parent=desk.organization))
    stranger = await office(app, client, session)
    home = await tick(county, await village(county, town="城关镇"), "station", "fund")
    await village(county, pilot_phase=2, region_code="610118")
    await book(county, home, "income", 100)

    for filters, count in (
        ({}, 2),
        ({"pilot_phase": 2}, 1),
        ({"q": "城关"}, 1),
        ({"region_code": "610900"}, 1),
    ):
        assert len((await desk.get("/villages", **filters)).json()["items"]) == count, filters
    told = (await desk.get("/villages/statistics", organization_id=str(desk.organization.id))).json()
    assert told["by_phase"] == [{"phase": "pilot", "village_count": 2}]
    assert told["by_item"] == [{"item": item, "village_count": 1} for item in ("station", "fund")]
    assert told["balance"]["amount"] == 10_000
    assert (await stranger.get(f"/villages/{home['id']}")).status_code == 404
    body = NOTES | {"item": "covenant", "done_on": "2026-01-20"}
    assert (await desk.post(f"/villages/{home['id']}/items", body)).status_code == 403
    same = await county.post(
        "/villages",
        {
            "organization_id": str(county.organization.id),
            "code": home["code"],
            "region_code": "610924",
            "town": "某镇",
            "name": "某村",
            "pilot_phase": 1,
            "started_on": "2026-01-10",
        },
    )
    assert code(same) == (409, "village-known")


async def test_the_database_keeps_the_book(desk: Office, session: WriteSession) -> None:
    home = await funded(desk)
    await book(desk, home, "income", 100)
    for statement in (
        "update village_book_lines set amount_minor = 1",
        "delete from village_book_lines",
        "update village_funds set balance_minor = -1",
        "delete from village_items",
        "update village_statements set income_minor = 1",
        "update villages set code = 'x'",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_a_fund_never_holds_less_than_nothing_whoever_spends_at_once(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
    home = await funded(desk)
    assert (await book(desk, home, "income", 100)).status_code == 201

    answers = await asyncio.gather(*(book(desk, home, "expense", 30) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
        "village-fund-short"
    }
    async with committed.reading() as session:
        assert await session.scalar(select(VillageFund.balance_minor)) == 1_000
    lines = (await desk.client.get(f"/v1/projects/villages/{home['id']}/book")).json()["items"]
    assert [(one["number"], one["balance"]["amount"]) for one in lines] == [
        (1, 10_000),
        (2, 7_000),
        (3, 4_000),
        (4, 1_000),
    ]
