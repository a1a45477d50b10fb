"""What is wrong in a workbook is told at its place, in Chinese and English, and nothing of it is taken."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.accounting.models import Channel
from app.fundraising.models import Campaign
from app.kit.database import WriteSession
from app.kit.sheets.faults import WorkbookFaulty
from app.ledger.models import Entry, Fund
from app.onboarding import going_live
from app.onboarding.models import CarriedGift
from app.onboarding.orders import Order
from app.organizations.access import Role
from app.organizations.models import Staff
from tests.factories import organizations as make
from tests.onboarding.workbooks import Sheets, changed, sheets, write

LIVE_ON = date(2026, 1, 1)


@pytest.fixture
async def order(session: WriteSession) -> Order:
    organization = await make.organization(session, books_from=LIVE_ON)
    return Order(organization=organization, live_on=LIVE_ON, chart="2026", actor="test")


def without(sheet: str, column: int) -> Sheets:
    told = sheets()
    told[sheet] = [[cell for at, cell in enumerate(row) if at != column] for row in told[sheet]]
    return told


def named(code: str, live_on: str) -> Sheets:
    told = sheets()
    told["机构"].append([code, live_on])
    return told


@pytest.mark.parametrize(
    ("told", "place", "code"),
    [
        # Sums: each sheet in detail against its line of the trial balance, and classes against funds.
        (changed(("科目余额", 3, 1, 981)), "科目余额", "part_differs"),
        (changed(("资金账户", 2, 3, 979)), "科目余额", "part_differs"),
        (changed(("资金账户", 3, 3, 21)), "科目余额", "part_differs"),
        (changed(("资金账户", 4, 3, 31)), "科目余额", "part_differs"),
        (changed(("在途资金", 2, 1, 51)), "科目余额", "part_differs"),
        (changed(("预付款", 2, 1, 99)), "科目余额", "part_differs"),
        (changed(("科目余额", 9, 2, 41)), "科目余额", "unbalanced"),
        (changed(("基金", 2, 3, 441)), "基金", "funds_differ"),
        (changed(("基金", 3, 3, 601), ("捐赠明细", 2, 2, 351)), "基金", "funds_differ"),
        (changed(("科目余额", 6, 4, None)), "基金", "funds_differ"),
        (changed(("捐赠明细", 3, 2, 249)), "基金!3 未使用余额", "donors_differ"),
        (changed(("捐赠明细", 2, 0, "GENERAL")), "基金!2 未使用余额", "donors_differ"),
        # Single lines.
        (changed(("科目余额", 4, 0, "9999")), "科目余额!4 科目编码", "account_unknown"),
        (changed(("科目余额", 4, 1, "五十元")), "科目余额!4 借方余额", "not_money"),
        (changed(("科目余额", 3, 2, 1)), "科目余额!3 借方余额", "one_side"),
        (changed(("预付款", 2, 2, "F-NONE")), "预付款!2 基金代码", "fund_unknown"),
        (changed(("捐赠明细", 2, 0, "F-NONE")), "捐赠明细!2 基金代码", "fund_unknown"),
        (changed(("捐赠明细", 2, 1, "2026-01-01")), "捐赠明细!2 捐赠日期", "too_late"),
        (changed(("捐赠明细", 2, 2, -350)), "捐赠明细!2 未使用金额", "not_positive"),
        (changed(("在途资金", 2, 1, -50)), "在途资金!2 金额", "not_positive"),
        (changed(("资金账户", 3, 0, "icbc-0291")), "资金账户!2 账户代码", "twice"),
        (changed(("资金账户", 2, 2, "保险箱")), "资金账户!2 类型", "not_a_choice"),
        (changed(("基金", 2, 2, "是")), "基金!2 是否限定性", "general_restricted"),
        (changed(("人员", 2, 2, "会长")), "人员!2 岗位", "refused"),
        (changed(("人员", 3, 2, "会计、复核")), "人员!3 用户名", "refused"),
        (changed(("募捐活动", 2, 4, "去年")), "募捐活动!2 开始日期", "not_a_day"),
        (changed(("募捐活动", 2, 6, "2026-01-01")), "募捐活动!2 上次公开日期", "out_of_bounds"),
        (changed(("募捐活动", 2, 6, "2025-05-31")), "募捐活动!2 上次公开日期", "out_of_bounds"),
        (named("ANOTHER", "2026-01-01"), "机构!2 机构代码", "organization_differs"),
        (named("ANOTHER", "2026-02-01"), "机构!2 上线日期", "organization_differs"),
        (without("基金", 3), "基金!1 未使用余额", "column_missing"),
        ({name: rows for name, rows in sheets().items() if name != "基金"}, "基金", "sheet_missing"),
    ],
)
async def test_a_fault_is_told_at_its_place_and_nothing_is_taken(
    session: WriteSession, order: Order, tmp_path: Path, told: Sheets, place: str, code: str
) -> None:
    before = await taken(session)
    with pytest.raises(WorkbookFaulty) as refused:
        await going_live.take(session, order, write(tmp_path / "a.xlsx", told))

    errors: Any = refused.value.facts["errors"]
    assert (place, code) in [(one["pointer"], one["code"]) for one in errors], errors
    assert all(re.search(r"[\u4e00-\u9fff]", one["detail_zh"]) for one in errors), errors
    assert await taken(session) == before


async def taken(session: WriteSession) -> list[int]:
    tables = (Entry, Channel, Staff, Campaign, Fund, CarriedGift)
    return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def test_a_fault_speaks_the_language_of_whoever_asks(
    app: FastAPI, client: AsyncClient, session: WriteSession, order: Order, tmp_path: Path
) -> None:
    faulty = write(tmp_path / "a.xlsx", changed(("预付款", 2, 1, 99))).read_bytes()
    headers = await make.sign_in(app, session, Role.admin, order.organization)
    said: dict[str, Any] = {}
    for language in ("zh", "en"):
        answer = await client.post(
            f"/v1/onboarding/organizations/{order.organization.id}",
            files={"file": ("a.xlsx", faulty)},
            headers=headers | {"Idempotency-Key": language, "Accept-Language": language},
        )
        assert answer.status_code == 422
        [said[language]] = answer.json()["errors"]

    assert said["zh"]["detail"] == "1141：本表 100.00 元，明细表合计 99.00 元"
    assert said["en"]["detail"] == "1141: 100.00 yuan here, 99.00 yuan on the sheets in detail"
    assert said["zh"] | {"detail": ""} == said["en"] | {"detail": ""}


async def test_a_workbook_in_english_is_told_in_its_own_columns(
    session: WriteSession, order: Order, tmp_path: Path
) -> None:
    told = sheets()
    told["Funds"] = [["Fund code", "Title", "Restricted", "Unspent"], *told.pop("基金")[1:]]
    told["Funds"][1][3] = "many"

    with pytest.raises(WorkbookFaulty) as refused:
        await going_live.take(session, order, write(tmp_path / "a.xlsx", told))

    errors: Any = refused.value.facts["errors"]
    assert ("Funds", 2, "Unspent") in [(one["sheet"], one.get("row"), one.get("column")) for one in errors]
