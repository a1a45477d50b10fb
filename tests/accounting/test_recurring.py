"""What comes again every month is written as a draft once, also for months that were missed."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.models import FixedAsset, ScheduledVoucher, Voucher, VoucherSchedule
from app.accounting.vouchers import assets, recurring, wear
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from tests.accounting.office import VOUCHERS, Office, office
from tests.conftest import Shared
from tests.fundraising.desk import books_agree

PATH = "/v1/accounting/voucher-schedules"


def monthly(at: Office, **over: Any) -> dict[str, Any]:
    said = {
        "organization_id": str(at.organization.id),
        "summary": "支付房租",
        "template": "RENT",
        "inputs": {"amount": 800_00, "money_account": "1002", "channel_id": str(at.bank.id)},
        "day_of_month": 31,
        "starts_on": "2026-01-15",
        "ends_on": "2026-12-31",
    }
    return said | over


async def test_drafts_fall_due_month_by_month_and_are_written_once(at: Office) -> None:
    schedule = (await at.post(PATH, monthly(at))).json()
    for _ in range(2):
        await recurring.write_due(at.session, schedule["id"], date(2026, 3, 30))
    drafts = (await at.get(VOUCHERS, template="RENT")).json()["items"]
    assert sorted(one["happened_on"] for one in drafts) == ["2026-01-31", "2026-02-28"]
    assert {(one["state"], one["made_by"]) for one in drafts} == {("draft", f"schedule:{schedule['id']}")}

    await recurring.write_due(at.session, schedule["id"], date(2026, 3, 31))
    drafts = (await at.get(VOUCHERS, template="RENT")).json()["items"]
    assert len(drafts) == 3


async def test_the_close_checklist_sees_what_is_due_until_it_is_posted(at: Office) -> None:
    schedule = (await at.post(PATH, monthly(at))).json()

    async def due() -> list[tuple[str, str | None]]:
        asked = {"organization_id": str(at.organization.id), "month": "2026-02-01"}
        items = (await at.get(f"{PATH}/due", **asked)).json()["items"]
        return [(one["due_on"], one["state"]) for one in items]

    before = await due()
    await recurring.write_due(at.session, schedule["id"], date(2026, 2, 28))
    written = await due()
    [draft] = (await at.get(VOUCHERS, happened_on_from="2026-02-01")).json()["items"]
    for step, who, body in (("submission", "ann", None), ("review", "ray", None), ("posting", "bo", {})):
        await at.post(f"{VOUCHERS}/{draft['id']}/{step}", body, by=who)

    assert (before, written) == ([("2026-02-28", None)], [("2026-02-28", "draft")])
    assert await due() == []


async def test_a_stopped_schedule_owes_nothing_more(at: Office) -> None:
    schedule = (await at.post(PATH, monthly(at))).json()
    stopped = await at.post(f"{PATH}/{schedule['id']}/closing")
    listed = await at.get(PATH, stopped=False)
    asked = {"organization_id": str(at.organization.id), "month": "2026-02-01"}
    assert stopped.json()["stopped_at"]
    assert listed.json()["items"] == []
    assert (await at.get(f"{PATH}/due", **asked)).json()["items"] == []


async def test_inputs_are_tried_when_the_schedule_is_made(at: Office) -> None:
    missing = await at.post(PATH, monthly(at, inputs={"amount": 1}))
    elsewhere = await at.post(PATH, monthly(at, template="J1", inputs={"amount": 1}))
    assert (missing.status_code, missing.json()["code"]) == (422, "input-unfit")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "moved-elsewhere")


async def test_a_draft_that_cannot_be_written_is_told_and_tried_again(at: Office) -> None:
    wrong = monthly(at, inputs=monthly(at)["inputs"] | {"money_account": "1001"})
    schedule = (await at.post(PATH, wrong)).json()
    assert await recurring.write_due(at.session, schedule["id"], date(2026, 2, 28)) == 0
    assert (await at.get(f"{PATH}/{schedule['id']}")).json()["refused"] == "line-unfit"


async def test_rounds_at_once_write_each_month_once(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await office(committed_app, committed_client, session)
        schedule = VoucherSchedule(
            organization_id=at.organization.id,
            summary="房租",
            template="RENT",
            inputs={"amount": 1, "money_account": "1002", "channel_id": str(at.bank.id)},
            day_of_month=1,
            starts_on=date(2026, 1, 1),
            made_by="test",
        )
        await recurring.create(session, schedule)
    made = await asyncio.gather(*(recurring.make_due(committed, date(2026, 6, 15)) for _ in range(5)))
    async with committed.reading() as session:
        rows = list(await session.scalars(select(ScheduledVoucher.month)))
        vouchers = list(await session.scalars(select(Voucher.happened_on)))
    assert sorted(rows) == sorted(vouchers) == [date(2026, month, 1) for month in range(1, 7)]
    assert sorted(made) == [0, 0, 0, 0, 6]


@pytest.fixture
def computer(at: Office) -> dict[str, Any]:
    return {
        "organization_id": str(at.organization.id),
        "code": "GD-1",
        "name": "办公电脑",
        "cost": {"amount": 1000_00, "currency": "CNY"},
        "residual": 50_00,
        "life_months": 7,
        "in_use_from": "2026-01-20",
        "cost_account": "5301",
    }


async def test_an_asset_wears_out_from_the_month_of_addition_to_the_fen(
    at: Office, computer: dict[str, Any]
) -> None:
    asset = (await at.post("/v1/accounting/fixed-assets", computer)).json()
    await at.post("/v1/accounting/fixed-assets", computer | {"code": "GD-2", "in_use_from": "2026-03-01"})
    for _ in range(2):
        await assets.write_due(at.session, at.organization.id, date(2026, 4, 1))
    drafts = (await at.get(VOUCHERS, template="DEPRECIATION")).json()["items"]
    shown = (await at.get(f"/v1/accounting/fixed-assets/{asset['id']}")).json()

    # 950.00 over seven months: 135.71, 135.71, 135.72, ...
    assert [one["amount"]["amount"] for one in shown["wear"]] == [135_71, 135_71, 135_72]
    assert shown["net"]["amount"] == 1000_00 - 407_14
    assert sorted((one["happened_on"], one["total"]["amount"]) for one in drafts) == [
        ("2026-01-31", 135_71),
        ("2026-02-28", 135_71),
        ("2026-03-31", 135_72 + 135_71),
    ]
    for draft in drafts:
        for step, who, body in (("submission", "ann", None), ("review", "ray", None), ("posting", "bo", {})):
            answer = await at.post(f"{VOUCHERS}/{draft['id']}/{step}", body, by=who)
            assert answer.status_code == 200, answer.text
    await books_agree(at.session)


def test_the_parts_add_up_and_end_with_life_or_disposal() -> None:
    for cost, residual, life in ((1000_00, 50_00, 7), (10, 0, 3), (1, 0, 12), (99_99, 1, 60)):
        asset = _asset(cost=cost, residual=residual, life_months=life)
        parts = list(wear.months(asset, date(2099, 1, 1)))
        assert sum(part for _, part in parts) == cost - residual
        assert len({month for month, _ in parts}) == len(parts) <= life
        asset.disposed_on = date(2026, 2, 10)
        assert all(month <= date(2026, 2, 1) for month, _ in wear.months(asset, date(2099, 1, 1)))


def _asset(**over: Any) -> FixedAsset:
    said: dict[str, Any] = {"code": "x", "name": "x", "cost_account": "5301", "made_by": "test"}
    return FixedAsset(organization_id=new_id(), in_use_from=date(2026, 1, 31), **said, **over)


async def test_an_asset_that_cannot_be_is_refused(at: Office, computer: dict[str, Any]) -> None:
    path = "/v1/accounting/fixed-assets"
    made = await at.post(path, computer)
    twice = await at.post(path, computer)
    worthless = await at.post(path, computer | {"code": "GD-3", "residual": 1000_00})
    early = await at.post(f"{path}/{made.json()['id']}/disposal", {"disposed_on": "2026-01-19"})
    gone = await at.post(f"{path}/{made.json()['id']}/disposal", {"disposed_on": "2026-02-19"})
    assert (twice.status_code, twice.json()["code"]) == (409, "asset-code-taken")
    assert (worthless.status_code, early.status_code) == (422, 422)
    assert gone.json()["disposed_on"] == "2026-02-19"
    assert [one["code"] for one in (await at.get(path)).json()["items"]] == ["GD-1"]


async def test_the_worker_makes_what_is_due(at: Office, session: WriteSession) -> None:
    soon = today() - timedelta(days=1)
    await at.post(PATH, monthly(at, day_of_month=soon.day, starts_on=str(soon), ends_on=str(soon)))
    assert await recurring.make_due(Shared(session)) >= 1
    assert await assets.make_due(Shared(session)) == 0
